"""The schedule, holds, purges with what was on their lists, and exports of one firm's data."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from songda.kernel.versions import Declared
from songda.ledger.cases.models import Case
from songda.office.retention.states import PURGE, Action, Skipped
from songda.registry.people.models import Post
from songda.registry.subjects.models import Subject


class ScheduleVersion(Declared):
    """How long a holding is kept 保管期限, as a pack declares it: period, action, basis."""

    class Meta(Declared.Meta):
        verbose_name = _("保管期限")
        verbose_name_plural = _("保管期限表")


class Hold(models.Model):
    """A legal hold 暂停销毁: nothing of a firm, a matter or a whole holding is purged until it is lifted."""

    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name=_("主体"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name=_("事项"))
    holding = models.CharField(_("门类"), max_length=40, blank=True)
    reason = models.CharField(_("事由"), max_length=200)
    placed_at = models.DateTimeField(_("登记时间"))
    placed_by = models.BigIntegerField(_("登记账号"), null=True)
    placed_name = models.CharField(_("登记人"), max_length=80)
    lifted_at = models.DateTimeField(_("解除时间"), null=True)
    lifted_name = models.CharField(_("解除人"), max_length=80, blank=True)
    lifted_reason = models.CharField(_("解除事由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("暂停销毁")
        verbose_name_plural = _("暂停销毁")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subject__isnull=False, case=None, holding="")
                | Q(subject=None, case__isnull=False, holding="")
                | Q(subject=None, case=None) & ~Q(holding=""),
                name="hold_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.holding or f"{self.subject_id or ''}/{self.case_id or ''}"


class Purge(models.Model):
    """A list of records whose time is over 销毁提请: proposed by one person, approved by another, carried out by a job.

    Its certificate bears a number of a gapless series, and a digest over the keys of all that went.
    """

    state = models.CharField(_("状态"), max_length=10, choices=list(PURGE.states.items()), default="proposed")
    as_of = models.DateField(_("截至日期"))
    reason = models.CharField(_("事由"), max_length=200)
    proposed_at = models.DateTimeField(_("提出时间"))
    proposed_by = models.BigIntegerField(_("提出账号"), null=True)
    proposed_name = models.CharField(_("提出人"), max_length=80)
    decided_at = models.DateTimeField(_("批准时间"), null=True)
    decided_by = models.BigIntegerField(_("批准账号"), null=True)
    decided_name = models.CharField(_("批准人"), max_length=80, blank=True)
    decided_reason = models.CharField(_("批准意见"), max_length=200, blank=True)
    done_at = models.DateTimeField(_("执行完毕时间"), null=True)
    done_name = models.CharField(_("执行人"), max_length=80, blank=True)
    series = models.CharField(_("编号系列"), max_length=120, blank=True)
    ordinal = models.PositiveIntegerField(_("顺序号"), null=True)
    number = models.CharField(_("编号"), max_length=120, unique=True, null=True)
    digest = models.CharField(_("清册摘要"), max_length=64, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("销毁提请")
        verbose_name_plural = _("销毁提请")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "ordinal"], condition=~Q(series=""), name="purge_number_once"),
            models.CheckConstraint(
                condition=Q(state="done", number__isnull=False) | ~Q(state="done") & Q(number=None),
                name="only_done_purges_are_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "done"))
                | Q(decided_by__isnull=False, proposed_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
                name="purge_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.pk} {self.as_of}"


class PurgeLine(models.Model):
    """One holding of a purge, with the rule it stood under: how many records are over, what is held back and why, and what came of it.

    `sample` are a few keys, `tables` rows by table. Nothing here says what stood in a record.
    """

    purge = models.ForeignKey(Purge, models.PROTECT, related_name="lines", verbose_name=_("销毁提请"))
    holding = models.CharField(_("门类"), max_length=40)
    label = models.CharField(_("名称"), max_length=60)
    action = models.CharField(_("到期处置"), max_length=14, choices=Action.choices)
    period = models.CharField(_("保管期限"), max_length=10)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    cutoff = models.DateField(_("早于"))
    standing = models.BooleanField(_("未了结"), default=True)
    due = models.PositiveIntegerField(_("应处置"))
    files = models.PositiveIntegerField(_("文件"), default=0)
    unfinished = models.PositiveIntegerField(_("未办结"), default=0)
    held = models.PositiveIntegerField(_("暂停销毁"), default=0)
    referenced = models.PositiveIntegerField(_("仍被引用"), default=0)
    oldest = models.DateField(_("最早"), null=True)
    newest = models.DateField(_("最晚"), null=True)
    sample = models.JSONField(_("抽样编号"), default=list)
    tables = models.JSONField(_("已处置行数"), default=dict)
    done = models.PositiveIntegerField(_("已处置"), default=0)
    skipped = models.PositiveIntegerField(_("未执行"), default=0)
    digest = models.CharField(_("清单摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("销毁清册")
        verbose_name_plural = _("销毁清册")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purge", "holding"], name="holding_once_a_purge"),
            models.UniqueConstraint(fields=["holding"], condition=Q(standing=True), name="holding_in_one_purge_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.due}"

    @property
    def back(self) -> int:
        """How many records are over by their age and held back."""
        return self.unfinished + self.held + self.referenced


class PurgeItem(models.Model):
    """One record on the list, by its key. Done, skipped with a reason, or still to do."""

    line = models.ForeignKey(PurgeLine, models.PROTECT, related_name="items", verbose_name=_("销毁清册"))
    key = models.BigIntegerField(_("记录编号"))
    done_at = models.DateTimeField(_("处置时间"), null=True)
    skipped = models.CharField(_("未执行的原因"), max_length=8, choices=Skipped.choices, blank=True)

    class Meta:
        verbose_name = _("清册条目")
        verbose_name_plural = _("清册条目")
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "key"], name="key_once_a_line")]
        indexes: ClassVar = [models.Index(fields=["key", "line"], name="purged_key")]

    def __str__(self) -> str:
        return f"{self.line_id}:{self.key}"


class PurgedFile(models.Model):
    """A file that went with its record: its digest or its place, so that nobody need wonder whether it is there."""

    line = models.ForeignKey(PurgeLine, models.PROTECT, related_name="gone", verbose_name=_("销毁清册"))
    name = models.CharField(_("摘要或位置"), max_length=200)
    size = models.PositiveBigIntegerField(_("字节数"), default=0)

    class Meta:
        verbose_name = _("已移除的文件")
        verbose_name_plural = _("已移除的文件")

    def __str__(self) -> str:
        return self.name[:12]


class FirmExport(models.Model):
    """One firm's data, asked for by the firm or on its behalf 企业数据导出. The file is there until `expires_at`."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name=_("主体"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("申请岗位"))
    behalf = models.BooleanField(_("代为申请"), default=False)
    reason = models.CharField(_("事由"), max_length=200)
    asked_at = models.DateTimeField(_("申请时间"))
    asked_name = models.CharField(_("申请人"), max_length=80)
    made_at = models.DateTimeField(_("生成时间"), null=True)
    expires_at = models.DateTimeField(_("下载截止"), null=True)
    file = models.CharField(_("文件"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("字节数"), default=0)
    digest = models.CharField(_("内容摘要"), max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    files = models.PositiveIntegerField(_("附件数"), default=0)
    trouble = models.CharField(_("未生成的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("企业数据导出")
        verbose_name_plural = _("企业数据导出")
        indexes: ClassVar = [models.Index(fields=["post", "id"], name="firm_export_post")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject"], condition=Q(made_at=None, trouble=""), name="one_export_at_a_time"),
            models.CheckConstraint(condition=Q(behalf=False) | ~Q(reason=""), name="export_on_behalf_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.asked_at:%Y-%m-%d}"
