"""The machine of a market's plan 一场一案."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from songda.kernel.machines import Machine, Step

APPROVES: Final = "cases.decide"

PLAN: Final = Machine(
    name="market_plan",
    label=_("一场一案"),
    states={"draft": _("草稿"), "submitted": _("待审批"), "published": _("执行中"), "superseded": _("已更新")},
    steps=(
        Step("submit", _("提交审批"), ("draft",), "submitted", "visits.do"),
        Step("return", _("退回修改"), ("submitted",), "draft", APPROVES),
        Step("publish", _("批准并公布"), ("submitted",), "published", APPROVES),
        Step("supersede", _("更新"), ("published",), "superseded", APPROVES),
    ),
)  # fmt: skip
