"""Indicators as declared 指标定义, those in force."""

from __future__ import annotations

from django.utils.translation import gettext as _

from songda.kernel.recall import recalled
from songda.kernel.sight import one_of
from songda.office.indicators.models import IndicatorVersion
from songda.office.indicators.rules.definitions import Definition, definition_of


@recalled
def definitions() -> dict[str, Definition]:
    """All in force, by code, in the order of the pack."""
    return {one.code: definition_of(one.body) for one in IndicatorVersion.objects.filter(retired_at=None).order_by("pk")}


def definition(code: str) -> Definition:
    """One in force, or NotFound."""
    return definition_of(version_in_force(code).body)


@recalled
def version_in_force(code: str) -> IndicatorVersion:
    """Its version in force, or NotFound."""
    return one_of(
        IndicatorVersion.objects.filter(code=code, retired_at=None),
        _("没有指标“%(code)s”。") % {"code": code},
        advice=_("请从指标列表重新进入。"),
    )
