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
from songda.office.bulletins.rules.wording import day_said, moment_said
from songda.office.bulletins.states import Why
from songda.office.indicators.queries import definitions, shown


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
    found = faults_of(text)
    if piece.sort == "news":
        found += press_faults(piece, text)
    return sorted(found, key=lambda one: one.severity == WARN)


def content_of(piece: Piece, text: Manuscript, faults: Sequence[Fault]) -> dict[str, Any]:
    """What would be frozen now."""
    warnings = list(dict.fromkeys(one.text for one in faults if one.severity == WARN and one.sort not in ("full_100", "older")))
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
