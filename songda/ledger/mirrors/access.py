"""Who sees messages of other systems: the desks of the ledger in their territory, and of a case whoever sees the case."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.ledger.cases import access as cases
from songda.ledger.mirrors.models import Message, Reference
from songda.registry.actors import Actor


def messages_visible_to(actor: Actor) -> QuerySet[Message]:
    """Messages in an actor's sight: of cases it sees; those that have none yet, below its own territory."""
    if actor.subject_id is not None or not actor.may("cases.see"):
        raise NotPermitted(_("您当前的岗位不查看对接消息。"), advice=_("请切换岗位，或联系统筹调度员。"))
    seen = Reference.objects.filter(case__in=cases.visible_to(actor).values("pk")).values("pk")
    orphan = Q(reference=None) & within(actor.area_paths)
    return Message.objects.filter(Q(reference__in=seen) | orphan).select_related("reference__case")


def message_for(message_id: int, actor: Actor) -> Message:
    """One message in sight; NotFound for any other."""
    return one_of(
        messages_visible_to(actor).filter(pk=message_id), _("没有这条消息，或它不在您的范围内。"), advice=_("请从列表重新进入。")
    )


def references_of(case_id: int, actor: Actor) -> QuerySet[Reference]:
    """The references of a case in sight; NotFound for another case."""
    return Reference.objects.filter(case=cases.case_for(case_id, actor)).order_by("pk")
