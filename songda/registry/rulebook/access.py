"""Who may read and write rules: they hold for the whole place, so the permission alone decides."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.rulebook.models import Rule, RuleVersion

READERS = ("policy.see", "policy.edit", "policy.publish")


def visible_to(actor: Actor) -> QuerySet[Rule]:
    """All rules for posts that work with policy, none for others (firms read rules on their measures)."""
    reads = actor.role == "system" or any(actor.may(one) for one in READERS)
    return Rule.objects.all() if reads else Rule.objects.none()


def rule_for(code: str, actor: Actor) -> Rule:
    """A rule the actor may read; NotFound otherwise."""
    return one_of(visible_to(actor).filter(code=code), _("没有这条规则，或它不在您的范围内。"))


def version_to_sign(version_id: int, actor: Actor) -> RuleVersion:
    """A version for someone who writes rules."""
    require_writer(actor)
    return one_of(RuleVersion.objects.select_related("rule").filter(pk=version_id), _("没有这个规则版本。"))


def require_writer(actor: Actor) -> None:
    """Refuse a post that does not write rules; the system may (loading a pack)."""
    if actor.role != "system" and not (actor.may("policy.edit") or actor.may("policy.publish")):
        raise NotPermitted(_("您当前的岗位不能编写规则。"), advice=_("请切换到政策编辑岗位。"))
