"""Who sees and who does what: a unit its own returns, who accepts or watches those of the territory."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.paths import within
from songda.kernel.sight import one_of
from songda.office.returns.models import Return, Violation
from songda.registry.actors import Actor

Row = TypeVar("Row", bound=Model)
OWN = ("returns.fill", "returns.approve")  # posts of a reporting unit see what that unit owes


def must(actor: Actor, permission: str) -> None:
    """Refuse a post without this permission, and whoever is no person: three different persons answer for a return."""
    if not actor.may(permission) or actor.person_id is None:
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系统计员。"))


def is_unit(actor: Actor) -> bool:
    """Whether the post works for a reporting unit (and so sees only that unit's returns)."""
    return any(actor.may(one) for one in OWN)


def visible_to(actor: Actor) -> QuerySet[Return]:
    """Returns in the actor's sight."""
    return _seen(Return.objects.select_related("form", "organisation", "about"), actor, "organisation_id")


def violations_visible_to(actor: Actor) -> QuerySet[Violation]:
    """Violations of the returns in sight."""
    return _seen(
        Violation.objects.select_related("of_return__form", "of_return__organisation", "of_return__about", "owner"),
        actor,
        "owner_id",
    )


def return_for(return_id: int, actor: Actor) -> Return:
    """One return in sight, or NotFound."""
    return _found(visible_to(actor), return_id)


def return_to(permission: str, return_id: int, actor: Actor) -> Return:
    """One return in sight for a post that holds `permission`."""
    must(actor, permission)
    return return_for(return_id, actor)


def violation_for(violation_id: int, actor: Actor) -> Violation:
    """One violation in sight, or NotFound."""
    return _found(violations_visible_to(actor), violation_id)


def _seen(rows: QuerySet[Row], actor: Actor, unit: str) -> QuerySet[Row]:
    if actor.role == "system":
        return rows
    if not actor.may("returns.see"):
        return rows.none()
    return rows.filter(**{unit: actor.organisation_id}) if is_unit(actor) else rows.filter(within(actor.area_paths))


def _found(rows: QuerySet[Row], pk: int) -> Row:
    return one_of(rows.filter(pk=pk), _("没有这份报表，或它不在您的范围内。"), advice=_("请从列表重新进入。"))
