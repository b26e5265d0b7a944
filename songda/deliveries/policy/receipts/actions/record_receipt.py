"""Record that a firm has received the package 登记签收: by who goes to it, by the firm itself; declare one void."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.receipts.access import check_may_record, receipt_to_void, recipient_for
from songda.deliveries.policy.receipts.models import Handout, Receipt, Recipient
from songda.deliveries.policy.receipts.states import IN_PERSON, Method
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.evidence.actions import Offer, store_several
from songda.registry.actors import Actor
from songda.registry.people.models import Post


@dataclass(frozen=True, slots=True)
class Signing:
    """How a firm received the texts: the method, the title 职务 of who took them, the moment (None: now), a remark."""

    method: str
    receiver: str
    at: dt.datetime | None = None
    note: str = ""
    request_key: str = ""


@transaction.atomic
def record_receipt(recipient_id: int, told: Signing, papers: Sequence[Offer], *, by: Actor, now: dt.datetime) -> Receipt:
    """What an officer brings home: paper or visit, with a photograph or the signed paper. The same request key again is the same receipt.

    Invalid without proof, for a moment before the delivery began or after now; Conflict where the firm has signed or the delivery ended.
    """
    check_may_record(by)
    recipient = recipient_for(recipient_id, by)
    earlier = Receipt.objects.filter(request_key=told.request_key).first() if told.request_key else None
    if earlier is not None and earlier.recipient_id == recipient.pk:
        return earlier
    check_signing(recipient.handout, told, now)
    if not papers:
        raise Invalid(_("请拍照或上传签字回执。"), fields={"attached": _("纸质和上门送达都要有凭证。")})
    kept = store_several(papers, by=by, now=now)
    return write_receipt(recipient, told, by=by, now=now, evidence_id=kept[0].pk)


@transaction.atomic
def confirm_receipt(handout_id: int, *, by: Actor, now: dt.datetime) -> Receipt:
    """我已收到: the firm signs on its own page. Pressing twice, or after an officer's visit, gives the receipt that is there."""
    if not by.may("firm.act") or by.subject_id is None:
        raise NotPermitted(_("只有企业账号可以在线签收。"))
    recipient = Recipient.objects.select_related("handout").filter(handout=handout_id, subject_id=by.subject_id).first()
    if recipient is None:
        raise NotFound(_("没有要签收的文件。"))
    present = recipient.receipts.filter(voided_at=None).first()
    if present is not None:
        return present
    title = Post.objects.filter(pk=by.post_id or 0).values_list("title", flat=True).first()
    told = Signing(Method.ONLINE, title or _("企业联系人"))
    check_open(recipient.handout)
    return write_receipt(recipient, told, by=by, now=now)


@transaction.atomic
def void_receipt(receipt_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Receipt:
    """Declare a receipt void, with a reason; the firm is missing again."""
    receipt = receipt_to_void(receipt_id, by)
    if not reason.strip():
        raise Invalid(_("请写明作废理由。"), fields={"reason": _("例如：登记到了别的企业。")})
    told = {"voided_at": now, "void_reason": reason.strip()[:200], "voided_name": by.name}
    if Receipt.objects.filter(pk=receipt.pk, voided_at=None).update(**told) != 1:
        raise Conflict(_("这份签收已经作废。"))
    receipt.refresh_from_db()
    record("receipts.void", receipt, by=by, now=now, after={"recipient": receipt.recipient_id, "reason": receipt.void_reason})
    return receipt


def check_signing(handout: Handout, told: Signing, now: dt.datetime) -> None:
    """Refuse what is said of a receipt where it cannot be."""
    check_open(handout)
    if told.method not in IN_PERSON:
        raise Invalid(_("请选择送达方式。"), fields={"method": _("纸质或上门；在线签收由企业自己办理。")})
    if not told.receiver.strip():
        raise Invalid(_("请填写签收人职务。"), fields={"receiver": _("例如：办公室主任。")})
    at = told.at or now
    if at > now or clock.day_of(at) < clock.day_of(handout.began_at):
        raise Invalid(_("签收时间应在任务开始之后、现在之前。"), fields={"at": _("请核对日期。")})


def check_open(handout: Handout) -> None:
    """Refuse a delivery that has ended."""
    if handout.state != "open":
        raise Conflict(_("这项送达任务已结束，不再登记签收。"))


def write_receipt(recipient: Recipient, told: Signing, *, by: Actor, now: dt.datetime, evidence_id: int | None = None) -> Receipt:
    """The row and its trail; Conflict where the firm has signed meanwhile."""
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(
                recipient=recipient, method=told.method, receiver=told.receiver.strip()[:40],
                officer_id=None if by.subject_id else by.post_id, received_at=told.at or now, evidence_id=evidence_id,
                note=told.note.strip()[:200], account_id=by.account_id, name=by.name, recorded_at=now, request_key=told.request_key or None,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(
            _("“%(name)s”已经签收。") % {"name": recipient.name}, advice=_("有误的，请先作废原签收再登记。")
        ) from error
    after = {"recipient": recipient.pk, "handout": recipient.handout_id, "method": told.method, "evidence": evidence_id}
    record("receipts.record", receipt, by=by, now=now, after=after)
    return receipt
