"""The quality list 质量清单: subjects with more people present than due, with their cause; nothing is capped."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from songda.office.resumption.models import Excess
from songda.office.resumption.queries.timeline import states_at
from songda.office.resumption.rules.asof import UNKNOWN
from songda.office.resumption.rules.rates import Rate
from songda.registry.actors import Actor
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A subject above its denominator: the rate, the cause in words, the explanation; empty where nobody has explained."""

    subject: Subject
    rate: Rate
    cause: str
    text: str


def doubtful(actor: Actor, *, on: dt.date) -> list[Doubtful]:
    """Those in sight, unexplained first, then by how far above. An explanation serves as long as neither number changes."""
    found = []
    for path in actor.area_paths:
        rows = states_at(path, on=on)
        over = (rows.due_people != UNKNOWN) & (rows.present > rows.due_people)
        kept = rows.where(over)
        found += list(zip(kept.subjects.tolist(), kept.present.tolist(), kept.due_people.tolist(), strict=True))
    keys = [subject for subject, _present, _due in found]
    seen = {one.pk: one for one in visible_to(actor).filter(pk__in=keys).select_related("home")}
    told = {one.subject_id: one for one in Excess.objects.filter(subject__in=seen, day__lte=on).order_by("day", "pk")}
    lines = [line(seen[key], present, due, told.get(key)) for key, present, due in found if key in seen]
    return sorted(lines, key=lambda one: (bool(one.cause), -(one.rate.value or 0), one.subject.pk))


def line(subject: Subject, present: int, due: int, told: Excess | None) -> Doubtful:
    """One line: the explanation holds for the very numbers it explained."""
    serves = told is not None and (told.present, told.due) == (present, due)
    rate = Rate(present, due, may_exceed=True)
    return Doubtful(subject, rate, told.get_cause_display() if serves and told else "", told.text if serves and told else "")
