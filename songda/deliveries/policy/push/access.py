"""Who sees which pushes, and who may send one where."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.push.models import Push
from songda.kernel.errors import NotPermitted
from songda.kernel.paths import above, within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor


def pushes_visible_to(actor: Actor) -> QuerySet[Push]:
    """Pushes in the actor's areas, and pushes of areas above, which reached them; none for firms.

    What came of a push is read through `notices.access.deliveries_visible_to`, so a street sees its own part of a city's push.
    """
    if actor.subject_id is not None:
        return Push.objects.none()
    return Push.objects.filter(within(actor.area_paths) | Q(area_path__in=above(actor.area_paths)))


def push_for(push_id: int, actor: Actor) -> Push:
    """One push in scope; NotFound otherwise."""
    return one_of(pushes_visible_to(actor).filter(pk=push_id), _("没有这次推送，或它不在您的范围内。"))


def check_may_push(area_path: str, actor: Actor) -> None:
    """Refuse a post without the permission, or an area outside its scope. The system itself pushes nothing."""
    if not actor.may("push.send"):
        raise NotPermitted(_("您当前的岗位不能推送。"), advice=_("请切换到统筹调度或部门负责人岗位。"))
    if not actor.works_in(area_path):
        raise NotPermitted(_("推送辖区不在您的管辖范围内。"), advice=_("请选择本辖区或下级辖区。"))
