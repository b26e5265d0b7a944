"""Contact cards 联系卡: who answers for a measure, by section, person and method (POL-13)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.models.measures import Measure
from songda.deliveries.policy.library.rules.contacts import Card, fault_on
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post


class ContactCard(models.Model):
    """Whom a firm asks about a measure in a territory, from a day until a day (included).

    Never edited: another card takes its place, so that what a firm was told can still be found. Bound to a `post`, it is worth
    nothing from the day that post ends. Telephone and addresses are those of the office, for publication.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="cards", verbose_name=_("措施"))
    area_path = models.CharField(_("适用辖区"), max_length=120, blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任单位"))
    section = models.CharField(_("联系科室"), max_length=80)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对应岗位"))
    post_title = models.CharField(_("联系人（职务）"), max_length=80)
    phone = models.CharField(_("电话"), max_length=40)
    email = models.EmailField(_("电子邮箱"), blank=True)
    wechat = models.CharField(_("微信"), max_length=60, blank=True)
    valid_from = models.DateField(_("生效日期"))
    valid_until = models.DateField(_("失效日期"), null=True, blank=True)
    demonstration = models.BooleanField(_("演示数据"), default=False)
    made_by = models.BigIntegerField(_("登记账号"), null=True)
    made_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("联系卡")
        verbose_name_plural = _("联系卡")
        ordering: ClassVar = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "area_path"], condition=models.Q(valid_until=None), name="one_open_contact_card"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.who}"

    @property
    def who(self) -> str:
        """The post in words, with the name of who sits in it where the card is bound to one."""
        return f"{self.post_title}（{self.post.person.name}）" if self.post else self.post_title

    def fault_on(self, on: dt.date) -> str:
        """Why it cannot be relied on, on a day; empty where it can."""
        held = (self.post.starts_on, self.post.ends_on) if self.post else None
        return fault_on(Card(self.valid_from, self.valid_until, held), on)
