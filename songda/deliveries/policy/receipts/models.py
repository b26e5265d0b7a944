"""Deliveries of texts, the firms they are for, and what each firm signed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.receipts.states import HANDOUT, Method
from songda.ledger.evidence.models import Evidence
from songda.ledger.notices.models import NoticeDelivery
from songda.registry.facts.models import Snapshot
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class Handout(models.Model):
    """A delivery of texts 送达任务: a package for a population drawn once, when it began (POL-06).

    `rule` picked the population among subjects of `kind` in the area (empty: all of them), on the facts of `snapshot`. `digest` is of
    the list (`rules.digest_of_list`), so that a row slipped in or taken out afterwards shows. `undecided` subjects were 待核 then and are not in it.
    `opening_counts`: a firm that opened its notice has received the texts.
    """

    title = models.CharField(_("名称"), max_length=160)
    note = models.CharField(_("说明"), max_length=400, blank=True)
    area_path = models.CharField(_("送达辖区"), max_length=120)
    kind = models.CharField(_("主体类型"), max_length=12, choices=Subject.Kind.choices, default=Subject.Kind.ENTERPRISE)
    rule = models.TextField(_("应送达条件"), blank=True)
    opening_counts = models.BooleanField(_("打开通知即视为签收"), default=False)
    due_on = models.DateField(_("应于"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=list(HANDOUT.states.items()), default="open")
    began_at = models.DateTimeField(_("开始时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+", verbose_name=_("快照"))
    digest = models.CharField(_("名单摘要"), max_length=64)
    undecided = models.PositiveIntegerField(_("待核"), default=0)
    account_id = models.BigIntegerField(_("发起账号"), null=True)
    name = models.CharField(_("发起人"), max_length=80)
    request_key = models.CharField(_("提交编号"), max_length=48, unique=True, null=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("送达任务")
        verbose_name_plural = _("送达任务")
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.title


class HandoutItem(models.Model):
    """A text of the package 送达内容: a document, or a measure's version. `title` as it read when the delivery began."""

    handout = models.ForeignKey(Handout, models.PROTECT, related_name="items", verbose_name=_("送达任务"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("政策文件"))
    version = models.ForeignKey(MeasureVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("措施版本"))
    title = models.CharField(_("名称"), max_length=300)
    ordinal = models.PositiveSmallIntegerField(_("序号"))

    class Meta:
        verbose_name = _("送达内容")
        verbose_name_plural = _("送达内容")
        ordering: ClassVar = ["ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handout", "ordinal"], name="handout_item_once"),
            models.CheckConstraint(condition=models.Q(document=None) ^ models.Q(version=None), name="handout_item_is_one_thing"),
        ]

    def __str__(self) -> str:
        return self.title


class Recipient(models.Model):
    """A subject of the population 应送达企业, with name and area as they were when the list was drawn. Never added to, never taken from."""

    handout = models.ForeignKey(Handout, models.PROTECT, related_name="recipients", db_index=False, verbose_name=_("送达任务"))
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="handouts", verbose_name=_("主体"))
    name = models.CharField(_("名称"), max_length=160)
    area_path = models.CharField(_("辖区路径"), max_length=120)

    class Meta:
        verbose_name = _("应送达企业")
        verbose_name_plural = _("应送达企业")
        constraints: ClassVar = [models.UniqueConstraint(fields=["handout", "subject"], name="recipient_once")]
        indexes: ClassVar = [models.Index(fields=["handout", "area_path", "id"], name="recipient_area")]

    def __str__(self) -> str:
        return self.name


class Receipt(models.Model):
    """A firm has received the package 签收: by whom, how, when, with what proof. Never edited; a wrong one is void, with a reason.

    One that holds a recipient (the index). Paper and visits need a photograph or a signed paper; online, the delivery that was opened
    or the account that pressed is the proof. `receiver` is the title 职务 of who took it, not a name.
    """

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="receipts", verbose_name=_("应送达企业"))
    method = models.CharField(_("送达方式"), max_length=8, choices=Method.choices)
    receiver = models.CharField(_("签收人职务"), max_length=40, blank=True)
    officer = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("送达人岗位"))
    received_at = models.DateTimeField(_("签收时间"))
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("凭证"))
    delivery = models.ForeignKey(NoticeDelivery, models.PROTECT, null=True, related_name="+", verbose_name=_("送达记录"))
    note = models.CharField(_("备注"), max_length=200, blank=True)
    account_id = models.BigIntegerField(_("登记账号"), null=True)
    name = models.CharField(_("登记人"), max_length=80)
    recorded_at = models.DateTimeField(_("登记时间"))
    request_key = models.CharField(_("提交编号"), max_length=64, unique=True, null=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    void_reason = models.CharField(_("作废理由"), max_length=200, blank=True)
    voided_name = models.CharField(_("作废人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("签收")
        verbose_name_plural = _("签收")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient"], condition=models.Q(voided_at=None), name="one_receipt_a_recipient"),
            models.CheckConstraint(
                condition=models.Q(method="online") | models.Q(evidence__isnull=False), name="receipt_in_person_has_proof"
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""), name="void_receipt_has_a_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["received_at", "id"], name="receipt_moment")]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.method}"
