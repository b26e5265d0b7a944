"""Who sees and sets targets, and whose entries into the register one sees."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.ledger.cases.access import case_for
from songda.ledger.cases.models import Case
from songda.office.economy.models import Target
from songda.office.economy.states import STAT_ENTRY
from songda.registry.actors import Actor, require, require_area
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.rules import TERRITORIES


def targets_visible_to(actor: Actor) -> QuerySet[Target]:
    """The targets of the actor's territory, every version."""
    return Target.objects.filter(within(actor.area_paths)) if actor.may("figures.see") else Target.objects.none()


def target_for(target_id: int, actor: Actor) -> Target:
    """One target in sight; NotFound for any other, whether it exists or not."""
    return one_of(
        targets_visible_to(actor).select_related("organisation").filter(pk=target_id), _("没有这个目标，或不在您的辖区内。")
    )


def check_sets(unit: Organisation, actor: Actor) -> None:
    """Refuse (NotPermitted) who sets no targets, or none for this unit."""
    require(actor, "targets.edit", advice=_("全年目标由统计人员登记。"))
    require_area(actor, unit.area_path)


def unit_shown(actor: Actor, code: str = "") -> Organisation | None:
    """The territory a board is shown for: the one named by its code, else the widest of the actor's; None for none in sight."""
    units = territories(actor)
    return (units.filter(code=code) if code else units).first()


def territories(actor: Actor) -> QuerySet[Organisation]:
    """The territories in sight, wider ones first."""
    return Organisation.objects.filter(within(actor.area_paths), kind__in=TERRITORIES, ends_on=None).order_by("area_path", "code")


def districts(actor: Actor) -> QuerySet[Organisation]:
    """The territories that a board can be chosen for: cities, districts, zones; for a street's post its street."""
    wide = territories(actor).filter(kind__in=("city", "district", "zone"))
    return wide if wide.exists() else territories(actor)


def units_with_targets(actor: Actor, year: int) -> QuerySet[Organisation]:
    """The units in sight that have targets in a year."""
    there = targets_visible_to(actor).filter(year=year).order_by().values("organisation")
    return Organisation.objects.filter(pk__in=there).order_by("area_path", "code")


def entry_for(case_id: int, actor: Actor) -> Case:
    """One entry into the register in sight; NotFound for any other case."""
    case = case_for(case_id, actor)
    if case.kind.kind.code != STAT_ENTRY:
        raise NotFound(_("这不是统计入库事项。"))
    return case
