"""Who may read and change editions: published ones everybody they reach, firms too; drafts editors and publishers in scope."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.compendium.models import Edition
from songda.deliveries.policy.library.access import edits, reaching, require, within
from songda.kernel.errors import Conflict
from songda.kernel.sight import one_of
from songda.registry.actors import Actor


def editions_visible_to(actor: Actor) -> QuerySet[Edition]:
    """Published editions that reach the actor, for readers of policy and firms; drafts in scope for those who make them."""
    if not (actor.may("policy.see") or actor.may("firm.read") or edits(actor)):
        return Edition.objects.none()
    told = Q(state="published") & reaching(actor)
    return Edition.objects.filter(told | within(actor) if edits(actor) else told)


def edition_for(edition_id: int, actor: Actor) -> Edition:
    """An edition the actor may read; NotFound otherwise."""
    return _one(editions_visible_to(actor), edition_id)


def edition_to_change(edition_id: int, actor: Actor, permission: str = "policy.edit") -> Edition:
    """A draft in scope, for a step that needs `permission`; Conflict where it is published or withdrawn."""
    require(actor, permission)
    found = _one(Edition.objects.filter(within(actor)), edition_id)
    if found.state != "draft":
        raise Conflict(_("汇编已发布或作废，不能更改。"), advice=_("如有新政策，请另编一期。"), code="edition_closed")
    return found


def _one(rows: QuerySet[Edition], key: int) -> Edition:
    return one_of(rows.filter(pk=key), _("没有这一期汇编，或它不在您的范围内。"), advice=_("请从列表重新进入。"))
