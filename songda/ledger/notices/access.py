"""Who sees which notices, and how a signed link opens one delivery."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.kernel.paths import within
from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.registry.actors import Actor
from songda.registry.subjects import access as subjects

LINK_LIVES = dt.timedelta(days=30)
SALT = "songda.notices.link"


def notices_visible_to(actor: Actor) -> QuerySet[Notice]:
    """Notices in the actor's scope: by the copied path for one subtree, else by the subjects in scope."""
    if actor.subject_id is not None:
        return Notice.objects.filter(subject_id=actor.subject_id)
    if actor.assigned_only or len(actor.area_paths) != 1:
        return Notice.objects.filter(subject__in=subjects.visible_to(actor))
    return Notice.objects.filter(within(actor.area_paths))


def deliveries_visible_to(actor: Actor) -> QuerySet[NoticeDelivery]:
    """Deliveries in the actor's scope, likewise."""
    if actor.subject_id is not None:
        return NoticeDelivery.objects.filter(notice__subject_id=actor.subject_id)
    if actor.assigned_only or len(actor.area_paths) != 1:
        return NoticeDelivery.objects.filter(notice__subject__in=subjects.visible_to(actor))
    return NoticeDelivery.objects.filter(within(actor.area_paths))


def delivery_to_requeue(delivery_id: int, actor: Actor) -> NoticeDelivery:
    """A delivery that this actor may send again; NotFound outside the scope."""
    found = deliveries_visible_to(actor).filter(pk=delivery_id).select_related("notice", "contact").first()
    if found is None:
        raise NotFound(_("没有这条送达记录。"))
    return found


def link_token(key: str, created_at: dt.datetime) -> str:
    """The token of a delivery's link: its key and the second it ends, signed. Always the same for one delivery."""
    ends = int((created_at + LINK_LIVES).timestamp())
    return Signer(salt=SALT).sign(f"{key}.{ends}")


def link_digest(token: str) -> str:
    """What is stored of a token: nobody who reads the table can follow the links in it."""
    return hashlib.sha256(token.encode()).hexdigest()


def delivery_of_link(token: str, *, now: dt.datetime) -> NoticeDelivery:
    """The one delivery a link speaks of. NotFound, with the same sentence, for a forged, unknown or expired one."""
    refusal = NotFound(
        _("链接已失效或不完整。"), advice=_("请在收到的消息中重新打开，或登录企业主页查看。"), code="link_not_valid"
    )
    try:
        ends = int(Signer(salt=SALT).unsign(token).rpartition(".")[2])
    except (BadSignature, ValueError):
        raise refusal from None
    rows = NoticeDelivery.objects.select_related("notice__subject").filter(link_digest=link_digest(token))
    found = rows.first() if now.timestamp() < ends else None
    if found is None:
        raise refusal
    return found
