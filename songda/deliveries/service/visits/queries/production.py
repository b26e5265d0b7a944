"""A production plan with its standing and its chart."""

from __future__ import annotations

from dataclasses import dataclass

from songda.deliveries.service.visits.models import Production, ProductionWeek
from songda.deliveries.service.visits.rules.chart import Chart, chart_of
from songda.deliveries.service.visits.rules.production import Standing, Week, standing_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as its page shows it."""

    production: Production
    weeks: tuple[ProductionWeek, ...]
    standing: Standing
    chart: Chart | None


def production_shown(production: Production) -> Shown:
    """Weeks in order, the figures recomputed from them, the curve. One query."""
    weeks = tuple(production.weeks.select_related("case").order_by("monday"))
    rows = [Week(one.monday, one.planned, one.actual) for one in weeks]
    standing = standing_of(rows, normal=production.normal, capacity=production.capacity)
    figures = [(one.planned, one.actual) for one in weeks]
    labels = [f"{one.monday:%m-%d}" for one in weeks]
    chart = chart_of(("plan", "actual"), figures, labels, production.normal) if weeks else None
    return Shown(production, weeks, standing, chart)
