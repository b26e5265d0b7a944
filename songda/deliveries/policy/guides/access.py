"""Who reads guides: posts with `policy.see` in their areas (and those above), a firm the guides of its own territory."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.guides.models import Guide
from songda.deliveries.policy.library.access import looks, reaching
from songda.kernel.errors import NotPermitted
from songda.kernel.sight import one_of
from songda.registry.actors import Actor, require, require_area
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


def visible_to(actor: Actor) -> QuerySet[Guide]:
    """Guides that reach the actor."""
    looks(actor)
    return Guide.objects.filter(reaching(actor)).select_related("group")


def guide_for(guide_id: int, actor: Actor) -> Guide:
    """A guide in sight; NotFound otherwise."""
    return one_of(
        visible_to(actor).filter(pk=guide_id), _("没有这份操作指南，或它不适用于您的辖区。"), advice=_("请从列表重新进入。")
    )


def may_issue(area_path: str, actor: Actor) -> None:
    """Issuing a guide is a publisher's step, in the publisher's own territory."""
    require(actor, "policy.publish", advice=_("请切换到政策发布岗位。"))
    require_area(actor, area_path)


def own_firm(actor: Actor) -> Subject:
    """The firm that a post acts for."""
    if actor.subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    return subject_for(actor.subject_id, actor)
