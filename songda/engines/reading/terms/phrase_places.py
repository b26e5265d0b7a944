"""Places as a document says them 本地说法: 本市, 我区, 区内, 驻区, 区属; each a fact of its own, since only the issuer's place settles it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OWN = r"(?:在)?(?:本|我)(?P<own>[省市区县])"
_REGISTERED = r"(?:依法|工商|办理)*(?:登记注册|注册登记|工商登记|注册|登记)(?:成立|设立)?"
_TAXED = r"(?:依法|正常)*(?:缴纳税收|缴纳税款|纳税)"
_RULES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), rules)
    for pattern, rules in (
        (rf"{_OWN}(?:行政区域|辖区|境|区域|范围)?(?:内)?(?:的)?{_REGISTERED}[、并且和及]*{_TAXED}", ("本%s企业", "本%s纳税")),
        (rf"{_OWN}(?:行政区域|辖区|境|区域|范围)?(?:内)?(?:的)?{_REGISTERED}", ("本%s企业",)),
        (rf"{_OWN}(?:内)?{_TAXED}", ("本%s纳税",)),
        (r"(?:本|我)(?P<own>[省市区县])", ("本%s企业",)),
        (r"(?:注册地|工商注册地|登记地)(?:址)?(?:在|为|位于)(?:本|我)(?P<own>[省市区县])", ("本%s企业",)),
        (r"(?:纳税地|税收缴纳地)(?:在|为|位于)(?:本|我)(?P<own>[省市区县])", ("本%s纳税",)),
        (
            r"(?:注册地|工商注册地)(?:和|、|及)(?:纳税地|税收缴纳地|税务登记地)(?:均)?(?:在|为|位于)(?:本|我)(?P<own>[省市区县])",
            ("本%s企业", "本%s纳税"),
        ),
    )
)
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:本|我)(?P<own>[省市区县])(?:辖区|行政区域|境|区域|范围)?内(?:的)?"), "%s内企业"),
    (re.compile(r"(?:本|我)(?P<own>[省市区县])(?:的)?"), "本%s企业"),
    (re.compile(r"全(?P<own>[省市区县])(?:的)?|(?P<own2>[省市区县])(?:域)?内(?:的)?"), "%s内企业"),
    (re.compile(r"驻(?P<own>[省市区县])(?:的)?"), "驻%s企业"),
    (re.compile(r"(?P<own>[市区县])属(?:的)?"), "%s属企业"),
    (re.compile(r"本地(?:的)?"), "本地企业"),
    (re.compile(r"辖区(?:范围)?(?:内)?(?:的)?"), "辖区内企业"),
)


def placed(said: str) -> Iterator[str]:
    """Rule texts to try for a phrase that only says where someone is registered or pays tax (在我市注册并纳税)."""
    for pattern, rules in _RULES:
        match = pattern.fullmatch(said)
        if match:
            yield " 且 ".join(rule.replace("%s", match["own"]) for rule in rules)
            return


def place_before(said: str) -> Iterator[tuple[str, str]]:
    """A place that stands before a holder: the fact it names and what is left of the phrase (区内｜小微企业)."""
    for pattern, rule in _BEFORE:
        match = pattern.match(said)
        if match and match.end() < len(said):
            level = next((one for one in match.groups() if one), "")
            yield rule.replace("%s", level), said[match.end() :]
