"""The daily report 复工日报 of many subjects at once: what is right is written as facts, what is wrong comes back with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import Kind
from songda.engines.rules.days import day_number
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Invalid
from songda.office.resumption.access import must
from songda.office.resumption.models import Excess, Lamp
from songda.office.resumption.queries.gates import why_not_resume
from songda.office.resumption.queries.timeline import states_at
from songda.office.resumption.states import WORKING, Cause, Light, Production
from songda.registry.actors import Actor
from songda.registry.facts.actions.record_cells import write_changes
from songda.registry.facts.models import FactDefinition
from songda.registry.facts.queries import Reach, source_named
from songda.registry.facts.queries.changes import Cells
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

SOURCE = "resumption"
MOST = 8_000
LARGEST = 1_000_000
PEOPLE = {"due": "due_at_work", "present": "back_at_work", "roll_present": "staff_back"}


@dataclass(frozen=True, slots=True)
class Row:
    """One subject's day: state and people; None says nothing. More present than due needs a cause and a word of explanation."""

    subject_id: int
    state: str = ""
    due: int | None = None
    present: int | None = None
    roll_present: int | None = None
    cause: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """How many rows were taken, how many facts that wrote, and the sentence for each refused row (by its place)."""

    taken: int
    facts: int
    refused: Mapping[int, str]


@dataclass(frozen=True)
class Known:
    """What stands before the report: subjects in sight, their states, who is on the list, under red light; people told, and the
    (subject, due, present) that were explained."""

    subjects: Mapping[int, Subject]
    states: Mapping[int, str]
    listed: frozenset[int]
    red: frozenset[int]
    due: Mapping[int, int]
    present: Mapping[int, int]
    explained: frozenset[tuple[int, int, int]]


@transaction.atomic
def report_day(rows: Sequence[Row], day: dt.date, *, by: Actor, now: dt.datetime) -> Reported:
    """Report the state of subjects in sight for a day up to today. Wrong rows are refused one by one, the others written.

    Whoever is on the negative list, under a stop order or before its batch cannot be reported as resumed. Invalid for a day to come.
    """
    must(by, "resumption.report")
    if day > day_of(now) or len(rows) > MOST:
        raise Invalid(_("只能填报今天或以前的情况，一次不超过 %(n)d 行。") % {"n": MOST}, fields={"day": _("请核对日期。")})
    known = before(rows, day, by)
    rows = [unsaid(row, known) for row in rows]
    checked = {place: refusal(row, day, known) for place, row in enumerate(rows)}
    refused = {place: why for place, why in checked.items() if why}
    taken = [row for place, row in enumerate(rows) if place not in refused]
    facts = write(taken, day, known, now) if taken else 0
    explain(taken, day, known, by, now)
    for row in taken:
        told = {"day": day, "state": row.state, **{name: getattr(row, name) for name in PEOPLE}}
        record("resumption.report", known.subjects[row.subject_id], by=by, now=now, after=told)
    return Reported(len(taken), facts, refused)


def before(rows: Sequence[Row], day: dt.date, by: Actor) -> Known:
    """Read what the rows are checked against."""
    keys = {row.subject_id for row in rows}
    seen = {one.pk: one for one in visible_to(by).filter(pk__in=keys)}
    states = states_at("", on=day, subjects=seen)
    subjects = states.subjects.tolist()
    red = Lamp.objects.filter(subject__in=seen, until=None, light=Light.RED).values_list("subject_id", flat=True)
    return Known(
        seen,
        dict(zip(subjects, states.states.tolist(), strict=True)),
        frozenset(states.subjects[states.listed].tolist()),
        frozenset(red),
        dict(zip(subjects, states.due_people.tolist(), strict=True)),
        dict(zip(subjects, states.present.tolist(), strict=True)),
        frozenset(Excess.objects.filter(subject__in=seen).values_list("subject_id", "due", "present")),
    )


def unsaid(row: Row, known: Known) -> Row:
    """A row that only repeats 停工令停产, as a sheet that was taken out does, says nothing of the state."""
    repeated = row.state == Production.HALTED and known.states.get(row.subject_id) == Production.HALTED
    return replace(row, state="") if repeated else row


def refusal(row: Row, day: dt.date, known: Known) -> str:
    """Why a row is not taken; empty when it is."""
    if row.subject_id not in known.subjects:
        return _("没有这个主体，或不在您的辖区内。")
    if row.state and row.state not in Production.values:
        return _("没有“%(state)s”这种复工状态。") % {"state": row.state}
    if row.state == Production.HALTED or (known.states.get(row.subject_id) == Production.HALTED and row.state):
        return _("停工令停产由防控灯决定，须由统筹调度员签发和解除。")
    if any(number is not None and not 0 <= number <= LARGEST for number in (row.due, row.present, row.roll_present)):
        return _("人数应为 0 至 1000000 的整数。")
    return gate(row, day, known) or unexplained(row, known)


def gate(row: Row, day: dt.date, known: Known) -> str:
    """Why the subject may not be at work on that day."""
    new = row.state in WORKING and known.states.get(row.subject_id) not in WORKING
    held = row.subject_id in known.listed or row.subject_id in known.red
    if row.state not in WORKING or not (new or held):
        return ""
    return "".join(why_not_resume(known.subjects[row.subject_id], day))


def unexplained(row: Row, known: Known) -> str:
    """More people than due without a cause: accepted only with an explanation, never cut down to 100 %. It serves the same two numbers again."""
    due, present = people_of(row, known)
    if due is None or present is None or present <= due:
        return ""
    if (row.cause in Cause.values and row.text.strip()) or (row.subject_id, due, present) in known.explained:
        return ""
    return _("到岗 %(present)d 人多于应到岗 %(due)d 人：请选择原因并说明，或先更正应到岗人数。") % {
        "present": present,
        "due": due,
    }


def people_of(row: Row, known: Known) -> tuple[int | None, int | None]:
    """Due and present as they will stand: what the row says, else what is known already. (None, None) where the row says neither."""
    if row.due is None and row.present is None:
        return None, None
    due = known.due.get(row.subject_id, -1) if row.due is None else row.due
    present = known.present.get(row.subject_id, -1) if row.present is None else row.present
    return (due if due >= 0 else None), (present if present >= 0 else None)


def write(rows: Sequence[Row], day: dt.date, known: Known, now: dt.datetime) -> int:
    """Write the rows as facts of that day; who newly works gets its day of resumption."""
    definitions = {one.code: one for one in FactDefinition.objects.filter(context="subject")}
    told: dict[str, dict[int, object]] = {"resumption": {row.subject_id: row.state for row in rows if row.state}}
    for name, code in PEOPLE.items():
        told[code] = {row.subject_id: getattr(row, name) for row in rows if getattr(row, name) is not None}
    fresh = [
        key for key, state in told["resumption"].items() if state == Production.RESUMED and known.states.get(key) not in WORKING
    ]
    told["resumed_on"] = dict.fromkeys(fresh, day_number(day))
    cells = [cells_of(definitions[code], values, day) for code, values in told.items() if values and code in definitions]
    reach = Reach(subjects={row.subject_id for row in rows})
    return write_changes(cells, reach, source=source_named(SOURCE), now=now).facts


def cells_of(fact: FactDefinition, values: Mapping[int, object], day: dt.date) -> Cells:
    """One fact of many subjects on a day, stored as the catalogue stores it."""
    keys = sorted(values)
    subjects, days = np.array(keys, np.int64), np.full(len(keys), day_number(day), np.int64)
    if Kind(fact.kind) is Kind.CODE:
        return Cells(fact, subjects, days, np.zeros(len(keys), np.int64), tuple(str(values[key]) for key in keys))
    return Cells(fact, subjects, days, np.array([int(str(values[key])) for key in keys], np.int64))


def explain(rows: Sequence[Row], day: dt.date, known: Known, by: Actor, now: dt.datetime) -> None:
    """Keep the explanations of rows above their denominator."""
    made = []
    for row in rows:
        due, present = people_of(row, known)
        if due is not None and present is not None and present > due and row.cause:
            made.append(
                Excess(
                    subject_id=row.subject_id, day=day, due=due, present=present, cause=row.cause, text=row.text.strip()[:200],
                    told_at=now, told_name=by.name,
                )
            )  # fmt: skip
    Excess.objects.bulk_create(made)


def explain_excess(subject_id: int, cause: str, text: str, *, by: Actor, now: dt.datetime) -> None:
    """Explain the numbers that stand on the quality list today, without changing them."""
    today = day_of(now)
    known = before([Row(subject_id)], today, by)
    row = Row(subject_id, due=known.due.get(subject_id), present=known.present.get(subject_id), cause=cause, text=text)
    if row.subject_id not in known.subjects or not row.text.strip() or cause not in Cause.values:
        raise Invalid(_("请选择原因并说明。"), fields={"text": _("写明为什么到岗多于应到岗。")})
    must(by, "resumption.report")
    with transaction.atomic():
        explain([row], today, known, by, now)
        record("resumption.explain", known.subjects[subject_id], by=by, now=now, after={"cause": cause, "text": text.strip()})
