"""Tokens, what they were answered, and how much of the minute they have used."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.registry.people.models import Post


class Token(models.Model):
    """The key of one program 程序令牌, owned by a post. Of the secret only a digest is kept; it was shown once.

    It opens what `scopes` name as long as the post itself may, until `expires_on` (that day no longer included) or `revoked_at`.
    `networks` are the only addresses it may come from (none: any). `refused` counts calls with the right secret that were not let in.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="tokens", verbose_name=_("岗位"))
    name = models.CharField(_("用途"), max_length=40)
    digest = models.CharField(_("密钥摘要"), max_length=64, unique=True)
    tail = models.CharField(_("末四位"), max_length=4)
    scopes = models.JSONField(_("授权范围"), default=list)
    networks = models.JSONField(_("来源地址"), default=list)
    made_at = models.DateTimeField(_("开通时间"))
    expires_on = models.DateField(_("到期日期"))
    used_at = models.DateTimeField(_("最近使用"), null=True)
    used_from = models.CharField(_("最近来源"), max_length=45, blank=True)
    refused = models.PositiveIntegerField(_("被拒次数"), default=0)
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    revoked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("停用人"))

    class Meta:
        verbose_name = _("程序令牌")
        verbose_name_plural = _("程序令牌")

    def __str__(self) -> str:
        return f"{self.name} …{self.tail}"


class Answered(models.Model):
    """The answer to a write that a program may ask for again 幂等答复: under its key, for a day.

    Without a `status` it is a claim: the write is under way, in the process that holds `claim`.
    """

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers", verbose_name=_("令牌"))
    key = models.CharField(_("幂等键"), max_length=255)
    asked = models.CharField(_("请求摘要"), max_length=64)
    claim = models.CharField(_("办理标识"), max_length=32)
    status = models.PositiveSmallIntegerField(_("状态码"), null=True)
    body = models.TextField(_("答复"), blank=True)
    made_at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        verbose_name = _("幂等答复")
        verbose_name_plural = _("幂等答复")
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="answer_once_a_key")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"


class Spending(models.Model):
    """How much of the present minute a token has taken 用量, in calls or in writes: one row each, for all web processes."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="spendings", verbose_name=_("令牌"))
    kind = models.CharField(_("种类"), max_length=5)
    minute = models.BigIntegerField(_("分钟"))
    used = models.PositiveIntegerField(_("已用"))

    class Meta:
        verbose_name = _("用量")
        verbose_name_plural = _("用量")
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "kind"], name="spending_once_a_token")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.kind} {self.used}"
