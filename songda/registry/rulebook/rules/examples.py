"""Which examples 案例 a rule needs before it may be signed: one 是, one 否, one on the boundary, one 待核."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from songda.kernel.words import gettext as _


class Example(Protocol):
    """What is asked of a case."""

    @property
    def expect(self) -> str:
        """是, 否 or 待核."""

    @property
    def boundary(self) -> bool:
        """Whether it sits on an edge of the rule."""


def lacking_examples(cases: Iterable[Example]) -> tuple[str, ...]:
    """A sentence for each sort of case that is missing."""
    held = list(cases)
    answers = {case.expect for case in held}
    lacks = [_("缺“%(answer)s”的案例。") % {"answer": answer} for answer in ("是", "否", "待核") if answer not in answers]
    if not any(case.boundary for case in held):
        lacks.append(_("缺边界案例：请给一个恰好在门槛上的例子。"))
    return tuple(lacks)
