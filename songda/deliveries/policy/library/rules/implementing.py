"""What implementing rules still lack 尚缺 before they may be confirmed or published, each a sentence with what to do (POL-03)."""

from __future__ import annotations

from dataclasses import dataclass

from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Said:
    """The plain facts of a version that the checks need. `funds`: it covers a measure that pays money; `promised_days`: the shortest
    time limit that a measure it covers promises."""

    title: str
    department: bool
    papers: int
    steps: int
    time_limit_days: int | None
    payment_basis: str
    contact: str
    measures: int
    funds: bool
    promised_days: int | None = None


def missing_in_rule(said: Said) -> dict[str, str]:
    """Field → sentence for everything that is missing; empty when a firm could go by it."""
    days, promised = said.time_limit_days or 0, said.promised_days
    longer = promised is not None and days > promised
    too_long = _("办理时限 %(days)d 个工作日，长于措施承诺的 %(promised)d 个工作日。") % {"days": days, "promised": promised or 0}
    payment = not said.funds or bool(said.payment_basis.strip())
    checks = {
        "title": (bool(said.title.strip()), _("缺名称。")),
        "measures": (said.measures > 0, _("没有关联措施：请选取本细则所落实的措施。")),
        "department": (said.department, _("缺责任单位：请选定由哪个单位受理办理。")),
        "papers": (said.papers > 0, _("缺申报材料：请一行一项填写；不需要的，写“无须提交材料”。")),
        "steps": (said.steps > 0, _("缺办理步骤：请一行一步填写。")),
        "time_limit_days": (days > 0 and not longer, too_long if longer else _("缺办理时限：请填写多少个工作日内办结。")),
        "payment_basis": (payment, _("缺资金来源与拨付依据：所落实的措施中有资金奖补类。")),
        "contact": (bool(said.contact.strip()), _("缺办理地点与咨询方式。")),
    }
    return {name: sentence for name, (there, sentence) in checks.items() if not there}


def area_of_both(one: str, other: str) -> str | None:
    """The territory that two have in common, which is the smaller of them; None where neither holds the other."""
    if one.startswith(other):
        return one
    return other if other.startswith(one) else None
