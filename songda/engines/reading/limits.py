"""What reading a file may cost 上限: bytes, characters, pages, seconds and memory."""

from __future__ import annotations

MOST_BYTES = 50 * 1024 * 1024  # of a file
MOST_CHARACTERS = 2_000_000  # of its text
MOST_PAGES = 1000  # of a PDF or OFD
MOST_UNPACKED = 200 * 1024 * 1024  # of a package, all parts
MOST_RATIO = 200  # unpacked to packed
MOST_PARTS = 5000  # of a package
MOST_PART = 64 * 1024 * 1024  # of one part that is read
SAFE_BYTES = 512 * 1024  # web pages up to this size are read in the same process
SAFE_UNPACKED = 4 * 1024 * 1024  # and packages whose markup is no larger
CHILD_SECONDS = 20  # of processor time in a reading process
CHILD_WAIT = 40  # seconds of waiting for it
CHILD_MEMORY = 1024 * 1024 * 1024  # bytes of address space
