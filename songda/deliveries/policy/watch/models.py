"""New superior documents and applications upward, each with its reminders; the limits they are held to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.watch.states import ARRIVAL, BID, ReminderKind, Sort, Source, TaskKind
from songda.ledger.cases.models import Case
from songda.ledger.evidence.models import Evidence
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post


class LimitsVersion(models.Model):
    """Limits 时限 as a pack declared them; the one of the highest number is in force."""

    number = models.PositiveIntegerField(_("版本号"), unique=True)
    body = models.JSONField(_("内容"))
    since = models.DateTimeField(_("启用时间"))

    class Meta:
        verbose_name = _("跟踪时限")
        verbose_name_plural = _("跟踪时限")

    def __str__(self) -> str:
        return f"v{self.number}"


class Arrival(models.Model):
    """A newly issued superior document 新到政策 from its arrival to its digest 摘要 and its push (POL-09).

    `document` is the text in the library once it has been read. `due_at` is the deadline of the present stage (None: at rest).
    """

    title = models.CharField(_("文件名称"), max_length=300)
    number = models.CharField(_("发文字号"), max_length=80, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=160)
    source = models.CharField(_("来源"), max_length=8, choices=Source.choices)
    link = models.URLField(_("原文链接"), max_length=400, blank=True)
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    issued_on = models.DateField(_("发文日期"), null=True)
    received_at = models.DateTimeField(_("收到时间"))
    registered_at = models.DateTimeField(_("登记时间"))
    registered_name = models.CharField(_("登记人"), max_length=80)
    owner = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("责任人"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="arrivals", verbose_name=_("库内文件"))
    state = models.CharField(_("状态"), max_length=10, choices=list(ARRIVAL.states.items()), default="received")
    due_at = models.DateTimeField(_("本阶段期限"), null=True)
    whats_new = models.TextField(_("新在哪里"), blank=True)
    who_benefits = models.TextField(_("谁能受益"), blank=True)
    how_to_apply = models.TextField(_("怎么办理"), blank=True)
    summarised_at = models.DateTimeField(_("梳理时间"), null=True)
    summarised_name = models.CharField(_("梳理人"), max_length=80, blank=True)
    push = models.ForeignKey(Push, models.PROTECT, null=True, related_name="arrivals", verbose_name=_("推送"))
    push_note = models.CharField(_("推送说明"), max_length=200, blank=True)
    pushed_at = models.DateTimeField(_("推送时间"), null=True)
    pushed_name = models.CharField(_("登记推送人"), max_length=80, blank=True)
    set_aside_at = models.DateTimeField(_("不予办理时间"), null=True)
    reason = models.CharField(_("不予办理理由"), max_length=200, blank=True)
    resumed_at = models.DateTimeField(_("恢复时间"), null=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("新到政策")
        verbose_name_plural = _("新到政策")
        indexes: ClassVar = [models.Index(fields=["area_path", "id"], name="arrival_area")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(state="set_aside") | ~models.Q(reason=""), name="set_aside_with_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(state__in=("received", "summarised")) | models.Q(due_at__isnull=False),
                name="waiting_has_a_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ArrivalTask(models.Model):
    """What was handed on of a document: to push it, to decompose it; the ledger's task says who, until when, and whether it is done."""

    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="tasks", verbose_name=_("新到政策"))
    kind = models.CharField(_("任务"), max_length=10, choices=TaskKind.choices)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("交办事项"))

    class Meta:
        verbose_name = _("后续任务")
        verbose_name_plural = _("后续任务")
        constraints: ClassVar = [models.UniqueConstraint(fields=["arrival", "kind"], name="one_task_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.kind}"


class Bid(models.Model):
    """An application upward 向上争取: a fund or pilot open in a window, who leads, what came of it (POL-35). Amounts in fen.

    `due_on` is the own day, not after the window. A result stands on evidence: two constraints say so.
    """

    title = models.CharField(_("争取事项"), max_length=200)
    issuer = models.CharField(_("上级部门"), max_length=160)
    sort = models.CharField(_("类型"), max_length=8, choices=Sort.choices)
    area_path = models.CharField(_("辖区路径"), max_length=120)
    opens_on = models.DateField(_("窗口起"))
    closes_on = models.DateField(_("窗口止"))
    due_on = models.DateField(_("内部时限"))
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    owner = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("责任人"))
    sought_fen = models.BigIntegerField(_("申请金额（分）"), null=True)
    state = models.CharField(_("状态"), max_length=10, choices=list(BID.states.items()), default="planned")
    planned_at = models.DateTimeField(_("登记时间"))
    planned_name = models.CharField(_("登记人"), max_length=80)
    submitted_at = models.DateTimeField(_("申报时间"), null=True)
    decided_on = models.DateField(_("结果日期"), null=True)
    won_fen = models.BigIntegerField(_("获批金额（分）"), null=True)
    result = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+", verbose_name=_("结果凭证"))
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("向上争取")
        verbose_name_plural = _("向上争取")
        indexes: ClassVar = [models.Index(fields=["area_path", "closes_on", "id"], name="bid_area")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")) & models.Q(due_on__lte=models.F("closes_on")),
                name="bid_due_within_its_window",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("won", "lost")) | models.Q(result__isnull=False), name="bid_result_has_evidence"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="given_up") | ~models.Q(reason=""), name="bid_given_up_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BidPaper(models.Model):
    """A paper on the checklist 材料清单; `ready_at` once it is there."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="papers", verbose_name=_("向上争取"))
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("材料"), max_length=160)
    ready_at = models.DateTimeField(_("备齐时间"), null=True)
    ready_name = models.CharField(_("备齐人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("申报材料")
        verbose_name_plural = _("申报材料")
        constraints: ClassVar = [models.UniqueConstraint(fields=["bid", "ordinal"], name="bid_paper_once")]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """A reminder 提醒 to one post: what of, for which day. What waits beyond its limit is told anew each day; reading one ends nothing.

    `to`: `post:12`, or `none` where nobody holds the post it should go to; then whoever sees the territory sees it.
    """

    kind = models.CharField(_("种类"), max_length=12, choices=ReminderKind.choices)
    arrival = models.ForeignKey(Arrival, models.PROTECT, null=True, related_name="reminders", verbose_name=_("新到政策"))
    bid = models.ForeignKey(Bid, models.PROTECT, null=True, related_name="reminders", verbose_name=_("向上争取"))
    on = models.DateField(_("所属日期"))
    to = models.CharField(_("收件"), max_length=24)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("岗位"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    at = models.DateTimeField(_("提醒时间"))
    seen_at = models.DateTimeField(_("签收时间"), null=True)
    seen_name = models.CharField(_("签收人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("跟踪提醒")
        verbose_name_plural = _("跟踪提醒")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["arrival", "kind", "on", "to"], condition=models.Q(arrival__isnull=False), name="arrival_reminded_once"
            ),
            models.UniqueConstraint(
                fields=["bid", "kind", "on", "to"], condition=models.Q(bid__isnull=False), name="bid_reminded_once"
            ),
            models.CheckConstraint(
                condition=models.Q(arrival__isnull=True) ^ models.Q(bid__isnull=True), name="reminder_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.arrival_id or self.bid_id}"
