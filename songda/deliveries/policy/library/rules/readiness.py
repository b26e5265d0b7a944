"""What a measure still lacks 尚缺 before it may be confirmed or published, each lack a sentence with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Draft:
    """The plain facts of a measure version that the checks need."""

    kind: str
    title: str
    benefit: str
    budget_line: str
    time_limit_days: int | None
    sources: int
    unsettled: int
    has_rule: bool
    rule_lacks: tuple[str, ...] = ()


def missing_in(draft: Draft) -> dict[str, str]:
    """Field → sentence for everything that is missing; empty when the measure is complete."""
    return {**missing_words(draft), **missing_for_kind(draft), **missing_rule(draft)}


def missing_words(draft: Draft) -> dict[str, str]:
    """A name, a benefit, and at least one clause it stands on (POL-02)."""
    lacks = {}
    if not draft.title.strip():
        lacks["title"] = _("缺名称：请填写企业看得懂的措施名称。")
    if not draft.benefit.strip():
        lacks["benefit"] = _("缺支持内容：请写明给什么、给多少。")
    if not draft.sources:
        lacks["sources"] = _("没有出处：每项措施至少引用一条政策原文，请在原文中选取。")
    return lacks


def missing_for_kind(draft: Draft) -> dict[str, str]:
    """What the kind asks for (POL-19): money needs to come from somewhere, a service needs a time limit."""
    if draft.kind == "fund" and not draft.budget_line.strip():
        return {"budget_line": _("资金奖补类措施缺资金渠道：请填写由哪一级、哪项资金列支。")}
    if draft.kind == "service" and not draft.time_limit_days:
        return {"time_limit_days": _("优化服务类措施缺承诺时限：请填写多少个工作日内办结。")}
    return {}


def missing_rule(draft: Draft) -> dict[str, str]:
    """Who may have it: a rule with its cases, and no condition phrase left unsettled."""
    lacks = {}
    if not draft.has_rule:
        lacks["rule"] = _("缺适用规则：请写出哪些企业可以享受。")
    elif draft.rule_lacks:
        lacks["rule"] = "".join(draft.rule_lacks)
    if draft.unsettled:
        lacks["conditions"] = _("还有 %(n)d 个待定条件：请逐个写入规则，或说明为何不作判定。") % {"n": draft.unsettled}
    return lacks


def lack_name(field: str) -> str:
    """What is missing, in a word for a list."""
    names = {
        "title": _("名称"), "benefit": _("支持内容"), "sources": _("出处"), "budget_line": _("资金渠道"),
        "time_limit_days": _("承诺时限"), "rule": _("适用规则"), "conditions": _("待定条件"),
    }  # fmt: skip
    return names.get(field, field)
