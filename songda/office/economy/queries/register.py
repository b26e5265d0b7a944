"""The statistical register 统计库: the conditions of an entry, who is in since when, what has begun and is not in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from songda.kernel.clock import day_of
from songda.ledger.cases.access import visible_to
from songda.ledger.cases.models import Case, CaseEvidence, CaseStep
from songda.office.economy.queries.parameters import entry_rule
from songda.office.economy.rules.entry import Item, Proved, checklist
from songda.office.economy.states import STAT_ENTRY
from songda.registry.actors import Actor
from songda.registry.facts.models import Fact
from songda.registry.subjects.access import visible_to as subjects_visible_to
from songda.registry.subjects.models import Subject

CONDITION, AMOUNT, MONTH = "condition", "amount", "month"
"""What the steps of an entry keep under `used`."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A project whose work has begun and that is not in the register: since which day, and its entry on the way, if any."""

    subject: Subject
    since: dt.date
    case: Case | None
    proved: int
    conditions: int


def conditions_of(case: Case) -> list[Item]:
    """The checklist of one entry."""
    return conditions_of_all([case])[case.pk]


def conditions_of_all(cases: Sequence[Case]) -> dict[int, list[Item]]:
    """The checklists of several entries, by id; their subjects must be at hand. Two queries."""
    steps = CaseStep.objects.filter(case__in=cases, step="remark").order_by("case_id", "seq")
    laid = [one for one in steps if CONDITION in one.used]
    papers = _papers(laid)
    proofs: defaultdict[int, list[Proved]] = defaultdict(list)
    for one in laid:
        proofs[one.case_id].append(_proved(one, papers.get(one.pk, ())))
    rule = entry_rule()
    return {one.pk: checklist(rule.of(one.subject.kind if one.subject else ""), proofs[one.pk]) for one in cases}


def _papers(steps: Iterable[CaseStep]) -> Mapping[int, tuple[int, ...]]:
    """The evidence of steps that still counts: neither set aside nor damaged."""
    found: defaultdict[int | None, tuple[int, ...]] = defaultdict(tuple)
    rows = CaseEvidence.objects.filter(step__in=list(steps), evidence__set_aside_at=None, evidence__file__damaged=False)
    for step_id, evidence_id in rows.order_by("pk").values_list("step_id", "evidence_id"):
        found[step_id] += (evidence_id,)
    return {key: value for key, value in found.items() if key is not None}


def _proved(step: CaseStep, papers: tuple[int, ...]) -> Proved:
    used = step.used
    return Proved(str(used[CONDITION]), papers, int(used.get(AMOUNT, 0)), day_of(step.at), step.name, step.note)


def entries(actor: Actor, *, state: str = "") -> QuerySet[Case]:
    """The entries in sight, the latest first."""
    rows = visible_to(actor).filter(kind__kind__code=STAT_ENTRY).select_related("subject", "kind", "lead", "holder__person")
    return (rows.filter(state=state) if state else rows).order_by("-opened_at", "-id")


def months_of(cases: Iterable[Case]) -> dict[int, str]:
    """From which month (2020-03) on each accepted entry counts, by id."""
    accepted = [one.pk for one in cases if one.state == "verified"]
    steps = CaseStep.objects.filter(case__in=accepted, step="verify").order_by("seq")
    return {one.case_id: str(one.used.get(MONTH, "")) for one in steps}


def entered(subjects: Iterable[int], *, month: str, known_at: dt.datetime) -> set[int]:
    """Which of some subjects are in the register in a month (2020-03), as known at a moment: counted only from the accepted month on.

    An entry that was opened again no longer counts from the moment it was.
    """
    steps = CaseStep.objects.filter(
        case__kind__kind__code=STAT_ENTRY, case__subject__in=list(subjects), step__in=("verify", "reopen"), at__lte=known_at
    )
    since: dict[int, str] = {}
    for subject_id, name, used in steps.order_by("at", "id").values_list("case__subject_id", "step", "used"):
        if name == "verify":
            since[subject_id] = str(used.get(MONTH, ""))
        else:
            since.pop(subject_id, None)
    return {one for one, first in since.items() if first <= month}


def begun_not_entered(actor: Actor, *, now: dt.datetime, kinds: Sequence[str] = (Subject.Kind.PROJECT,)) -> list[Begun]:
    """The projects in sight that have begun and are not in the register in this month, the longest waiting first."""
    subjects = {one.pk: one for one in subjects_visible_to(actor).filter(kind__in=kinds, status=Subject.Status.OPEN)}
    begun = _begun(subjects, now)
    inside = entered(begun, month=f"{day_of(now):%Y-%m}", known_at=now)
    waiting = [(since, key) for key, since in begun.items() if key not in inside]
    open_cases = Case.objects.filter(kind__kind__code=STAT_ENTRY, subject__in=[key for _since, key in waiting], open=True)
    cases = {one.subject_id: one for one in open_cases.select_related("subject", "kind")}
    lists = conditions_of_all(list(cases.values()))
    made = []
    for since, key in sorted(waiting):
        case = cases.get(key)
        items = lists[case.pk] if case else []
        made.append(Begun(subjects[key], since, case, sum(one.proved for one in items), len(items)))
    return made


def _begun(subjects: Mapping[int, Subject], now: dt.datetime) -> dict[int, dt.date]:
    """Since which day each subject is at work, by the last word of the fact that says so; those not at work are left out."""
    rows = Fact.objects.filter(
        subject__in=list(subjects), fact__code=entry_rule().started, valid_from__lte=day_of(now), recorded_at__lte=now
    )
    latest: dict[int, tuple[bool, dt.date]] = {}
    for key, num, day, void in rows.order_by("valid_from", "recorded_at").values_list("subject_id", "num", "valid_from", "void"):
        works = num == 1 and not void
        earlier = latest.get(key)
        latest[key] = (works, earlier[1] if earlier and earlier[0] and works else day)
    return {key: day for key, (works, day) in latest.items() if works}
