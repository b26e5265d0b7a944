"""Who sees which notices, and how a signed link opens one delivery."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.ledger.notices.models import Hook, Notice, NoticeDelivery
from songda.ledger.notices.states import INBOX
from songda.registry.actors import Actor
from songda.registry.people.access import posts_visible_to
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
    """Deliveries to firms and groups in the actor's scope, likewise: what coverage is counted from. Posts' own are not among them."""
    if actor.subject_id is not None:
        return NoticeDelivery.objects.filter(notice__subject_id=actor.subject_id)
    if actor.assigned_only or len(actor.area_paths) != 1:
        return NoticeDelivery.objects.filter(notice__subject__in=subjects.visible_to(actor))
    return NoticeDelivery.objects.filter(within(actor.area_paths), post=None)


def queue_visible_to(actor: Actor) -> QuerySet[NoticeDelivery]:
    """Every delivery in the actor's scope, to posts too but not to programs: what the desk of operations works on."""
    if actor.subject_id is not None or actor.assigned_only or len(actor.area_paths) != 1:
        return deliveries_visible_to(actor)
    return NoticeDelivery.objects.filter(within(actor.area_paths), hook=None)


def inbox_of(actor: Actor) -> QuerySet[NoticeDelivery]:
    """What was told to the actor's post and to those it stands in for, on their page in the house; newest first."""
    rows = NoticeDelivery.objects.filter(post__in=actor.posts, channel=INBOX).select_related("notice", "post")
    return rows.prefetch_related("notice__lines").order_by("-id")


def delivery_to_settle(delivery_id: int, actor: Actor) -> NoticeDelivery:
    """A delivery that this actor may send again, ask about or settle; NotFound outside the scope, NotPermitted without the right."""
    found = queue_visible_to(actor).filter(pk=delivery_id).select_related("notice", "contact").first()
    if found is None:
        raise NotFound(_("没有这条送达记录。"))
    if not actor.may("push.send"):
        raise NotPermitted(_("您当前的岗位不能处理送达记录。"), advice=_("请由有推送权限的岗位办理。"))
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


def hooks_visible_to(actor: Actor) -> QuerySet[Hook]:
    """The hooks of the acting post; for who configures the system those of every post in its territory (without what they were told)."""
    mine = Q(post_id=actor.post_id or 0)
    if actor.may("system.configure"):
        mine |= Q(post__in=posts_visible_to(actor).order_by().values("pk"))
    rows = Hook.objects.filter(mine).select_related("post__person", "post__organisation", "post__subject")
    return rows.order_by("-pk")


def hook_for(hook_id: int, actor: Actor) -> Hook:
    """One hook in sight, or NotFound."""
    return one_of(hooks_visible_to(actor).filter(pk=hook_id), _("没有这个推送。"), advice=_("请从列表中选择。"))


def own_hook(hook_id: int, actor: Actor) -> Hook:
    """One hook of the acting post's own, or NotFound."""
    own = hooks_visible_to(actor).filter(pk=hook_id, post_id=actor.post_id or 0)
    return one_of(own, _("没有这个推送，或它不属于当前岗位。"), advice=_("请由登记它的岗位办理。"))


def hook_delivery_for(delivery_id: int, actor: Actor) -> NoticeDelivery:
    """One delivery to a hook of the acting post's own, or NotFound."""
    rows = NoticeDelivery.objects.filter(pk=delivery_id, hook__post_id=actor.post_id or 0, hook__closed_at=None)
    return one_of(rows.select_related("hook", "event"), _("没有这次推送。"), advice=_("请从推送记录中选择。"))
