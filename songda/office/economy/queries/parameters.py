"""The parameters in force, as the pack declared them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.kernel.recall import recalled
from songda.office.economy.models import Parameter
from songda.office.economy.rules.parameters import EntryRule, PaceRule, entry_of, pace_of


@recalled
def pace_rule() -> PaceRule:
    """How behind is told."""
    return pace_of(_body("pace"))


@recalled
def entry_rule() -> EntryRule:
    """The conditions of the statistical register."""
    return entry_of(_body("entry"))


def _body(code: str) -> Mapping[str, Any]:
    found = Parameter.objects.filter(code=code, retired_at=None).values_list("body", flat=True).first()
    if found is None:
        raise NotFound(_("活动包没有声明经济运行口径。"), advice=_("请系统管理员装载活动包后再用。"))
    return dict(found)
