"""Who may see evidence, and who may give it.

A territory's desk (`cases.see`) sees the evidence of its subtrees, an officer that of the firms assigned to it, everybody what they
gave themselves. A firm sees what was given for it and is not for the offices alone. Rooms above open more (`rules.sharing`): whoever
takes part in a case sees its evidence.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.ledger.evidence.models import Evidence
from songda.ledger.evidence.rules import sharing
from songda.registry.actors import Actor
from songda.registry.subjects import access as subjects
from songda.registry.subjects.models import Subject

GIVERS = (
    "policy.draft",
    "cases.file",
    "cases.handle",
    "cases.assign",
    "cases.decide",
    "cases.close",
    "cases.revisit",
    "visits.do",
    "firm.act",
    "figures.edit",
    "bulletins.write",
)
SETTERS = ("cases.decide", "cases.close")


def visible_to(actor: Actor) -> QuerySet[Evidence]:
    """The evidence in an actor's sight. Filter it further by key, subject or case: it joins scopes by OR."""
    if actor.subject_id is not None:
        own = actor.may("firm.read") or actor.may("firm.act")
        return Evidence.objects.filter(subject_id=actor.subject_id, office_only=False) if own else Evidence.objects.none()
    mine = Q(given_by=actor.account_id) if actor.account_id is not None else Q(pk__in=())
    for path in sharing.seen_through():
        mine |= Q(pk__in=import_string(path)(actor))
    if actor.may("cases.see") and not actor.assigned_only:
        mine |= within(actor.area_paths)
    if actor.assigned_only and (actor.may("cases.handle") or actor.may("visits.do")):
        mine |= Q(subject__in=Subject.objects.filter(assignments__post_id__in=actor.posts, assignments__ends_on=None))
    return Evidence.objects.filter(mine)


def evidence_for(evidence_id: int, actor: Actor) -> Evidence:
    """One piece of evidence in sight; NotFound for any other, whether it exists or not."""
    return one_of(
        visible_to(actor).select_related("file", "subject").filter(pk=evidence_id),
        _("没有这份凭证，或您无权查看。"),
        advice=_("请从事项或走访的页面打开；需要时请经办人转交。"),
    )


def evidence_to_set_aside(evidence_id: int, actor: Actor) -> Evidence:
    """One in sight that the actor may declare void: its giver, or who decides and closes cases."""
    found = evidence_for(evidence_id, actor)
    if found.given_by != actor.account_id and not any(actor.may(one) for one in SETTERS):
        raise NotPermitted(_("只有提交人或裁定、销号的岗位可以作废凭证。"))
    return found


def subject_to_give_for(subject_id: int, actor: Actor) -> Subject:
    """The subject that evidence is given for: in sight, or served by the actor through a case of a room above."""
    for path in sharing.served_through():
        served = Subject.objects.filter(pk=subject_id, pk__in=import_string(path)(actor)).first()
        if served is not None:
            return served
    return subjects.subject_for(subject_id, actor)


def refuse_stranger(actor: Actor) -> None:
    """NotPermitted for a post that does no work evidence belongs to. The system itself may."""
    if actor.account_id is not None and not any(actor.may(one) for one in GIVERS):
        raise NotPermitted(_("您的岗位不能提交凭证。"), advice=_("请由办理该事项的岗位提交。"))


def area_of(subject_id: int | None, area_path: str, actor: Actor) -> str:
    """Where the evidence lies: with its subject, else in an area of the actor's own. NotPermitted elsewhere."""
    if subject_id is not None:
        return subject_to_give_for(subject_id, actor).area_path
    if not actor.works_in(area_path):
        raise NotPermitted(_("所选辖区不在您的管辖范围内。"))
    return area_path
