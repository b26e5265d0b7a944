"""Who reads guides: posts with `policy.see` in their areas (and those above), a firm the guides of its own territory."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.guides.models import Guide
from songda.deliveries.policy.library.access import reaching, require_scope
from songda.kernel.errors import NotFound, NotPermitted
from songda.registry.actors import Actor
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


def looks(actor: Actor) -> None:
    """Refuse a post that has nothing to do with policies."""
    if not (actor.may("policy.see") or (actor.subject_id is not None and actor.may("firm.read"))):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系安全管理员。"))


def visible_to(actor: Actor) -> QuerySet[Guide]:
    """Guides that reach the actor."""
    looks(actor)
    return Guide.objects.filter(reaching(actor)).select_related("group")


def guide_for(guide_id: int, actor: Actor) -> Guide:
    """A guide in sight; NotFound otherwise."""
    found = visible_to(actor).filter(pk=guide_id).first()
    if found is None:
        raise NotFound(_("没有这份操作指南，或它不适用于您的辖区。"), advice=_("请从列表重新进入。"))
    return found


def may_issue(area_path: str, actor: Actor) -> None:
    """Issuing a guide is a publisher's step, in the publisher's own territory."""
    if not actor.may("policy.publish"):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换到政策发布岗位。"))
    require_scope(actor, area_path)


def own_firm(actor: Actor) -> Subject:
    """The firm that a post acts for."""
    if actor.subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    return subject_for(actor.subject_id, actor)
