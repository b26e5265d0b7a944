"""The mapping as declared, references of cases to other systems, and every message of those systems."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.ledger.cases.models import Case
from songda.ledger.mirrors.states import Fate


class MappingVersion(models.Model):
    """The mapping table 对照表 as a pack declared it; the one of the highest number is in force."""

    number = models.PositiveIntegerField(_("版本号"), unique=True)
    body = models.JSONField(_("内容"))
    since = models.DateTimeField(_("启用时间"))

    class Meta:
        verbose_name = _("对照表")
        verbose_name_plural = _("对照表")

    def __str__(self) -> str:
        return f"v{self.number}"


class Reference(models.Model):
    """A case under its number in another system 外部编号, with the state it has there.

    `sequence` is the newest message that was heard, `own_state` the state the case was left in by it, `trouble` why the case could
    not follow (empty: it did).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="references", verbose_name=_("事项"))
    system = models.CharField(_("外部系统"), max_length=40)
    number = models.CharField(_("外部编号"), max_length=80)
    state = models.CharField(_("外部状态代码"), max_length=40, blank=True)
    label = models.CharField(_("外部状态"), max_length=60, blank=True)
    sequence = models.BigIntegerField(_("最新消息序号"), default=-1)
    own_state = models.CharField(_("同步后的状态"), max_length=12, blank=True)
    trouble = models.CharField(_("未能同步的原因"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("更新时间"))

    class Meta:
        verbose_name = _("外部编号")
        verbose_name_plural = _("外部编号")
        constraints: ClassVar = [models.UniqueConstraint(fields=["system", "number"], name="external_number_once")]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"


class Message(models.Model):
    """A message of another system 外部消息, once by its own id, kept as it came (`raw`); `fate` is what became of it, `note` why."""

    system = models.CharField(_("外部系统"), max_length=40)
    external_id = models.CharField(_("消息编号"), max_length=80)
    sequence = models.BigIntegerField(_("序号"))
    number = models.CharField(_("外部编号"), max_length=80)
    raw = models.JSONField(_("原文"))
    area_path = models.CharField(_("辖区路径"), max_length=120)
    received_at = models.DateTimeField(_("收到时间"))
    fate = models.CharField(_("处理结果"), max_length=10, choices=Fate.choices, default=Fate.WAITING)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    altered = models.BooleanField(_("重发时内容不同"), default=False)
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    reference = models.ForeignKey(Reference, models.PROTECT, null=True, related_name="messages", verbose_name=_("外部编号"))

    class Meta:
        verbose_name = _("外部消息")
        verbose_name_plural = _("外部消息")
        constraints: ClassVar = [models.UniqueConstraint(fields=["system", "external_id"], name="external_message_once")]
        indexes: ClassVar = [
            models.Index(fields=["fate", "system", "sequence"], name="message_fate"),
            models.Index(fields=["area_path", "id"], name="message_area"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.external_id}"
