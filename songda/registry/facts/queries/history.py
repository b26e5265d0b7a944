"""What was told of a subject over time, and what deserves a second look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.engines.rules.facts import Datum
from songda.kernel.errors import NotFound
from songda.registry.facts.models import Fact, FactDefinition
from songda.registry.facts.queries.catalogue import catalogue
from songda.registry.facts.queries.values import facts_of
from songda.registry.facts.rules import in_words
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import standing_under
from songda.registry.subjects.rules import scale

FEN = 100  # of a 元


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a fact's history: the value in words (masked for a personal fact), and the row it comes from."""

    value: str
    row: Fact


@dataclass(frozen=True, slots=True)
class History:
    """A fact of a subject, every row of it, the last recorded first."""

    definition: FactDefinition
    lines: list[Line]


def history_of(subject_id: int, code: str) -> QuerySet[Fact]:
    """Every row of one fact of a subject and of the rows merged into it, the last recorded first."""
    rows = Fact.objects.filter(subject_id__in=standing_under(subject_id), fact__code=code)
    return rows.select_related("source", "fact").order_by("-recorded_at", "-valid_from")


def history_in_words(subject_id: int, code: str) -> History:
    """The history for its page; NotFound for a fact that does not exist."""
    fact = FactDefinition.objects.filter(code=code).first()
    if fact is None:
        raise NotFound(_("事实目录中没有“%(code)s”。") % {"code": code})
    codes = catalogue(fact.context).code_lists.get(fact.code_list)
    lines = []
    for row in history_of(subject_id, code):
        value = _("（个人信息）") if fact.personal else in_words(fact.kind_of(), fact.unit, row.num, row.text, codes)
        lines.append(Line(_("撤回") if row.void else value, row))
    return History(fact, lines)


def scale_warning(subject: Subject, *, on: dt.date) -> str:
    """A sentence where the listed status 规模以上 and the thresholds disagree; the list is never overruled."""
    told = facts_of(subject.pk, on=on)
    revenue, staff = whole(told.get("revenue"), FEN), whole(told.get("headcount"), 1)
    return scale.warning(subject.industry, on.year - 1, listed=subject.above_scale, revenue=revenue, staff=staff)


def whole(datum: Datum | None, factor: int) -> int | None:
    """A number in whole parts of its base unit (fen of a 元), or None."""
    return int(datum.value * factor) if datum is not None and isinstance(datum.value, Fraction) else None
