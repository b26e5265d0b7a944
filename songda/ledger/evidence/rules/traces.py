"""Taking out of a photograph what it says of place, time and device 去除拍摄信息, without touching its picture.

JPEG, PNG and WebP are rows of parts; only those that make the picture stay (colour profiles too), and whatever follows the end goes.
A JPEG keeps one thing more: which way up it is to be shown.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Final

from PIL import ExifTags, Image

PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD"}
)
WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
JPEG_KEPT: Final = frozenset({0xE0, 0xEE})  # JFIF, Adobe: how the colours are to be read


def without_traces(data: bytes) -> bytes:
    """The same picture, without traces; for a file that is not JPEG, PNG or WebP the file itself."""
    if data.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd8" + _turned_segment(orientation_of(data)) + b"".join(_jpeg_parts(data))
    if data.startswith(b"\x89PNG"):
        return data[:8] + b"".join(_png_parts(data))
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        body = b"WEBP" + b"".join(_webp_parts(data))
        return b"RIFF" + struct.pack("<I", len(body)) + body
    return data


def orientation_of(data: bytes) -> int:
    """Which way up the picture is to be shown: EXIF 1…8, 1 where nothing is said."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            said = image.getexif().get(ExifTags.Base.Orientation, 1)
    except (OSError, SyntaxError, ValueError):
        return 1
    return said if said in range(1, 9) else 1


def _turned_segment(turned: int) -> bytes:
    if turned == 1:
        return b""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turned
    body = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data):
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            yield data[at : _jpeg_end(data, at)]
            return
        kept = marker in JPEG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
        if kept or (marker == 0xE2 and data[at + 4 : at + 15] == b"ICC_PROFILE"):
            yield data[at : at + 2 + length]
        at += 2 + length


def _jpeg_end(data: bytes, at: int) -> int:
    """The end of the picture that the scan at `at` begins: tables and further scans may stand between."""
    while True:
        at = data.find(b"\xff", at + 1)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] == 0xD9:
            return at + 2
        if data[at + 1] not in (0x00, 0xFF) and not 0xD0 <= data[at + 1] <= 0xD7:
            at += 1 + struct.unpack_from(">H", data, at + 2)[0]


def _png_parts(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I", data, at)[0], data[at + 4 : at + 8]
        if name in PNG_KEPT:
            yield data[at : at + 12 + length]
        if name == b"IEND":
            return
        at += 12 + length


def _webp_parts(data: bytes) -> Iterator[bytes]:
    at, end = 12, 8 + struct.unpack_from("<I", data, 4)[0]
    while at + 8 <= min(end, len(data)):
        name, length = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        part = data[at : at + 8 + length + length % 2]
        if name == b"VP8X":
            part = part[:8] + bytes([part[8] & ~0x0C]) + part[9:]  # no more EXIF or XMP to announce
        if name in WEBP_KEPT:
            yield part
        at += len(part)
