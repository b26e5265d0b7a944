"""A kind of paper 文书种类 as its pack declares it: title and sections, numbering, who may, how long it is kept. Plain data."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KNOWN = frozenset({"unit", "firm", "year", "day"})
"""Names a title may use besides the keys of the kind's fields."""

DRAFTING = frozenset(
    {"policy.draft", "policy.edit", "meetings.edit", "cases.file", "cases.handle", "cases.assign", "cases.export"}
)
ISSUING = frozenset(
    {"policy.publish", "policy.edit", "meetings.edit", "cases.handle", "cases.close", "cases.decide", "cases.assign"}
)
_PLACE = re.compile(r"\{(\w*)\}")


class PaperKindFaultError(ValueError):
    """A kind that does not hold together; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class PaperField:
    """A field: `line` (one line, printed as a pair unless the title uses it) or `section` (a heading and its paragraphs)."""

    key: str
    label: str
    shape: str = "section"
    required: bool = False


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind, whole. `term` are the words of the sources; `source` the code of the list's query (lists only); `retention` in years,
    None for ever; `draft`, `issue`: any of these permissions.
    """

    code: str
    label: str
    sort: str
    title: str
    number: str
    fields: tuple[PaperField, ...]
    draft: frozenset[str]
    issue: frozenset[str]
    readers: str = "office"
    term: str = ""
    retention: int | None = None
    two_persons: bool = False
    about_firm: bool = False
    source: str = ""


def kind_of(data: Mapping[str, Any]) -> PaperKind:
    """A kind as read from its pack; PaperKindFaultError where it does not hold together."""
    retention = data["retention"]
    kind = PaperKind(
        code=data["code"],
        label=data["label"],
        sort=data["sort"],
        title=data["title"],
        number=data["number"],
        fields=tuple(
            PaperField(one["key"], one["label"], one.get("shape", "section"), one.get("required", False))
            for one in data.get("fields", ())
        ),
        draft=frozenset(data["draft"]),
        issue=frozenset(data["issue"]),
        readers=data.get("readers", "office"),
        term=data.get("term", ""),
        retention=None if retention == "permanent" else retention,
        two_persons=data.get("two_persons", False),
        about_firm=data.get("about_firm", False),
        source=data.get("source", ""),
    )
    for fault in faults_of(kind):
        raise PaperKindFaultError(f"{kind.label}：{fault}")
    return kind


def faults_of(kind: PaperKind) -> Iterator[str]:
    """What is wrong with a kind beyond its shape."""
    keys = [one.key for one in kind.fields]
    if len(set(keys)) < len(keys):
        yield "栏目代码重复"
    unknown = places_in(kind.title) - KNOWN - set(keys)
    if unknown:
        yield f"标题里的 {'、'.join(sorted(unknown))} 不是栏目"
    if "{n}" not in kind.number or "{year}" not in kind.number or places_in(kind.number) - {"n", "year", "mark"}:
        yield "编号须含 {year} 和 {n}，此外只可含 {mark}"
    if kind.number.count("{n}") != 1:
        yield "编号里的 {n} 只能出现一次"
    if (kind.sort == "list") != bool(kind.source):
        yield "清单须写明来源（source），其他文书不写"
    if not kind.draft <= DRAFTING or not kind.issue <= ISSUING:
        yield "起草或制发的权限不在可用之列"
    if "firm" in places_in(kind.title) and not kind.about_firm:
        yield "标题用到企业名称，须设 about_firm"


def places_in(pattern: str) -> set[str]:
    """The names that a pattern leaves open."""
    return set(_PLACE.findall(pattern))


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern with its names filled in; an empty value leaves a gap mark, so that a draft says what it lacks."""
    return _PLACE.sub(lambda found: values.get(found[1], "").strip() or "＿＿", pattern)


def series_of(pattern: str, mark: str, year: int) -> str:
    """The series a number belongs to: the number without its ordinal ('郑高新〔2020〕{n}号')."""
    return pattern.replace("{mark}", mark).replace("{year}", str(year))


def number_in(series: str, ordinal: int) -> str:
    """A number of a series."""
    return series.replace("{n}", str(ordinal))


def kept_until(kind: PaperKind, issued_on: dt.date) -> dt.date | None:
    """The last day a paper is kept: the years count from the end of the year of issue. None: for ever 永久."""
    return None if kind.retention is None else dt.date(issued_on.year + kind.retention, 12, 31)
