"""What a pack declares and later changes 声明的版本: by code and number, one in force, none ever edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from songda.kernel.audit.actions import record
from songda.kernel.who import Who


class Declared(models.Model):
    """One version of a thing that packs declare: `body` is the pack's own data, read by the rules of its room.

    What was made under a version keeps it; what is no longer declared is retired, never deleted.
    """

    code = models.SlugField(_("代码"), max_length=60)
    number = models.PositiveIntegerField(_("版本号"))
    label = models.CharField(_("名称"), max_length=120)
    body = models.JSONField(_("内容"))
    since = models.DateTimeField(_("启用时间"))
    retired_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "number"], name="%(app_label)s_%(class)s_once"),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(retired_at=None), name="%(app_label)s_%(class)s_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} v{self.number}"


def declare(model: type[Declared], items: Iterable[Mapping[str, Any]], action: str, *, by: Who, now: dt.datetime) -> int:
    """Enter items (each with `code` and `label`) as versions; returns how many are new, changed or retired.

    The same content again changes nothing. Every new version is recorded as `action`.
    """
    in_force = {one.code: one for one in model._default_manager.filter(retired_at=None)}
    last = dict(model._default_manager.values_list("code").annotate(models.Max("number")))
    changed, kept = 0, set()
    for item in items:
        code = str(item["code"])
        kept.add(code)
        known = in_force.get(code)
        if known is not None and known.body == item:
            continue
        model._default_manager.filter(code=code, retired_at=None).update(retired_at=now)
        made = model._default_manager.create(
            code=code, number=last.get(code, 0) + 1, label=str(item["label"]), body=dict(item), since=now
        )
        record(action, made, by=by, now=now, after={"code": code, "number": made.number})
        changed += 1
    return changed + model._default_manager.filter(retired_at=None).exclude(code__in=kept).update(retired_at=now)
