"""What a package says of itself 自称: “共8条30项举措”, “…二十条措施”, 简称“…” (POL-18)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from songda.engines.reading.language.numerals import HAN, arabic, shadow

_NUMERAL = rf"\d{{1,3}}|[{HAN}]{{1,4}}"
_ARTICLES = re.compile(rf"(?<![第\d{HAN}])(?P<articles>{_NUMERAL})\s*条(?!例)")
_BOTH = re.compile(rf"(?:共|计|即)\s*(?P<articles>{_NUMERAL})\s*条\s*(?:共|、|,|，)?\s*(?P<measures>{_NUMERAL})\s*(?:项|个)")
_SHORT = re.compile(r"简称\s*[“\"「](?P<name>[^”\"」]{2,20})[”\"」]")


@dataclass(frozen=True, slots=True)
class Claim:
    """How many articles and measures the text claims to have (None: it says nothing), and its short name."""

    articles: int | None = None
    measures: int | None = None
    short_name: str = ""


def claim_of(title: str, opening: str = "") -> Claim:
    """The claim of a document: both numbers from its opening, else the articles from its title."""
    said = shadow(opening)
    short = _SHORT.search(opening) or _SHORT.search(title)
    name = short["name"] if short else ""
    both = _BOTH.search(said) or _BOTH.search(shadow(title))
    if both:
        return Claim(_whole(both["articles"]), _whole(both["measures"]), name)
    named = _ARTICLES.search(shadow(title))
    return Claim(_whole(named["articles"]) if named else None, None, name)


def _whole(numeral: str) -> int | None:
    value = arabic(numeral)
    return int(value) if value is not None else None
