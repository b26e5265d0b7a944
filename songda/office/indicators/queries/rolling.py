"""An indicator of a unit and of the units below it 逐级汇总, one level at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.office.indicators.queries.values import values_at
from songda.office.indicators.rules.adding import CannotAddError, added
from songda.office.indicators.rules.shown import Shown
from songda.registry.organisations.models import Organisation

AREAS = (Organisation.Kind.DISTRICT, Organisation.Kind.ZONE, Organisation.Kind.STREET)


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The children of a unit with their values, and what they come to; `missing` have none, `note` says why there is no total."""

    total: Shown | None
    children: Sequence[tuple[Organisation, Shown | None]]
    missing: Sequence[Organisation]
    note: str


def rolled_up(
    code: str, organisation: Organisation, *, as_of: dt.datetime, known_at: dt.datetime | None = None, cell: str = ""
) -> RolledUp:
    """The areas right below a unit. A rate is Σ numerator ÷ Σ denominator; other moments or count units are never added silently."""
    below = list(Organisation.objects.filter(parent=organisation, kind__in=AREAS, ends_on=None).order_by("area_path"))
    found = values_at(code, below, as_of=as_of, known_at=known_at, cell=cell)
    children = [(one, found.get(one.pk)) for one in below]
    missing = [one for one, value in children if value is None]
    values = [value for _one, value in children if value is not None]
    if not values:
        return RolledUp(None, children, missing, _("下级单位没有数。"))
    try:
        total = added(values, organisation.short_name)
    except CannotAddError as error:
        return RolledUp(None, children, missing, str(error))
    note = _("不含没有数的 %(n)d 个单位。") % {"n": len(missing)} if missing else ""
    return RolledUp(total, children, missing, note)
