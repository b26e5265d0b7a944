"""Lists: pieces and submissions in sight, with their filters."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from songda.kernel.paths import within
from songda.office.bulletins.models import Piece, TemplateVersion
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; empty ones do not narrow."""

    text: str = ""
    sort: str = ""
    series: str = ""
    unit: int | None = None
    state: str = ""


def fitting(seen: QuerySet[Piece], wanted: Wanted) -> QuerySet[Piece]:
    """The pieces that fit, newest first."""
    rows = seen.filter(Q(title__icontains=wanted.text) | Q(number__icontains=wanted.text)) if wanted.text else seen
    asked = {"sort": wanted.sort, "template__code": wanted.series, "unit_id": wanted.unit, "state": wanted.state}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    return rows.select_related("unit", "template", "restates", "frame").order_by("-pk")


def units_in(seen: QuerySet[Piece]) -> list[tuple[int, str]]:
    """Units that have pieces here."""
    return list(seen.order_by("unit__code").values_list("unit_id", "unit__short_name").distinct())


def series_in(seen: QuerySet[Piece]) -> list[tuple[str, str]]:
    """Templates that have pieces here, each under its newest name."""
    used = TemplateVersion.objects.filter(pk__in=seen.values("template"))
    return list(dict(used.order_by("code", "number").values_list("code", "label")).items())


def templates_in_force(actor: Actor, sort: str = "") -> list[TemplateVersion]:
    """Templates a post may write by: those of no particular unit, and those of units in its territories."""
    known = TemplateVersion.objects.filter(retired_at=None).order_by("code")
    fitting = [one for one in known if not sort or one.body["sort"] == sort]
    units = {one.body.get("unit", "") for one in fitting} - {""}
    own = set(Organisation.objects.filter(within(actor.area_paths), code__in=units).values_list("code", flat=True))
    return [one for one in fitting if one.body.get("unit", "") in {"", *own}]
