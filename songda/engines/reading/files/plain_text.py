"""Plain text 纯文本: bytes to characters where the encoding is certain, and characters without what is not text."""

from __future__ import annotations

import re

from songda.engines.reading.errors import ReadingError

_MARKS: tuple[tuple[bytes, str], ...] = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ORDINARY = re.compile(r"[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef‘’“”…—·〇①-⑳]")
_CERTAIN = 0.95
_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n")
# Control characters, marks of writing direction, zero-width marks and soft hyphens: seen by nobody, in the way of every pattern.
_UNSEEN = dict.fromkeys(
    (*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF),
)  # fmt: skip
_SEEN: dict[int, str | None] = {**_UNSEEN, **_LINE_ENDS}


def decoded(data: bytes) -> str:
    """The characters of a text file: by its mark, else UTF-8, UTF-16 without mark where that is certain, or GB18030."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return attempt(data, encoding) or _undecodable()
    if b"\x00" in data:
        return _unmarked(data)
    text = attempt(data, "utf-8")
    text = attempt(data, "gb18030") if text is None else text
    return _undecodable() if text is None else text


def attempt(data: bytes, encoding: str) -> str | None:
    """The text in this encoding, None where it is not."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def cleaned(text: str) -> str:
    """`text` with one kind of line end, without characters that cannot be seen."""
    return text.replace("\r\n", "\n").translate(_SEEN)


def _unmarked(data: bytes) -> str:
    """UTF-16 whose mark is missing: one byte order gives nearly only ordinary characters."""
    if len(data) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = attempt(data, encoding)
            if text is not None and len(_ORDINARY.findall(text)) >= _CERTAIN * len(text):
                return text
    raise ReadingError("binary", "文件含有二进制内容，不是文本。", "请打开原文件，把正文复制到文本文件（UTF-8）后再读入。")


def _undecodable() -> str:
    raise ReadingError("undecodable", "文字编码既不是 UTF-8 也不是 GB18030，无法可靠解码。", "请用记事本另存为 UTF-8 后再读入。")
