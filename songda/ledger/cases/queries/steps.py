"""What may be done with a case now, and why not the rest 可办与不可办."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from songda.kernel.machines import Step
from songda.ledger.cases.access import handles, label_of, permission_for, refusal_of
from songda.ledger.cases.models import Alert, Case, CaseEvidence, CaseStep, Word
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules import step_pages
from songda.ledger.cases.rules.closing import Standing, what_lacks
from songda.ledger.cases.states import MACHINES, NOTES
from songda.registry.actors import Actor

CLOSING = ("close", "verify")
ORDER = ("accept", "progress", "contact", "report", "verify", "send_back", "remark", "tell", "urge", "cancel", "resume", "reopen")
PROPOSING = ("propose", "solve_on_spot", "report")
PLAIN: Mapping[str, frozenset[str]] = {
    "demand": frozenset({"progress", "resume", "remark", "contact", "tell", "urge"}),
    "task": frozenset({"accept", "progress", "report", "verify", "send_back", "cancel", "reopen", "remark", "urge"}),
    "objection": frozenset({"remark"}),
}
"""Steps by machine that ask for a note, a word to the firm and evidence, and nothing else: the generic form takes them, unless a room
above has a page of its own for them."""

WhyNot = Callable[[Case, str, Actor], str]


def openings(actor: Actor) -> list[tuple[str, str]]:
    """Where this post may open a case: (address, label)."""
    return [(address, str(label)) for address, label, permission in step_pages.OPENINGS if actor.may(permission)]


def kind_pages(case: Case, actor: Actor) -> list[tuple[str, str]]:
    """The pages that cases of this kind have besides their steps, for this post: (address, label)."""
    offered = step_pages.OF_KIND.get(spec_of(case.kind).code, ())
    may = ((address, label) for address, label, permission in offered if not permission or actor.may(permission))
    return [(address.format(case=case.pk), str(label)) for address, label in may]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step or a note from where the case stands: whether this actor may take it, where, and else each reason why not.

    `address` is the step's page; empty for one that has none. `plain`: the generic form takes it. `elsewhere`: not from this state.
    """

    name: str
    label: str
    allowed: bool
    reasons: tuple[str, ...]
    address: str
    plain: bool
    note: bool
    elsewhere: bool


def allowed_steps(case: Case, actor: Actor) -> list[StepView]:
    """Every step of the machine and every note, each allowed or with why not. The machine's own order; notes last."""
    works = handles(case, actor)
    steps = [_step(case, step, actor, works=works) for step in MACHINES[case.machine].steps]
    return steps + [_note(case, name, actor, works=works) for name in NOTES]


def _step(case: Case, step: Step, actor: Actor, *, works: bool) -> StepView:
    reasons = []
    if step.name in spec_of(case.kind).off:
        reasons.append(_("“%(kind)s”不设这一步。") % {"kind": case.kind.label})
    if case.state not in step.sources:
        states = MACHINES[case.machine].states
        reasons.append(_("须在“%(states)s”时办理。") % {"states": "、".join(str(states[one]) for one in step.sources)})
    refusal = refusal_of(case, step.name, actor, works=works)
    if refusal is not None:
        reasons.append(refusal.message)
    if step.name in CLOSING and not reasons:
        reasons += lacking(case, actor)
    return _view(case, step.name, str(step.label), reasons, actor, note=False)


def _note(case: Case, name: str, actor: Actor, *, works: bool) -> StepView:
    reasons = [] if case.open else [_("事项已办结，不能再登记。")]
    if name in spec_of(case.kind).off:
        reasons.append(_("“%(kind)s”不设这一步。") % {"kind": case.kind.label})
    refusal = refusal_of(case, name, actor, works=works)
    if refusal is not None:
        reasons.append(refusal.message)
    return _view(case, name, str(NOTES[name][0]), reasons, actor, note=True)


def _view(case: Case, name: str, label: str, reasons: list[str], actor: Actor, *, note: bool) -> StepView:
    if not reasons and (path := step_pages.WHY_NOT.get((case.machine, name))):
        ask: WhyNot = import_string(path)
        reasons = [sentence] if (sentence := ask(case, name, actor)) else []
    own = step_pages.PAGES.get((case.machine, name), "").format(case=case.pk)
    plain = is_plain(case.machine, name)
    address = own or (f"/cases/{case.pk}/step/{name}/" if plain else "")
    elsewhere = not note and case.state not in MACHINES[case.machine].step(name).sources
    return StepView(name, label, not reasons, tuple(reasons), address, plain, note, elsewhere)


def reminders_of(case: Case) -> int:
    """How often the firm was asked for its word on the result as it stands: by people, and by the ladder's telling it."""
    proposed = CaseStep.objects.filter(case=case, step__in=PROPOSING).order_by("-seq").first()
    if proposed is None:
        return 0
    by_people = CaseStep.objects.filter(case=case, step="remind", seq__gt=proposed.seq).count()
    return by_people + Alert.objects.filter(case=case, act="tell_firm", clock="confirm", at__gte=proposed.at).count()


def is_plain(machine: str, name: str) -> bool:
    """Whether the generic form takes this step of this machine."""
    return (machine, name) not in step_pages.PAGES and name in PLAIN.get(machine, ())


def batch_steps(actor: Actor) -> list[tuple[str, str]]:
    """The plain steps that this post may take at all, for many cases at once: (name, label)."""
    found: dict[str, str] = {}
    for machine in MACHINES:
        for name in sorted(PLAIN[machine]):
            if is_plain(machine, name) and actor.may(permission_for(machine, name)):
                found.setdefault(name, label_of(machine, name))
    return sorted(found.items(), key=lambda one: list(ORDER).index(one[0]) if one[0] in ORDER else len(ORDER))


def lacking(case: Case, actor: Actor) -> tuple[str, ...]:
    """What stands in the way of closing the case, as sentences; none when it may be closed."""
    word = Word.objects.filter(case=case).order_by("-cycle").first()
    standing = Standing(
        evidence=proving(case),
        answer=word.answer if word else "",
        by=word.by if word else "",
        reminders=reminders_of(case),
        proposed_by=case.proposed_by,
        acting=actor.account_id,
    )
    return what_lacks(spec_of(case.kind).closing, standing)


def proving(case: Case) -> int:
    """How many pieces of evidence prove anything: whole, and not set aside."""
    return CaseEvidence.objects.filter(case=case, evidence__set_aside_at=None, evidence__file__damaged=False).count()
