"""What happened to a case, in order: steps with their words and evidence, alerts, what the firm said."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from songda.ledger.cases.access import label_of
from songda.ledger.cases.models import Alert, Case, CaseEvidence, CaseStep, Word
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules.course import clocks_for
from songda.ledger.cases.states import MACHINES, NOTES
from songda.ledger.evidence.models import Evidence
from songda.registry.actors import Actor

OFFICES_ONLY = NOTES.keys() - {"contact", "extend", "fix", "tell", "remind"}
"""Notes that a firm is not shown unless they tell it something."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `kind`: step, alert or word. `note` is empty for a firm."""

    kind: str
    name: str
    at: dt.datetime
    label: str
    who: str
    state: str = ""
    note: str = ""
    told: str = ""
    evidence: tuple[Evidence, ...] = ()


def timeline(case: Case, actor: Actor) -> list[Entry]:
    """Everything that happened, the latest first; for a firm what concerns it, without the offices' own notes. Four queries."""
    firm = actor.subject_id is not None
    entries = [*_steps(case, firm=firm), *_words(case), *([] if firm else _alerts(case))]
    return sorted(entries, key=lambda one: one.at, reverse=True)


def _steps(case: Case, *, firm: bool) -> list[Entry]:
    laid: dict[int | None, list[Evidence]] = defaultdict(list)
    for link in (
        CaseEvidence.objects.filter(case=case, evidence__set_aside_at=None).select_related("evidence__file").order_by("pk")
    ):
        laid[link.step_id].append(link.evidence)
    machine, found = MACHINES[case.machine], []
    for step in CaseStep.objects.filter(case=case).order_by("-seq"):
        if firm and step.step in OFFICES_ONLY and not step.told:
            continue
        moved = str(machine.states[step.after]) if step.before != step.after else ""
        who = f"{step.name}（{step.for_name}）" if step.for_name else step.name
        label = label_of(case.machine, step.step)
        note = "" if firm else step.note
        found.append(Entry("step", step.step, step.at, label, who, moved, note, step.told, tuple(laid[step.pk])))
    return found


def _alerts(case: Case) -> list[Entry]:
    rungs = {
        (clock.definition.code, level.code): f"{clock.definition.label}：{level.label}"
        for clock in clocks_for(spec_of(case.kind), case.difficulty)
        for level in clock.ladder
    }
    return [
        Entry(
            "alert", one.act, one.at, rungs.get((one.clock, one.level), one.level), _told_to(one), note=one.answer, told=one.sheet
        )
        for one in Alert.objects.filter(case=case).select_related("post__person", "organisation")
    ]


def _told_to(alert: Alert) -> str:
    return " ".join(str(one) for one in (alert.organisation, alert.post.person if alert.post else "") if one)


def _words(case: Case) -> list[Entry]:
    return [
        Entry(
            "word",
            one.answer,
            one.at,
            f"{one.get_by_display()}：{one.get_answer_display()}",
            one.name,
            one.get_grade_display(),
            told=one.text,
        )
        for one in Word.objects.filter(case=case)
    ]
