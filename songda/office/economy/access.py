"""Who sees and sets targets, and whose entries into the register one sees."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import within
from songda.ledger.cases.access import case_for
from songda.ledger.cases.models import Case
from songda.office.economy.models import Target
from songda.office.economy.states import STAT_ENTRY
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation


def targets_visible_to(actor: Actor) -> QuerySet[Target]:
    """The targets of the actor's territory, every version."""
    return Target.objects.filter(within(actor.area_paths)) if actor.may("figures.see") else Target.objects.none()


def target_for(target_id: int, actor: Actor) -> Target:
    """One target in sight; NotFound for any other, whether it exists or not."""
    found = targets_visible_to(actor).select_related("organisation").filter(pk=target_id).first()
    if found is None:
        raise NotFound(_("没有这个目标，或不在您的辖区内。"))
    return found


def check_sets(unit: Organisation, actor: Actor) -> None:
    """Refuse (NotPermitted) who sets no targets, or none for this unit."""
    if not actor.may("targets.edit"):
        raise NotPermitted(_("您的岗位不登记全年目标。"), advice=_("请交统计人员登记。"))
    if not any(unit.area_path.startswith(path) for path in actor.area_paths):
        raise NotPermitted(_("%(unit)s不在您的辖区内。") % {"unit": unit}, advice=_("请选择本辖区的单位。"))


def entry_for(case_id: int, actor: Actor) -> Case:
    """One entry into the register in sight; NotFound for any other case."""
    case = case_for(case_id, actor)
    if case.kind.kind.code != STAT_ENTRY:
        raise NotFound(_("这不是统计入库事项。"))
    return case
