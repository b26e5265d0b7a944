"""Setting a yearly target 下达全年目标: the first one plainly, another number only with a reason; all versions stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.economy.access import check_sets
from songda.office.economy.models import Target
from songda.office.economy.rules.spelling import places
from songda.office.economy.states import Pace
from songda.office.indicators.queries import definition
from songda.office.indicators.rules.definitions import Definition
from songda.office.indicators.states import Spread
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target to be set: `number` in the indicator's unit; `source` the document that sets it; `pace` empty: by the indicator."""

    code: str
    organisation_id: int
    year: int
    number: Fraction
    source: str
    pace: str = ""
    reason: str = ""
    demonstration: bool = False


@transaction.atomic
def set_target(new: NewTarget, *, by: Actor, now: dt.datetime) -> Target:
    """Set a target. The same again is the one there is; another number, source or pace replaces it and takes a reason.

    Conflict without a reason, or where somebody changed it meanwhile; NotPermitted for a unit outside the actor's territory.
    """
    unit = Organisation.objects.filter(pk=new.organisation_id).first()
    if unit is None:
        raise Invalid(_("没有这个单位。"), fields={"organisation": _("请重新选择。")})
    check_sets(unit, by)
    target = _target_of(new, unit, definition(new.code), by, now)
    kept = Target.objects.filter(code=new.code, organisation=unit, year=new.year, replaced_by=None).first()
    if kept is not None and _said(kept) == _said(target):
        return kept
    if kept is not None:
        target.replaces, target.version, target.reason = kept, kept.version + 1, _reason(new.reason, kept)
    try:
        with transaction.atomic():
            target.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("这个目标刚被别人登记或调整。"), advice=_("请刷新后核对。")) from error
    before = {"number": str(kept.plain), "reason": target.reason} if kept else None
    after = {"code": target.code, "unit": unit.code, "year": target.year, "number": str(target.plain)}
    record("target.set", target, by=by, now=now, before=before, after=after)
    return target


def _target_of(new: NewTarget, unit: Organisation, one: Definition, by: Actor, now: dt.datetime) -> Target:
    wrong = {}
    scale = places(new.number)
    if new.number <= 0 or (new.number * 10**scale).denominator != 1:
        wrong["number"] = _("目标应大于零，小数不超过六位。")
    if new.year not in YEARS:
        wrong["year"] = _("年度应为四位数字。")
    if not new.source.strip():
        wrong["source"] = _("请写明下达目标的文件名称和文号。")
    if new.pace == Pace.SUM and (one.is_rate or one.spread != Spread.FLOW):
        wrong["pace"] = _("“%(label)s”是时点数或比率，不能按全年累计。") % {"label": one.label}
    if wrong:
        raise Invalid(_("目标未登记。"), fields=wrong)
    return Target(
        code=one.code, organisation=unit, area_path=unit.area_path, year=new.year, number=int(new.number * 10**scale), scale=scale,
        pace=new.pace or (Pace.SUM if one.spread == Spread.FLOW and not one.is_rate else Pace.LEVEL), source=new.source.strip()[:200],
        set_at=now, set_by=by.account_id, set_name=by.name, demonstration=new.demonstration,
    )  # fmt: skip


def _said(one: Target) -> tuple[object, ...]:
    return one.exact, one.pace, one.source


def _reason(text: str, kept: Target) -> str:
    if not text.strip():
        message = _("%(year)d年该指标已有目标 %(number)s。") % {"year": kept.year, "number": kept.plain}
        raise Conflict(message, advice=_("确需调整的，请写明原因；原目标保留。"), code="target_taken")
    return text.strip()[:200]
