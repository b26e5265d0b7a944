"""Observations as the rules see them."""

from __future__ import annotations

from songda.office.indicators.models import Observation
from songda.office.indicators.rules.figures import Figure, place_of

_SAME = (
    "code", "label", "indicator", "kind", "value", "unit", "scale", "base_value", "base_unit",
    "precision", "precision_word", "as_of", "scope", "numerator", "denominator",
)  # fmt: skip


def figure_from(row: Observation) -> Figure:
    """One observation; its organisation should be at hand."""
    area = row.organisation.code if row.organisation else ""
    return Figure(**{name: getattr(row, name) for name in _SAME}, place=place_of(area, row.body), items=tuple(row.items))


def figures_in_effect() -> dict[str, Figure]:
    """All figures that nothing replaces, by code."""
    rows = Observation.objects.filter(replaced_by=None).select_related("organisation")
    return {row.code: figure_from(row) for row in rows}
