"""Columns that are nothing known 没有认出的列: dropped, but never in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.nearest import nearest
from songda.registry.intake.rules.headings import IGNORED, PLACE_OF, Target, plain, without_unit
from songda.registry.intake.rules.table import Cell, text_of


@dataclass(frozen=True, slots=True)
class Unknown:
    """A column that is nothing known: its heading, the name it looks like ('' for none), and how many filled cells it has."""

    heading: str
    near: str
    cells: int


def unknown(targets: Sequence[Target], rows: Sequence[Sequence[Cell]], catalogue: Catalogue) -> tuple[Unknown, ...]:
    """The columns under a heading that is neither part of a subject nor a fact nor there to be ignored."""
    found = []
    for place, one in enumerate(targets):
        word, _unit = without_unit(plain(one.heading))
        if not word or one.place or one.fact or word in IGNORED:
            continue
        near = nearest(word, (*catalogue.by_name, *PLACE_OF), 1)
        cells = sum(place < len(row) and text_of(row[place]) != "" for row in rows)
        found.append(Unknown(one.heading, near[0] if near else "", cells))
    return tuple(found)
