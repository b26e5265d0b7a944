"""Days that differ from the week's own pattern."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpecialDay(models.Model):
    """A holiday 放假 on a weekday or a working day 调休上班 on a weekend, as the State Council announced it."""

    day = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40)

    class Meta:
        verbose_name = _("特殊日")
        verbose_name_plural = _("特殊日")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
