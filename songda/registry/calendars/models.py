"""Days that differ from the week's own pattern."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_mark() -> int:
    """A number that no other writing of a day bears; the marks of a million days add up within 63 bits."""
    return secrets.randbits(42)


class Days(models.QuerySet["SpecialDay"]):
    """Special days; however they are changed, the sum of their marks changes too."""

    def update(self, **changes: Any) -> int:
        """As ever, with a new mark."""
        return super().update(**{"mark": new_mark(), **changes})


class SpecialDay(models.Model):
    """A holiday 放假 on a weekday or a working day 调休上班 on a weekend, as the State Council announced it.

    `mark` is new at each writing, so that one sum tells every process whether the calendar is still the one it knows.
    """

    day = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40)
    mark = models.BigIntegerField(_("写入标记"), default=new_mark, editable=False)

    objects = Days.as_manager()

    class Meta:
        verbose_name = _("特殊日")
        verbose_name_plural = _("特殊日")

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As ever, with a new mark."""
        self.mark = new_mark()
        super().save(*args, **kwargs)
