"""Identities 外部身份: who a provider says that somebody is, bound to the account that he opens here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.registry.people.models import Account


class Identity(models.Model):
    """One identity at one provider, bound to one account until `unbound_at`; the row stays.

    `realm` is within what the provider's `subject` is unique (the issuer, the corporation): a provider whose address is changed under
    the same code opens nothing that was bound before.
    """

    personal_fields: ClassVar = frozenset({"subject"})

    provider = models.SlugField(_("身份提供方"), max_length=40)
    realm = models.CharField(_("身份所属"), max_length=200)
    subject = models.CharField(_("外部标识"), max_length=255)
    account = models.ForeignKey(Account, models.PROTECT, related_name="identities", verbose_name=_("账号"))
    bound_at = models.DateTimeField(_("绑定时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True)
    unbound_at = models.DateTimeField(_("解绑时间"), null=True)

    class Meta:
        verbose_name = _("外部身份")
        verbose_name_plural = _("外部身份")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "realm", "subject"], condition=models.Q(unbound_at=None), name="one_account_an_identity"
            ),
            models.UniqueConstraint(
                fields=["provider", "account"], condition=models.Q(unbound_at=None), name="one_identity_a_provider"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} → {self.account_id}"
