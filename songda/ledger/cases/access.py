"""Who may see a case, and who may take which step on it.

A territory's desk (`cases.see`) sees the cases of its subtrees. Whoever takes part sees the case wherever it lies: the post that
holds it (and who stands in for it), the units that lead or are asked, the officer of the firm, who filed it. A firm sees its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.ledger.cases.models import Case, CaseEvidence, Party
from songda.ledger.cases.states import MACHINES, NOTES
from songda.registry.actors import Actor
from songda.registry.people.models import Assignment

SECOND = frozenset({"cases.close", "cases.revisit"})
"""Permissions that are a second person's: not for who holds the case or proposed the result."""


LOOKING = ("cases.see", "cases.handle", "cases.file")


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases in an actor's sight."""
    return Case.objects.filter(in_sight(actor))


def in_sight(actor: Actor) -> Q:
    """The condition that a case is in an actor's sight."""
    if actor.subject_id is not None:
        own = actor.may("firm.read") or actor.may("firm.act")
        return Q(subject_id=actor.subject_id) if own else Q(pk__in=())
    ways = list(taking_part(actor))
    if actor.may("cases.see") and not actor.assigned_only:
        ways.insert(0, within(actor.area_paths))
    return reduce(or_, ways) if ways else Q(pk__in=())


def check_looks(actor: Actor) -> None:
    """Refuse a post that has nothing to do with the ledger at all."""
    if not (actor.may("firm.read") if actor.subject_id is not None else any(actor.may(one) for one in LOOKING)):
        raise NotPermitted(_("您当前的岗位不办理台账事项。"), advice=_("请切换岗位，或联系安全管理员。"))


def taking_part(actor: Actor) -> Iterator[Q]:
    """The ways in which a post takes part in a case, each found by an index of its own."""
    if actor.may("cases.file") and actor.account_id is not None:
        yield Q(opened_by=actor.account_id)
    if actor.may("cases.see") or actor.may("cases.handle"):
        yield from working_on(actor)


def working_on(actor: Actor) -> Iterator[Q]:
    """The ways in which a post works on a case: it holds it, its unit leads or is asked, the firm is assigned to it."""
    if actor.posts:
        yield Q(holder_id__in=actor.posts)
    if actor.assigned_only:
        yield Q(subject_id__in=Assignment.objects.filter(post_id__in=actor.posts, ends_on=None).values("subject_id"))
        yield Q(pk__in=Party.objects.filter(post_id__in=actor.posts, ended_at=None).values("case_id"))
    elif actor.organisation_id is not None:
        yield Q(lead_id=actor.organisation_id)
        yield Q(pk__in=Party.objects.filter(organisation_id=actor.organisation_id, ended_at=None).values("case_id"))


def case_for(case_id: int, actor: Actor) -> Case:
    """One case in sight; NotFound for any other, whether it exists or not."""
    return one_of(
        visible_to(actor).select_related("kind", "subject", "lead", "holder__person").filter(pk=case_id),
        _("没有这个事项，或不在您的办理范围内。"),
        advice=_("请核对编号，或向统筹调度员查询。"),
    )


def case_to_step(case_id: int, name: str, actor: Actor) -> Case:
    """One case for a step or a note. NotPermitted where the post lacks the permission, only looks on, or would check itself; NotFound
    for a step of another kind of case."""
    case = case_for(case_id, actor)
    if name not in NOTES and name not in {step.name for step in MACHINES[case.machine].steps}:
        raise NotFound(_("没有这个办理步骤。"), advice=_("请从事项页进入。"))
    refusal = refusal_of(case, name, actor, works=handles(case, actor))
    if refusal is not None:
        raise refusal
    return case


def refusal_of(case: Case, name: str, actor: Actor, *, works: bool) -> NotPermitted | None:
    """Why a case in sight is not this actor's to step, or None. `works`: whether the actor `handles` it (asked once for many steps)."""
    permission = permission_for(case.machine, name)
    if not actor.may(permission):
        return NotPermitted(_("您的岗位不能办理“%(step)s”。") % {"step": label_of(case.machine, name)})
    if permission == "cases.handle" and not works:
        unit = case.lead or _("尚未分办的单位")
        return NotPermitted(_("本事项由%(unit)s办理。") % {"unit": unit}, advice=_("如应由您办理，请申请移交。"))
    if permission in SECOND and is_handler(case, actor):
        message = _("“%(step)s”须由经办人以外的人办理。") % {"step": label_of(case.machine, name)}
        return NotPermitted(message, advice=_("请交统筹调度员、本单位负责人或督查员办理。"))
    return None


def handles(case: Case, actor: Actor) -> bool:
    """Whether the actor is one of those who work on the case, not only one who sees it."""
    if actor.post_id is None:
        return True
    if case.holder_id in actor.posts:
        return True
    # Nobody has it yet: who filed it, or the desk of the territory, may begin.
    if case.lead_id is None and (actor.may("cases.see") or (case.opened_by is not None and case.opened_by == actor.account_id)):
        return True
    ways = list(working_on(actor))
    return bool(ways) and Case.objects.filter(reduce(or_, ways), pk=case.pk).exists()


def is_handler(case: Case, actor: Actor) -> bool:
    """Whether the actor holds the case or proposed its result."""
    proposed = case.proposed_by is not None and case.proposed_by == actor.account_id
    return proposed or (case.holder_id is not None and case.holder_id in actor.posts)


def stands_in_for(case: Case, actor: Actor) -> str:
    """For whom the actor handles the case while that one is away 代办: the holder's name, or nothing."""
    return case.holder.person.name if case.holder_id in actor.covers and case.holder is not None else ""


def permission_for(machine: str, name: str) -> str:
    """What a step or a note asks for."""
    return NOTES[name][1] if name in NOTES else MACHINES[machine].step(name).permission


def label_of(machine: str, name: str) -> str:
    """A step or a note in words; filing, which is neither, too."""
    if name == "file":
        return _("登记")
    return str(NOTES[name][0] if name in NOTES else MACHINES[machine].step(name).label)


def evidence_in_sight(actor: Actor) -> QuerySet[CaseEvidence, Any]:
    """Ids of the evidence of cases in sight, for `evidence.rules.sharing`: whoever takes part in a case sees its evidence."""
    if actor.subject_id is not None:
        return CaseEvidence.objects.none().values("evidence")
    return CaseEvidence.objects.filter(case__in=visible_to(actor).values("pk")).values("evidence")


def subjects_served(actor: Actor) -> QuerySet[Case, Any]:
    """Ids of the subjects whose cases an actor works on, for `evidence.rules.sharing`: it may give evidence for them."""
    ways = list(working_on(actor)) if actor.subject_id is None else []
    found = Case.objects.filter(reduce(or_, ways)) if ways else Case.objects.none()
    return found.exclude(subject=None).values("subject")
