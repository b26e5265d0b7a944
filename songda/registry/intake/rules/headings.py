"""Headings 表头: what each column of a roster is, guessed from its words and kept with the intake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.lexicon import half_width
from songda.engines.rules.units import unit
from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _

OWN = {
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一代码"),
    "local_number": ("本地编号", "主体编号"),
    "name": ("企业名称", "单位名称", "单位详细名称", "主体名称", "商户名称", "名称"),
    "home": ("所属街道", "所属乡镇街道", "乡镇街道", "街道", "所属辖区", "所在辖区", "辖区", "所属区县"),
    "address": ("注册地址", "经营地址", "单位地址", "住所", "地址", "详细地址"),
    "kind": ("主体类型", "主体类别"),
}
IGNORED = ("错误说明", "原行号", "序号", "备注")
PLACE_OF = {word: place for place, words in OWN.items() for word in words}
_TAIL = re.compile(r"^(.*?)[(\[]([^()\[\]]+)[)\]]$")
_YEAR = re.compile(r"^(?:(\d{4})年?度?(.+)|(.+?)(\d{4})年?度?)$")


@dataclass(frozen=True, slots=True)
class Target:
    """What a column is: a part of the subject (`uscc`, `name` …), a fact by its code, or nothing ('').

    `unit` is the unit its heading names, `year` the year of a series.
    """

    heading: str
    place: str = ""
    fact: str = ""
    unit: str = ""
    year: int | None = None


def plain(heading: str) -> str:
    """A heading without blanks, stars and line breaks, in half width."""
    return re.sub(r"[\s*＊]+", "", half_width(heading))


def identify(titles: Sequence[str]) -> bool:
    """Whether a row is the headings of a roster: it says who, by a code or number, and what they are called."""
    found = {PLACE_OF.get(plain(title)) for title in titles}
    return "name" in found and bool(found & {"uscc", "local_number"})


def guess(titles: Sequence[str], catalogue: Catalogue) -> list[Target]:
    """What each column is. Invalid where two columns are the same thing."""
    targets = [_target(title, catalogue) for title in titles]
    seen: dict[tuple[str, str, int | None], str] = {}
    for one in targets:
        key = (one.place, one.fact, one.year)
        if (one.place or one.fact) and key in seen:
            raise Invalid(
                _("“%(one)s”和“%(two)s”两列含义相同。") % {"one": seen[key], "two": one.heading}, advice=_("请删除其中一列。")
            )
        seen[key] = one.heading
    return targets


def as_json(targets: Sequence[Target]) -> dict[str, object]:
    """A mapping as it is kept."""
    return {"columns": [asdict(one) for one in targets]}


def _target(title: str, catalogue: Catalogue) -> Target:
    word = plain(title)
    measured, unit_name = without_unit(word)
    for name in (word, measured):
        fact = catalogue.by_name.get(name) or catalogue.by_code.get(name)
        if fact is not None and fact.kind is not Kind.SERIES:
            return Target(title, fact=fact.code, unit=unit_name)
    place = PLACE_OF.get(measured, "")
    if place or measured in IGNORED:
        return Target(title, place=place)
    fact, year = _series(measured, catalogue)
    return Target(title, fact=fact.code, unit=unit_name, year=year) if fact else Target(title)


def _series(word: str, catalogue: Catalogue) -> tuple[FactKind | None, int | None]:
    """历年营业收入 of one year: 2019年历年营业收入, 营业收入2019, 2019年营业收入."""
    found = _YEAR.match(word)
    if found is None:
        return None, None
    name, year = (found.group(2) or found.group(3)), int(found.group(1) or found.group(4))
    for candidate in (name, f"历年{name}"):
        fact = catalogue.by_name.get(candidate)
        if fact is not None and fact.kind is Kind.SERIES:
            return fact, year
    return None, None


def without_unit(word: str) -> tuple[str, str]:
    """A plain heading parted into its name and the unit behind it."""
    found = _TAIL.match(word)
    if found is None:
        return word, ""
    name, inside = found.groups()
    return (name, inside) if unit(inside) is not None else (name, "")
