"""The list of figures: what was asked for, and each line in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from songda.office.indicators.models import Flag, Observation, SourceText
from songda.office.indicators.queries.figures import figure_from
from songda.office.indicators.rules.figures import as_of_words, in_words
from songda.office.indicators.rules.printing import obstacles
from songda.office.indicators.states import FigureKind, FlagKind, Severity

ANY_FLAG = "any"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in the list. For a rate `parts` are its numerator and denominator in words, where they are known."""

    row: Observation
    words: str
    as_of: str
    flags: Sequence[Flag]
    parts: tuple[str, ...]
    printable: bool


def figures_asked(rows: QuerySet[Observation], asked: Mapping[str, str]) -> QuerySet[Observation]:
    """Narrowed by text, kind, flag (a kind, or any) and words; rhetorical ones only when they are asked for by kind."""
    kind, flag, words = asked.get("kind", ""), asked.get("flag", ""), asked.get("q", "").strip()
    rows = rows.filter(kind=kind) if kind in FigureKind.values else rows.exclude(kind=FigureKind.RHETORICAL)
    if asked.get("text"):
        rows = rows.filter(source__code=asked["text"])
    if flag == ANY_FLAG or flag in FlagKind.values:
        flags = Flag.objects.filter(kind=flag) if flag != ANY_FLAG else Flag.objects.all()
        rows = rows.filter(pk__in=flags.values("observation_id"))
    if asked.get("indicator"):
        rows = rows.filter(indicator=asked["indicator"])
    if words:
        rows = rows.filter(Q(label__contains=words) | Q(quote__contains=words) | Q(code=words))
    return rows.select_related("source", "organisation").order_by("source_id", "line_from", "pk")


def lines_of(rows: Iterable[Observation], visible: QuerySet[Observation]) -> list[Line]:
    """The lines of a page, with flags and the parts of rates in two queries."""
    rows = list(rows)
    flags = flags_of(rows)
    codes = {code for row in rows for code in (row.numerator, row.denominator) if code}
    parts = {one.code: in_words(figure_from(one)) for one in visible.filter(code__in=codes).select_related("organisation")}
    return [line_of(row, flags.get(row.pk, []), parts) for row in rows]


def line_of(row: Observation, flags: Sequence[Flag], parts: Mapping[str, str]) -> Line:
    """One line; `parts`: words of figures by code."""
    figure = figure_from(row)
    shown = tuple(parts[code] for code in (row.numerator, row.denominator) if code in parts)
    printable = not obstacles(figure, {flag.kind for flag in flags})
    return Line(row, in_words(figure), as_of_words(row.as_of), flags, shown, printable)


def flags_of(rows: Iterable[Observation]) -> dict[int, list[Flag]]:
    """Flags by observation, the heaviest first."""
    found: dict[int, list[Flag]] = {}
    for flag in sorted(Flag.objects.filter(observation__in=list(rows)), key=lambda flag: _WEIGHTS[flag.severity]):
        found.setdefault(flag.observation_id, []).append(flag)
    return found


def choices(visible: QuerySet[Observation]) -> dict[str, object]:
    """What the list can be narrowed by: the texts that figures in sight came from, kinds, flags."""
    texts = SourceText.objects.filter(pk__in=visible.values("source_id")).order_by("pk")
    return {"texts": texts, "kinds": FigureKind.choices, "flag_kinds": FlagKind.choices}


_WEIGHTS: dict[str, int] = {Severity.HIGH: 0, Severity.MEDIUM: 1, Severity.LOW: 2}
