"""A piece with its numbers: as it reads now, what speaks against it, and as it was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from songda.kernel import clock
from songda.office.bulletins.models import BoundNumber, Piece
from songda.office.bulletins.queries.press import press_faults
from songda.office.bulletins.rules.fitness import WARN, Bound, Fault, Manuscript, faults_of
from songda.office.bulletins.rules.frozen import digest_of, frozen
from songda.office.bulletins.rules.rendering import Section, sections_of, told
from songda.office.bulletins.rules.templates import Template, template_of
from songda.office.bulletins.rules.wording import day_said, moment_said, said
from songda.office.bulletins.states import Why
from songda.office.indicators.models import Value
from songda.office.indicators.queries import definitions, shown
from songda.office.indicators.states import Origin

FOR_THE_WRITER = ("full_100", "older", "two_sources")
"""Warnings that are asked about before publication and not printed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece as it reads: its content (frozen once it is published) and what speaks against a draft."""

    content: Mapping[str, Any]
    faults: Sequence[Fault] = ()

    @property
    def origins(self) -> dict[str, str]:
        """By token, 计算, 申报 or 摘录."""
        return {note["token"]: note["origin"] for note in self.content["notes"]}


def template_for(piece: Piece) -> Template:
    """The template under which it was drafted."""
    return template_of(piece.template.body)


def words_of(piece: Piece) -> dict[str, str]:
    """The words that stand for the text itself."""
    place = clock.place()
    signed = clock.day_of(piece.published_at or piece.written_at)
    return {"时点": moment_said(piece.as_of, place), "单位": piece.unit.short_name or piece.unit.name, "日期": day_said(signed)}


def bound_of(piece: Piece) -> list[BoundNumber]:
    """Its numbers in order, each with its value, indicator and unit. One query."""
    rows = BoundNumber.objects.filter(piece=piece).select_related("value__indicator", "value__organisation")
    return list(rows.order_by("seq"))


def manuscript_of(piece: Piece, rows: Sequence[BoundNumber] | None = None) -> Manuscript:
    """The piece with its numbers as the rows bind them."""
    rows, known = bound_of(piece) if rows is None else rows, definitions()
    bound = {
        one.token: Bound(one.token, one.text, None if one.value is None else shown(one.value), known.get(one.code))
        for one in rows
    }
    values, words = {token: one.text for token, one in bound.items()}, words_of(piece)
    title = told([Section("", piece.headline)], values, words)[0].paragraphs
    confirmed = frozenset(piece.confirmations.values_list("sort", "key")) if piece.pk else frozenset()
    return Manuscript(
        title[0] if title else (), told(sections_of(piece.sections), values, words), bound, piece.as_of, piece.sort == "news", confirmed
    )  # fmt: skip


def faults_in(piece: Piece, text: Manuscript) -> list[Fault]:
    """Everything that speaks against publishing it."""
    found = [*faults_of(text), *second_sources(text)]
    if piece.sort == "news":
        found += press_faults(piece, text)
    return sorted(found, key=lambda one: one.severity == WARN)


def second_sources(text: Manuscript) -> list[Fault]:
    """Where a number was computed and a unit returned another for the same day: both are said to the writer. One query."""
    told = ((one, one.shown) for one in text.bound.values() if one.shown is not None)
    computed = {known.value_id: one for one, known in told if known.origin == Origin.COMPUTED and known.value_id is not None}
    if not computed:
        return []
    rows = {row.pk: row for row in Value.objects.filter(pk__in=computed).select_related("indicator")}
    asked = {"code__in": {row.code for row in rows.values()}, "organisation__in": {row.organisation_id for row in rows.values()}}
    other_rows = Value.objects.filter(origin=Origin.RETURNED, replaced_by=None, cell="", **asked).select_related(
        "indicator", "organisation"
    )
    returned = {(one.code, one.organisation_id, clock.day_of(one.as_of)): one for one in other_rows.order_by("as_of", "pk")}
    found = []
    for key, row in rows.items():
        other, one = returned.get((row.code, row.organisation_id, clock.day_of(row.as_of))), computed[key]
        if other is not None and said(shown(other)) != one.text:
            words = f"“{row.indicator.label}”计算为{one.text}，{other.source}申报{said(shown(other))}：请核对后再发。"
            found.append(Fault(WARN, "two_sources", words, token=one.token))
    return found


def content_of(piece: Piece, text: Manuscript, faults: Sequence[Fault]) -> dict[str, Any]:
    """What would be frozen now."""
    warnings = list(dict.fromkeys(one.text for one in faults if one.severity == WARN and one.sort not in FOR_THE_WRITER))
    answers = [f"{Why(one.sort).label}“{one.key[:60]}”：{one.reason}" for one in piece.confirmations.order_by("pk")]
    return frozen(text, warnings, answers, clock.place())


def reading_of(piece: Piece) -> Reading:
    """As published, or as the draft now reads with what speaks against it."""
    if piece.state == "published":
        return Reading(piece.frozen)
    text = manuscript_of(piece)
    faults = faults_in(piece, text)
    return Reading(content_of(piece, text, faults), faults)


def is_whole(piece: Piece) -> bool:
    """Whether what was frozen still has its digest."""
    return digest_of(piece.frozen) == piece.digest
