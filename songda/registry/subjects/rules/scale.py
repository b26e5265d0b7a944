"""Above scale 规模以上: a status given by the statistics office (四上名录库), never computed. The thresholds only warn.

Source: criteria of 国家统计局 for 规模（限额）以上 units, by year. Construction (qualified) and real-estate development (all) have no
revenue threshold and are not looked at here.
"""

from __future__ import annotations

from dataclasses import dataclass

from songda.kernel.words import gettext as _
from songda.registry.subjects.rules import industry as industries
from songda.registry.subjects.rules.sizes import TEN_THOUSAND_YUAN


@dataclass(frozen=True, slots=True)
class Threshold:
    """Least yearly revenue (万元) of a unit above scale, for industries, in the years `first` … `last`; or so many staff."""

    name: str
    codes: tuple[str, ...]
    revenue: int
    first: int = 2011
    last: int = 9999
    staff: int | None = None


THRESHOLDS = (
    Threshold("规模以上工业", ("B", "C", "D"), 2000),
    Threshold("限额以上批发业", ("51",), 2000),
    Threshold("限额以上零售业", ("52",), 500),
    Threshold("限额以上住宿业", ("61",), 200),
    Threshold("限额以上餐饮业", ("62",), 200),
    Threshold("规模以上服务业", ("G", "I", "N", "84"), 2000, first=2021),
    Threshold("规模以上服务业", ("L", "M", "P", "702", "703", "704", "709"), 1000, first=2021),
    Threshold("规模以上服务业", ("O", "R", "85"), 500, first=2021),
    Threshold("规模以上服务业", ("G", "I", "L", "M", "N", "P", "84", "702", "703", "704", "709"), 1000, 2020, 2020),
    Threshold("规模以上服务业", ("O", "R", "85"), 500, 2020, 2020),
    Threshold("规模以上服务业", ("G", "I", "L", "M", "N", "P", "Q", "702", "703", "704", "709"), 1000, last=2019, staff=50),
    Threshold("规模以上服务业", ("O", "R"), 500, last=2019, staff=50),
)


def threshold_for(code: str, year: int) -> Threshold | None:
    """The criterion of an industry in a year, or None where there is none by revenue."""
    return next((one for one in THRESHOLDS if one.first <= year <= one.last and industries.within(code, one.codes)), None)


def warning(code: str, year: int, *, listed: bool | None, revenue: int | None, staff: int | None = None) -> str:
    """A sentence where the listed status and the thresholds disagree; empty where they agree or nothing can be said.

    `revenue` in fen, `staff` in persons. Never a verdict: the list is the statistics office's.
    """
    rule = threshold_for(code, year)
    if rule is None or listed is None or revenue is None:
        return ""
    reaches = revenue >= rule.revenue * TEN_THOUSAND_YUAN or (
        rule.staff is not None and staff is not None and staff >= rule.staff
    )
    if reaches == listed:
        return ""
    names = {"rule": rule.name, "bound": f"{rule.revenue}万元"}
    if listed:
        return _("名录列为规模以上，但营业收入低于%(rule)s标准（%(bound)s），请与统计部门核对。") % names
    return _("名录未列为规模以上，但营业收入已达%(rule)s标准（%(bound)s），请与统计部门核对。") % names
