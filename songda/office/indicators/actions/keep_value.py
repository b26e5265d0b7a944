"""Keeping a value 存值 whoever brings it: the same again is the one there is; another number takes a reason and replaces it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.office.indicators.models import IndicatorVersion, Value
from songda.office.indicators.queries.definitions import version_in_force
from songda.office.indicators.rules.definitions import definition_of
from songda.office.indicators.rules.new_values import NewValue, decimals_of, faults_of, plainly
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

_SAID = ("number", "scale", "numerator", "denominator", "precision", "scope", "reference", "digest")


def keep_value(new: NewValue, unit: Organisation, *, by: Actor, now: dt.datetime, reason: str) -> Value:
    """Keep it, in the caller's transaction; permission is the caller's matter."""
    value = _value_of(new, version_in_force(new.code), unit, by, now)
    kept = _kept(value)
    if kept is not None and all(getattr(kept, name) == getattr(value, name) for name in _SAID):
        return kept
    if kept is not None:
        if not reason:
            raise _taken(value)
        value.replaces, value.reason = kept, reason
    try:
        with transaction.atomic():
            value.save(force_insert=True)
    except IntegrityError as error:
        raise _taken(value) from error
    told = {"code": value.code, "unit": unit.code, "as_of": value.as_of.isoformat(), "number": plainly(value.number, value.scale)}
    before = {"number": plainly(kept.number, kept.scale), "reason": reason} if kept else None
    record("value.record", value, by=by, now=now, before=before, after=told)
    return value


def _value_of(new: NewValue, version: IndicatorVersion, unit: Organisation, by: Actor, now: dt.datetime) -> Value:
    definition = definition_of(version.body)
    day = day_of(new.as_of) if new.as_of.tzinfo else new.as_of.date()
    if faults := faults_of(new, definition, day):
        raise Invalid(_("“%(label)s”的值不合规定。") % {"label": definition.label}, fields=faults)
    scale = decimals_of(new.number) or 0
    return Value(
        indicator=version, code=new.code, organisation=unit, area_path=unit.area_path, cell=new.cell, as_of=new.as_of,
        since=new.since or day, number=int(new.number * 10**scale), scale=scale, numerator=new.numerator,
        denominator=new.denominator, precision=new.precision, scope=new.scope, origin=new.origin, source=new.source,
        reference=new.reference, digest=new.digest, explanation=new.explanation, recorded_at=now, recorded_by=by.account_id,
        demonstration=new.demonstration,
    )  # fmt: skip


def _kept(value: Value) -> Value | None:
    key = {name: getattr(value, name) for name in ("code", "organisation", "cell", "since", "as_of", "origin", "source")}
    return Value.objects.filter(replaced_by=None, **key).first()


def _taken(value: Value) -> Conflict:
    message = _("“%(label)s”在该时点已有一个值。") % {"label": value.indicator.label}
    return Conflict(message, advice=_("确需更正的，请写明原因；原值保留。"), code="value_taken")
