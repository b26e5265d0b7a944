"""Which tokens an actor may see: those of its own post; those of all posts in sight for who keeps accounts."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.people.access import posts_visible_to
from songda.registry.programs.models import Token

EVERYBODYS = "people.edit"


def own(actor: Actor) -> QuerySet[Token]:
    """The tokens of the acting post, newest first."""
    return Token.objects.filter(post_id=actor.post_id or 0).order_by("-pk")


def visible_to(actor: Actor) -> QuerySet[Token]:
    """The post's own, and for the security administrator those of every post in the territory; newest first."""
    mine = Q(post_id=actor.post_id or 0)
    if actor.may(EVERYBODYS):
        mine |= Q(post__in=posts_visible_to(actor).order_by().values("pk"))
    rows = Token.objects.filter(mine)
    return rows.select_related("post__person", "post__organisation", "post__subject").order_by("-pk")


def token_for(token_id: int, actor: Actor) -> Token:
    """One token in sight, or NotFound."""
    return one_of(visible_to(actor).filter(pk=token_id), _("没有这个令牌。"), advice=_("请从令牌列表中选择。"))
