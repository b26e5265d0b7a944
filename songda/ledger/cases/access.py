"""Who may see a case, and who may take which step on it.

A territory's desk (`cases.see`) sees the cases of its subtrees. Whoever takes part sees the case wherever it lies: the post that
holds it, the units asked, the officer of the firm. A firm sees its own.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import within
from songda.ledger.cases.models import Case, Party
from songda.ledger.cases.states import MACHINES, NOTES
from songda.registry.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases in an actor's sight."""
    if actor.subject_id is not None:
        own = actor.may("firm.read") or actor.may("firm.act")
        return Case.objects.filter(subject_id=actor.subject_id) if own else Case.objects.none()
    if not (actor.may("cases.see") or actor.may("cases.handle")):
        return Case.objects.none()
    scope = within(actor.area_paths) if actor.may("cases.see") and not actor.assigned_only else Q(pk__in=())
    return Case.objects.filter(scope | taking_part(actor))


def taking_part(actor: Actor) -> Q:
    """The cases that a post takes part in: by holding them, by its unit, or as the officer of the firm."""
    mine = Q(pk__in=())
    if actor.posts:
        mine |= Q(holder_id__in=actor.posts)
        mine |= Q(pk__in=Party.objects.filter(post_id__in=actor.posts, ended_at=None).values("case_id"))
        if actor.assigned_only:
            mine |= Q(subject__assignments__post_id__in=actor.posts, subject__assignments__ends_on=None)
    if actor.organisation_id is not None and not actor.assigned_only:
        asked = Party.objects.filter(organisation_id=actor.organisation_id, ended_at=None).values("case_id")
        mine |= Q(pk__in=asked)
    return mine


def case_for(case_id: int, actor: Actor) -> Case:
    """One case in sight; NotFound for any other, whether it exists or not."""
    found = visible_to(actor).select_related("kind", "subject", "lead", "holder__person").filter(pk=case_id).first()
    if found is None:
        raise NotFound(_("没有这个事项，或不在您的办理范围内。"), advice=_("请核对编号，或向统筹调度员查询。"))
    return found


def case_to_step(case_id: int, name: str, actor: Actor) -> Case:
    """One case for a step or a note. NotPermitted where the post lacks the permission, or only looks on."""
    case = case_for(case_id, actor)
    permission = permission_for(case.machine, name)
    if not actor.may(permission):
        raise NotPermitted(_("您的岗位不能办理“%(step)s”。") % {"step": label_of(case.machine, name)})
    if permission == "cases.handle" and not handles(case, actor):
        raise NotPermitted(
            _("本事项由%(unit)s办理。") % {"unit": case.lead or _("尚未分办的单位")}, advice=_("如应由您办理，请申请移交。")
        )
    return case


def handles(case: Case, actor: Actor) -> bool:
    """Whether the actor is one of those who work on the case, not only one who sees it."""
    if actor.post_id is None:
        return True
    if case.holder_id in actor.posts or Case.objects.filter(taking_part(actor), pk=case.pk).exists():
        return True
    # Nobody has it yet: the desk of the territory may begin.
    return case.lead_id is None and actor.may("cases.see")


def permission_for(machine: str, name: str) -> str:
    """What a step or a note asks for."""
    return NOTES[name][1] if name in NOTES else MACHINES[machine].step(name).permission


def label_of(machine: str, name: str) -> str:
    """A step or a note in words."""
    return str(NOTES[name][0] if name in NOTES else MACHINES[machine].step(name).label)
