"""Computing a value 计算值: the source is asked at that moment, and its answer frozen with a digest of the rows behind it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid
from songda.office.indicators import access
from songda.office.indicators.actions.keep_value import keep_value
from songda.office.indicators.models import Value
from songda.office.indicators.queries.behind import digest_of_rows, where_of
from songda.office.indicators.queries.definitions import definition
from songda.office.indicators.queries.values import value_at
from songda.office.indicators.rules.definitions import Definition, in_unit
from songda.office.indicators.rules.new_values import NewValue, rate_of
from songda.office.indicators.rules.sources import digest_of, source_of
from songda.office.indicators.states import Origin, Spread
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation


class Over(TypedDict, total=False):
    """What a value covers beside its moment: the first day of a period count, a cell."""

    since: dt.date | None
    cell: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is computed: of whose territory, as of when, over what."""

    unit: Organisation
    as_of: dt.datetime
    since: dt.date | None
    cell: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said: a number in the indicator's unit, the digest of its rows, its name."""

    number: Fraction
    digest: str
    source: str


@transaction.atomic
def compute_value(
    code: str, organisation_id: int, *, as_of: dt.datetime, by: Actor, now: dt.datetime, **over: Unpack[Over]
) -> Value:
    """Compute an indicator of a unit's territory at a moment and keep it; `since` (a day, for period counts) and `cell` as needed.

    A rate is worked out of its two parts at the same moment. What comes out otherwise than before for the same moment replaces what
    was kept (rows came in late). Invalid where the denominator is zero; Conflict where a part has neither source nor value.
    """
    one = definition(code)
    unit = access.unit_to_compute(organisation_id, by)
    day = day_of(as_of)
    since = (over.get("since") or day) if one.spread == Spread.FLOW else day
    asked = Asked(unit, as_of, since, over.get("cell", ""))
    new = _rate(one, asked) if one.is_rate else _number(one, asked)
    return keep_value(new, unit, by=by, now=now, reason=_("重新计算"))


def _number(one: Definition, asked: Asked) -> NewValue:
    answer = _answer(one, asked)
    return NewValue(one.code, asked.unit.pk, asked.as_of, answer.number, **_said(one, asked, answer))


def _rate(one: Definition, asked: Asked) -> NewValue:
    top, bottom = (_answer(definition(code), asked) for code in (one.numerator, one.denominator))
    if bottom.number <= 0:
        message = _("“%(label)s”的分母为零，不出比率。") % {"label": one.label}
        raise Invalid(message, advice=_("请先核对分母。"), code="no_denominator")
    numerator, denominator = int(top.number), int(bottom.number)
    number = rate_of(numerator, denominator, one.decimals)
    names = "、".join(dict.fromkeys((top.source, bottom.source)))
    said = _said(one, asked, Answer(number, digest_of((top.digest, bottom.digest)), names))
    return NewValue(one.code, asked.unit.pk, asked.as_of, number, numerator=numerator, denominator=denominator, **said)


class _Said(TypedDict):
    since: dt.date | None
    cell: str
    scope: str
    origin: str
    source: str
    reference: str
    digest: str
    demonstration: bool


def _said(one: Definition, asked: Asked, answer: Answer) -> _Said:
    return _Said(
        since=asked.since, cell=asked.cell, scope=one.population[:200], origin=Origin.COMPUTED.value, source=answer.source,
        reference="rows", digest=answer.digest, demonstration=False,
    )  # fmt: skip


def _answer(one: Definition, asked: Asked) -> Answer:
    """What the source says; of an indicator that is not computed, the value of that very day."""
    source = source_of(one.source)
    since = asked.since if one.spread == Spread.FLOW else None
    if source is not None:
        where = where_of(one, asked.cell)
        number = source.count()(where, asked.unit.area_path, since=since, as_of=asked.as_of)
        digest = digest_of_rows(source, where, asked.unit.area_path, since=since, as_of=asked.as_of)
        return Answer(in_unit(one, number), digest, source.label)
    if not one.source:
        found = value_at(one.code, asked.unit, as_of=asked.as_of, since=since, cell=asked.cell)
        if found is not None and day_of(found.as_of) == day_of(asked.as_of):
            return Answer(found.number, str(found.value_id), found.source)
    message = _("“%(label)s”在该时点没有数。") % {"label": one.label}
    raise Conflict(message, advice=_("请先由责任单位报送，或启用其数据来源。"), code="no_data")
