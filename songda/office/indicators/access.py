"""Who sees figures: those read from public texts are for every desk with `figures.see`; firms have none of them.

Returned figures, which are not public, come with their own scope when units report them here.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound, NotPermitted
from songda.office.indicators.models import Check, Observation
from songda.office.indicators.states import Origin
from songda.registry.actors import Actor


def visible_to(actor: Actor) -> QuerySet[Observation]:
    """The figures in effect that the actor may see."""
    return history_visible_to(actor).filter(replaced_by=None)


def history_visible_to(actor: Actor) -> QuerySet[Observation]:
    """The same with those that were corrected."""
    return Observation.objects.filter(origin=Origin.READ) if may_see(actor) else Observation.objects.none()


def checks_visible_to(actor: Actor) -> QuerySet[Check]:
    """The checks over those figures."""
    return Check.objects.all() if may_see(actor) else Check.objects.none()


def observation_for(code: str, actor: Actor) -> Observation:
    """The figure of a code, in effect; NotFound otherwise."""
    found = visible_to(actor).select_related("source", "organisation").filter(code=code).first()
    if found is None:
        raise NotFound(_("没有这个数，或它不在您的范围内。"), advice=_("请从历史数据列表重新进入。"))
    return found


def require_loader(actor: Actor) -> None:
    """Figures come in with a campaign pack: its administrator, or the system while installing."""
    if not (actor.may("campaign.apply") or actor.role == "system"):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("历史数据由系统管理员随活动包装载。"))


def may_see(actor: Actor) -> bool:
    """Whether the post sees figures at all."""
    return actor.may("figures.see") and actor.subject_id is None
