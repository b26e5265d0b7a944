"""Indicators for programs: what they are, their value at T as known at K, and recording one that a unit returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Router, Schema

from songda.kernel import clock
from songda.kernel.api.doors import reads, writes
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Code, Day, Given, IdSent, Listed, Moment, Number, Told, Whole, Word
from songda.kernel.errors import NotFound
from songda.office.indicators import access, actions, queries
from songda.office.indicators.models import IndicatorVersion, Value
from songda.office.indicators.rules.definitions import definition_of
from songda.office.indicators.rules.new_values import NewValue, plainly
from songda.registry.requests import ActingRequest

router = Router()
UnitCode = Annotated[str, Query(max_length=60, pattern="^[A-Za-z0-9_-]*$")]


class Indicator(Schema):
    """An indicator in force: what it counts, in which unit, out of what, and by which definition."""

    code: str
    label: str
    unit: str
    kind: str
    counts: str
    spread: str
    origin: str
    population: str
    basis: str
    numerator: str
    denominator: str


class Figure(Schema):
    """A value, never bare: its number as a decimal in words of its unit, as of when, since when, whose, from where."""

    id: int
    code: str
    organisation: str
    cell: str
    number: str
    unit: str
    as_of: dt.datetime
    since: dt.date
    numerator: int | None
    denominator: int | None
    precision: str
    scope: str
    origin: str
    source: str
    explanation: str
    recorded_at: dt.datetime
    replaced: bool


class At(Schema):
    """Of which unit (the post's own), at which moment (now), as known at which (now), of which cell."""

    unit: UnitCode = ""
    as_of: Moment | None = None
    known_at: Moment | None = None
    cell: Annotated[str, Query(max_length=40, pattern="^[A-Za-z0-9_-]*$")] = ""


class Values(Paging):
    """All values in effect of a unit (the post's own) for one indicator."""

    unit: UnitCode = ""


class Returned(Given):
    """A value that a unit returns. The same again is the one there is; another number takes a `reason` and replaces it."""

    code: Code
    organisation_id: IdSent
    number: Number
    as_of: Moment
    since: Day | None = None
    cell: Word = ""
    numerator: Whole | None = None
    denominator: Whole | None = None
    scope: Word = ""
    source: Told
    explanation: Word = ""
    reason: Word = ""


@reads(router, "/indicators", "figures.see", Listed[Indicator], gettext_lazy("指标定义"))
def indicators(request: ActingRequest, asked: Query[Paging]) -> object:
    """The indicators in force."""
    del request
    return piece_of(IndicatorVersion.objects.filter(retired_at=None).order_by("code", "id"), asked, defined)


@reads(router, "/indicators/{code}/value", "figures.see", Figure, gettext_lazy("指标的值：截至某时、按某时所知"))
def indicator_value(request: ActingRequest, code: Annotated[Code, Path()], asked: Query[At]) -> Figure:
    """The newest value at T as known at K; NotFound where there is none."""
    unit, one = access.unit_seen(asked.unit, request.actor), queries.definition(code)
    found = queries.value_at(one.code, unit, as_of=asked.as_of or clock.now(), known_at=asked.known_at, cell=asked.cell)
    if found is None or found.value_id is None:
        raise NotFound(_("这个时点还没有值。"), advice=_("请放宽截至时间，或核对指标与单位。"))
    return told([access.value_for(found.value_id, request.actor)])[0]


@reads(router, "/indicators/{code}/values", "figures.see", Listed[Figure], gettext_lazy("指标的历次值"))
def indicator_values(request: ActingRequest, code: Annotated[Code, Path()], asked: Query[Values]) -> object:
    """Its values of one unit, those that were replaced too, newest first."""
    unit, one = access.unit_seen(asked.unit, request.actor), queries.definition(code)
    rows = access.values_visible_to(request.actor).filter(code=one.code, organisation=unit)
    return piece_of(rows.select_related("indicator", "organisation", "replaced_by").order_by("-as_of", "-id"), asked, told)


@writes(router, "/values", "figures.edit", Figure, gettext_lazy("登记指标值"))
def record_value(request: ActingRequest, given: Returned) -> Figure:
    """Record it, with its source."""
    said = given.model_dump(exclude={"reason", "number"})
    made = actions.record_value(
        NewValue(**said, number=Fraction(given.number)), by=request.actor, now=clock.now(), reason=given.reason
    )
    return told([made])[0]


def defined(rows: Sequence[IndicatorVersion]) -> list[Indicator]:
    """Definitions as programs see them."""
    return [Indicator.model_validate(definition_of(row.body)) for row in rows]


def told(rows: Sequence[Value]) -> list[Figure]:
    """Values as programs see them."""
    same = ("code", "cell", "as_of", "since", "numerator", "denominator", "precision", "scope", "origin", "source", "explanation", "recorded_at")  # fmt: skip
    return [
        Figure(
            id=row.pk, organisation=row.organisation.code, number=plainly(row.number, row.scale),
            unit=definition_of(row.indicator.body).unit, replaced=hasattr(row, "replaced_by"),
            **{name: getattr(row, name) for name in same},
        )
        for row in rows
    ]  # fmt: skip
