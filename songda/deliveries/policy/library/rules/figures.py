"""Figures told 数额 by a clause, as the reader finds them: shown beside the draft, so that the formula can be checked."""

from __future__ import annotations

from dataclasses import dataclass

from songda.engines.reading.values.figures import figures
from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words: what it is (金额, 比例, 期限, 数量), its characters with their scope, and their place in the text."""

    label: str
    text: str
    start: int
    end: int


def figures_told(text: str, start: int, end: int) -> list[Told]:
    """The figures of a stretch of text, in the order amount, rate, duration, count."""
    read = figures(text, start, end)
    groups = ((_("金额"), read.amounts), (_("比例"), read.rates), (_("期限"), read.durations), (_("数量"), read.counts))
    return [
        Told(label, f"{one.scope} {one.mark.text}".strip(), one.mark.start, one.mark.end)
        for label, found in groups
        for one in found
    ]
