"""How targets stand 目标进度: the list of a year, and one target with every number and how it was worked out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.clock import day_of
from songda.office.economy.access import target_for, targets_visible_to
from songda.office.economy.models import Target
from songda.office.economy.queries.monthly import reported_by_month
from songda.office.economy.queries.parameters import pace_rule
from songda.office.economy.rules.parameters import PaceRule
from songda.office.economy.rules.progress import Month, Progress, months_of, progress_of
from songda.office.economy.rules.spelling import figure, places, share
from songda.office.economy.states import Light, Pace
from songda.office.indicators.queries import definitions
from songda.office.indicators.rules.definitions import Definition
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """A target as it stands: its indicator (None: no longer declared), its months, the result, the rule it was told by."""

    target: Target
    indicator: Definition | None
    months: tuple[Month, ...]
    result: Progress
    rule: PaceRule

    @property
    def label(self) -> str:
        """The indicator's name."""
        return self.indicator.label if self.indicator else self.target.code

    @property
    def unit(self) -> str:
        """The unit its numbers are printed in."""
        return self.indicator.unit if self.indicator else ""

    @property
    def adds(self) -> bool:
        """Whether its numbers add over the year."""
        return self.target.pace == Pace.SUM

    @property
    def ceiling(self) -> bool:
        """Whether the target must not be exceeded."""
        return is_ceiling(self.indicator)

    @property
    def decimals(self) -> int:
        """How many decimals its numbers are printed with: as many as the target or any value has."""
        values = [one.reported.number for one in self.months if one.reported]
        return max(
            [places(number) for number in (self.target.exact, *values)] + [self.indicator.decimals if self.indicator else 0]
        )

    @property
    def light(self) -> str:
        """Its state in words."""
        return str(Light(self.result.light).label)

    @property
    def late(self) -> list[int]:
        """The months whose value is late."""
        return [one.number for one in self.months if one.late]

    def said(self, number: Fraction | None) -> str:
        """A number of this target, printed."""
        return figure(number, self.decimals)


def is_ceiling(indicator: Definition | None) -> bool:
    """Whether less is better."""
    return indicator is not None and indicator.better == "down"


def listed(actor: Actor, year: int, *, organisation_id: int | None = None) -> QuerySet[Target]:
    """The targets in force of a year in sight, by place."""
    rows = targets_visible_to(actor).filter(year=year, replaced_by=None).select_related("organisation")
    rows = rows.filter(organisation=organisation_id) if organisation_id else rows
    return rows.order_by("area_path", "organisation_id", "code", "id")


def years_of(actor: Actor) -> list[int]:
    """The years that have targets in sight, the latest first."""
    return sorted(targets_visible_to(actor).order_by().values_list("year", flat=True).distinct(), reverse=True)


def standings(targets: Sequence[Target], year: int, *, now: dt.datetime) -> list[Standing]:
    """How these targets of one year stand, in their order: two queries and the values."""
    if not targets:
        return []
    rule, known, found, today = pace_rule(), definitions(), reported_by_month(targets, year, now), day_of(now)
    made = []
    for one in targets:
        indicator, adds = known.get(one.code), one.pace == Pace.SUM
        months = tuple(months_of(year, found[one.pk], rule, today, adds=adds))
        result = progress_of(one.exact, months, rule, adds=adds, ceiling=is_ceiling(indicator))
        made.append(Standing(one, indicator, months, result, rule))
    return made


def standing_of(target_id: int, actor: Actor, *, now: dt.datetime) -> Standing:
    """One target in sight."""
    target = target_for(target_id, actor)
    return standings([target], target.year, now=now)[0]


def versions_of(target: Target) -> list[Target]:
    """Every version of a target, the newest first."""
    rows = Target.objects.filter(code=target.code, organisation=target.organisation_id, year=target.year)
    return list(rows.order_by("-version"))


@dataclass(frozen=True, slots=True)
class Worked:
    """A number of the formula page: what it is, how it was worked out in words and figures, what it comes to."""

    label: str
    how: str
    result: str


def worked_out(one: Standing) -> list[Worked]:
    """Each number of a standing with how it came about; what cannot be worked out is not there."""
    result, said = one.result, one.said
    lines = [Worked(_("全年目标"), one.target.source, f"{said(result.target)}{one.unit}")]
    if result.actual is None or result.until is None or result.time is None or result.threshold is None:
        return [*lines, Worked(_("实际完成"), _("没有可用的月度数据"), "—")]
    last = result.until
    how = _("自%(year)d年1月1日累计至%(month)d月%(day)d日") if one.adds else _("%(year)d年%(month)d月%(day)d日的水平")
    lines.append(
        Worked(_("实际完成"), how % {"year": last.year, "month": last.month, "day": last.day}, f"{said(result.actual)}{one.unit}")
    )
    lines.append(Worked(_("进度"), f"{said(result.actual)} ÷ {said(result.target)}", share(result.progress)))
    first = dt.date(last.year, 1, 1)
    days, whole = (last - first).days + 1, (dt.date(last.year + 1, 1, 1) - first).days
    lines.append(Worked(_("时间比例"), f"{days} ÷ {whole}" if one.adds else _("按时点水平：随时应达到"), share(result.time)))
    sign = "÷" if one.ceiling else "×"
    lines.append(Worked(_("落后线"), f"{share(result.time)} {sign} {figure(one.rule.factor, 2)}", share(result.threshold)))
    return [*lines, Worked(_("状态"), _compared(one), one.light), *_the_rest(one)]


def _compared(one: Standing) -> str:
    """Progress against the two lines, as it decided the state."""
    result = one.result
    over, under = ("≤", ">") if one.ceiling else ("≥", "<")
    if result.light == Light.RED:
        return _("进度 %(a)s %(sign)s 落后线 %(b)s") % {"a": share(result.progress), "sign": under, "b": share(result.threshold)}
    sign = over if result.light == Light.GREEN else under
    return _("进度 %(a)s %(sign)s 时间比例 %(b)s") % {"a": share(result.progress), "sign": sign, "b": share(result.time)}


def _the_rest(one: Standing) -> list[Worked]:
    result, said = one.result, one.said
    if not one.adds or result.average is None or result.actual is None:
        return []
    gone = 12 - result.left
    lines = [Worked(_("已过月份的月均"), f"{said(result.actual)} ÷ {gone}", f"{said(result.average)}{one.unit}")]
    if result.needed is not None:
        how = f"（{said(result.target)} − {said(result.actual)}）÷ {result.left}"
        lines.append(Worked(_("余下每月需完成"), how, f"{said(result.needed)}{one.unit}"))
    how = f"{said(result.actual)} ÷ {share(result.time)}"
    return [*lines, Worked(_("按此进度全年预计"), how, f"{said(result.forecast)}{one.unit}")]
