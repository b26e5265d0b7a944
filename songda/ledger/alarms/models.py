"""Tables of the room."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.ledger.alarms.rules import LABELS
from songda.registry.people.models import Account, Post


class Alarm(models.Model):
    """Something in the trail that calls for somebody 告警. It gathers what follows until it is acknowledged 已处理, and is never deleted.

    `about` says what it is about as the rule does (account:5, address:10.1.2.3, post:7, trail). `entries` are numbers of rows of the
    trail, the first few hundred; `count` is of all. `account` is whom it concerns: that person does not acknowledge it.
    """

    rule = models.CharField(_("规则"), max_length=24)
    about = models.CharField(_("对象"), max_length=120)
    name = models.CharField(_("何人"), max_length=120, blank=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+", verbose_name=_("账号"))
    reason = models.CharField(_("说明"), max_length=400, blank=True)
    opened_at = models.DateTimeField(_("发现时间"))
    last_at = models.DateTimeField(_("最近一次"))
    count = models.PositiveIntegerField(_("次数"), default=0)
    last_entry = models.BigIntegerField(_("最后一条审计记录"), default=0)
    entries = models.JSONField(_("审计记录"), default=list)
    acknowledged_at = models.DateTimeField(_("处理时间"), null=True)
    acknowledged_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("处理岗位"))
    acknowledged_name = models.CharField(_("处理人"), max_length=80, blank=True)
    word = models.CharField(_("处理说明"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("告警")
        verbose_name_plural = _("告警")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "about"], condition=models.Q(acknowledged_at=None), name="one_open_alarm_about_a_thing"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["opened_at", "id"], name="alarm_opened")]

    def __str__(self) -> str:
        return f"{self.label} · {self.name or self.about}"

    @property
    def label(self) -> str:
        """The rule in words."""
        return str(LABELS.get(self.rule, self.rule))
