"""Correcting an accepted figure 更正: another row replaces it, with a reason; what stood before stays readable."""

from __future__ import annotations

import datetime as dt
import re
from copy import copy
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.indicators import access
from songda.office.indicators.actions.accept_figures import Choice, observed, value_of
from songda.office.indicators.actions.record_value import record_value
from songda.office.indicators.actions.rerun_checks import raise_flags
from songda.office.indicators.models import Flag, Observation, ReadFigure, Value
from songda.office.indicators.rules.figures import plain
from songda.registry.actors import Actor

_DECIMAL = re.compile(r"\d{1,15}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Correction:
    """What it is to be now, in the unit it was printed in, and why. `scope` empty: as it was."""

    value: str
    reason: str
    scope: str = ""


@transaction.atomic
def correct_figure(reading_id: int, number: int, new: Correction, *, by: Actor, now: dt.datetime) -> Observation:
    """Replace the observation of an accepted figure. Invalid without a reason; Conflict where it was not accepted."""
    row = access.read_figure_to_review(reading_id, number, by)
    if row.observation_id is None:
        raise Conflict(_("这个数还没有采用，无从更正。"), advice=_("请先采用，或不采用。"))
    if not new.reason.strip():
        raise Invalid(_("请写明更正原因。"), fields={"reason": _("请写明更正原因。")})
    if not _DECIMAL.fullmatch(new.value):
        raise Invalid(_("数值写得不对。"), fields={"value": _("请写阿拉伯数字，如 1200 或 65.66。")})
    former = Observation.objects.select_related("organisation").get(pk=row.observation_id)
    seen = _corrected(row, former, new, now)
    seen.save(force_insert=True)
    flags = [
        Flag(observation=seen, kind=one.kind, severity=one.severity, text=one.text, origin=one.origin, raised_at=now)
        for one in former.flags.all()
    ]
    Flag.objects.bulk_create(flags)
    ReadFigure.objects.filter(pk=row.pk).update(observation=seen)
    after = {"code": seen.code, "value": new.value, "reason": seen.reason}
    record("figures.correct", row, by=by, now=now, before={"value": plain(former.value, former.scale, marks=False)}, after=after)
    kept = Value.objects.filter(reference=f"figure:{seen.code}", replaced_by=None).first()
    if kept is not None:
        row.value = new.value
        choice = Choice(kept.organisation_id, kept.code, since=kept.since, note=row.note)
        record_value(value_of(row, choice, seen), by=by, now=now, reason=seen.reason)
    raise_flags(now)
    return seen


def _corrected(row: ReadFigure, former: Observation, new: Correction, now: dt.datetime) -> Observation:
    unit = former.organisation
    if unit is None:
        raise Conflict(_("这个数没有单位，无从更正。"))
    told = copy(row)
    told.value, told.base = new.value, _scaled(row, new.value)
    seen = observed(told, Choice(unit.pk, as_of=former.as_of, scope=new.scope or former.scope), unit, now)
    for name in ("indicator", "label", "numerator", "denominator", "as_of_basis"):
        setattr(seen, name, getattr(former, name))
    seen.replaces, seen.reason = former, new.reason.strip()[:200]
    return seen


def _scaled(row: ReadFigure, value: str) -> str:
    """The new value in base units, by the factor of the old."""
    old = Fraction(row.value)
    return str(Fraction(value) * (Fraction(row.base) / old if row.base and old else 1))
