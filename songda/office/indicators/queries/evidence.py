"""The evidence of one figure 证据: the words it stands in, what it counts, what speaks against it, its checks, its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from songda.office.indicators.access import checks_visible_to, history_visible_to, readings_visible_to, visible_to
from songda.office.indicators.models import Check, CheckMember, Flag, Observation
from songda.office.indicators.queries.figures import figure_from
from songda.office.indicators.queries.listing import flags_of
from songda.office.indicators.rules.checks import parsed
from songda.office.indicators.rules.expressions import names_in
from songda.office.indicators.rules.figures import as_of_words, in_words
from songda.office.indicators.rules.lit_quote import lit
from songda.office.indicators.rules.printing import obstacles
from songda.office.indicators.rules.spelling import Named, Piece, spelled
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Tried:
    """A check with its expression spelled in figures."""

    check: Check
    pieces: Sequence[Piece]

    @property
    def share(self) -> bool:
        """Whether what was computed is the left side in per cent of the right."""
        return "≤" in self.check.expression


@dataclass(frozen=True, slots=True)
class Former:
    """What stood before a correction, and why it was corrected."""

    row: Observation
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the record page shows. `reading`: the bulletin it was read from, where the actor may open it."""

    row: Observation
    words: str
    as_of: str
    quote: Sequence[tuple[str, bool]]
    flags: Sequence[Flag]
    obstacles: Sequence[str]
    parts: Sequence[Named]
    tried: Sequence[Tried]
    former: Sequence[Former]
    reading: int | None


def evidence_of(row: Observation, actor: Actor) -> Evidence:
    """The evidence of a figure in effect, in a constant number of queries."""
    checks = list(checks_visible_to(actor).filter(members__code=row.code).order_by("code"))
    spoken = {code for check in checks for code in names_in(parsed(check.expression))}
    known = named(actor, spoken | {row.numerator, row.denominator})
    flags = flags_of([row]).get(row.pk, [])
    figure = figure_from(row)
    return Evidence(
        row=row,
        words=in_words(figure),
        as_of=as_of_words(row.as_of),
        quote=lit(row.quote, row.written, row.items),
        flags=flags,
        obstacles=obstacles(figure, {flag.kind for flag in flags}),
        parts=[known[code] for code in (row.numerator, row.denominator) if code in known],
        tried=spelled_checks(checks, known),
        former=_former(row, actor),
        reading=readings_visible_to(actor).filter(source=row.source_id).values_list("pk", flat=True).first(),
    )


def spelled_checks(checks: Iterable[Check], named: Mapping[str, Named]) -> list[Tried]:
    """Checks with their expressions in words."""
    return [Tried(check, spelled(check.expression, named)) for check in checks]


def named(actor: Actor, codes: Iterable[str] | QuerySet[CheckMember, Any]) -> dict[str, Named]:
    """Figures in effect by code, as others speak of them."""
    rows = visible_to(actor).filter(code__in=codes).select_related("organisation")
    return {row.code: Named(row.code, row.label, in_words(figure_from(row))) for row in rows}


def _former(row: Observation, actor: Actor) -> list[Former]:
    older = {
        one.pk: one for one in history_visible_to(actor).filter(code=row.code).exclude(pk=row.pk).select_related("organisation")
    }
    found, newer = [], row
    while newer.replaces_id in older:
        one = older[newer.replaces_id]
        found.append(Former(one, in_words(figure_from(one)), newer.reason))
        newer = one
    return found
