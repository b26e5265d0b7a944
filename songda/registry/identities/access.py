"""Whose identities one sees: one's own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.identities.models import Identity


def visible_to(actor: Actor) -> QuerySet[Identity]:
    """The identities bound to the actor's own account now."""
    return Identity.objects.filter(account_id=actor.account_id or 0, unbound_at=None).order_by("id")


def identity_for(identity_id: int, actor: Actor) -> Identity:
    """One of one's own, or NotFound."""
    return one_of(visible_to(actor).filter(pk=identity_id), _("没有这个绑定。"), advice=_("请刷新页面查看。"))
