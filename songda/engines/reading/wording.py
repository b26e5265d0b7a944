"""Wording 措辞: spellings of one meaning brought to one form, the same way for phrases of a text and names of a catalogue.

Degrees are never levelled: 受疫情影响, 受疫情影响较大 and 受疫情影响严重 stay three meanings.
"""

from __future__ import annotations

import re
from functools import lru_cache

from songda.engines.reading.numerals import shadow

_EASY = r"(?:暂时|严重|较大|一定|特殊|特别|其他)"
_HARD = rf"(?={_EASY}{{0,2}}(?:的)?(?:生产)?(?:经营)?{_EASY}?(?:的)?困难)"
# Applied in order; each keeps the meaning.
_SAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"[\s“”\"'‘’「」]", ""),
        (r"其它", "其他"),
        (r"(?:新型冠状病毒|新冠病毒|新冠)(?:感染)?(?:的)?(?:肺炎)?(?:疫情)?", "疫情"),
        (r"(?:疫情防控|防控疫情|疫情防治|防疫|抗疫|疫情)(?:期间|期内|期(?!限))", "疫情期间"),
        (
            r"(?:确?因|由于|确?因受|由于受|受到|受)(?:本次|此次|这次|该)?疫情(?:防控)?(?:的)?(?:影响|原因|冲击)(?:程度)?",
            "受疫情影响",
        ),
        (r"受疫情较大影响", "受疫情影响较大"),
        (r"受疫情严重影响", "受疫情影响严重"),
        (r"(?:疫情防控|防控疫情|疫情防治|防疫|抗疫|疫情防护)(?:所需|需要)?(?:的)?(?:相关)?物资", "防疫物资"),
        (r"暂时性(?:的)?", "暂时"),
        (r"确实(?:存在|有)?|(?<![明准正的])确(?=有|无(?!误))", ""),
        (rf"(?:出现|遇到|面临|存在|产生|陷入|有){_HARD}", ""),
        (r"(?:生产)?经营(?:活动)?(暂时|严重|较大|一定)(?:的)?困难", r"\1经营困难"),
        (r"(暂时|严重|较大|一定)(?:的)?(?:生产)?经营(?:活动)?困难", r"\1经营困难"),
        (r"(?<=困)难的(?=且|但)", "难"),
        (r"有困难", "困难"),
        (r"其他(?=特殊困难)|有(?=特殊困难)", ""),
        (r"(?:参加)?失业保险参保|参加失业保险的", "参保"),
        (r"(?:产业)?发展(?:方向|导向)|产业(?:方向|导向)", "产业导向"),
        (r"(?:产业)+导向", "产业导向"),
    )
)


@lru_cache(maxsize=4096)
def wording(said: str) -> str:
    """The one form of what is said; phrases with the same form say the same."""
    plain = shadow(said)
    for pattern, form in _SAME:
        plain = pattern.sub(form, plain)
    return plain
