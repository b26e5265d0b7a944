"""The number 文号 of a document, in every style of bracket, and where it ends when a title runs into it."""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d{2}"
_NUMBER = re.compile(
    rf"[\u4e00-\u9fa5]{{1,12}}\s*[〔\[(［【<〈]\s*{_YEAR}\s*[〕\])］】>〉]\s*(?:第\s*)?\d{{1,5}}\s*号"
    rf"|(?:公告|令)\s*{_YEAR}\s*年第\s*\d{{1,4}}\s*号|[\u4e00-\u9fa5]{{0,12}}令\s*第\s*\d{{1,4}}\s*号"
)
_KIND = re.compile(r"通知|意见|措施|办法|方案|政策|规定|文号:?|字号:?|根据|依据|按照")
_SHORTEST = 8


def number_in(said: str) -> tuple[int, int] | None:
    """Where the document number stands in a line; a title may run straight into it: …的通知人社部发〔2020〕11号."""
    match = _NUMBER.search(said)
    if not match:
        return None
    start, end = match.span()
    titles = [found.end() for found in _KIND.finditer(said, start, end) if end - found.end() > _SHORTEST]
    return max([start, *titles]), end


def is_number(said: str) -> bool:
    """Is this a document number and nothing else?"""
    return _NUMBER.fullmatch(said) is not None
