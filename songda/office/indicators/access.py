"""Who sees figures: those read from public texts are for every desk with `figures.see`; firms have none of them.

Values have the scope of their unit's territory: a district sees its own and its streets', and the values of the areas above it.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.paths import heads, within
from songda.kernel.sight import one_of
from songda.office.indicators.models import Check, Observation, ReadFigure, Reading, Value
from songda.office.indicators.states import Origin
from songda.registry.actors import Actor, require
from songda.registry.organisations import access as organisations
from songda.registry.organisations.models import Organisation

RECORDERS = ("figures.edit", "returns.accept")
COMPUTERS = (*RECORDERS, "bulletins.write", "resumption.control")
AREAS = ("city", "district", "zone", "street")
EXPLAINERS = ("figures.edit", "returns.approve")


def visible_to(actor: Actor) -> QuerySet[Observation]:
    """The figures in effect that the actor may see."""
    return history_visible_to(actor).filter(replaced_by=None)


def history_visible_to(actor: Actor) -> QuerySet[Observation]:
    """The same with those that were corrected."""
    return Observation.objects.filter(origin=Origin.READ) if may_see(actor) else Observation.objects.none()


def checks_visible_to(actor: Actor) -> QuerySet[Check]:
    """The checks over those figures."""
    return Check.objects.all() if may_see(actor) else Check.objects.none()


def observation_for(code: str, actor: Actor) -> Observation:
    """The figure of a code, in effect; NotFound otherwise."""
    return one_of(
        visible_to(actor).select_related("source", "organisation").filter(code=code),
        _("没有这个数，或它不在您的范围内。"),
        advice=_("请从历史数据列表重新进入。"),
    )


def values_visible_to(actor: Actor) -> QuerySet[Value]:
    """The values of the actor's territories and of the areas above them, those that were replaced too."""
    if not may_see(actor):
        return Value.objects.none()
    above = {head for path in actor.area_paths for head in heads(path)}
    return Value.objects.filter(within(actor.area_paths) | Q(area_path__in=above))


def units_seen(actor: Actor) -> QuerySet[Organisation]:
    """The areas whose numbers the actor may ask for: those in its territories and the areas above them."""
    if not may_see(actor):
        return Organisation.objects.none()
    return organisations.visible_to(actor).filter(kind__in=AREAS, ends_on=None).order_by("area_path")


def unit_seen(code: str, actor: Actor) -> Organisation:
    """The area of a code, or (without one) the actor's own; NotFound outside."""
    rows = units_seen(actor)
    own = within(actor.area_paths[:1]) if actor.area_paths else Q(pk__in=())
    rows = rows.filter(code=code) if code else rows.filter(own)
    return one_of(rows, _("没有找到该地区。"), advice=_("它可能不在您的辖区内。"))


def covers(unit: Organisation, actor: Actor) -> bool:
    """Whether an area lies in the actor's territories, so that its parts may be told too."""
    return actor.works_in(unit.area_path)


def may_explain(actor: Actor) -> bool:
    """Whether the post explains values."""
    return actor.subject_id is None and any(actor.may(one) for one in EXPLAINERS)


def may_edit(actor: Actor) -> bool:
    """Whether the post computes and explains values by hand."""
    return actor.may("figures.edit") and actor.subject_id is None


def value_for(value_id: int, actor: Actor) -> Value:
    """One of them, with its indicator and unit, or NotFound."""
    return one_of(
        values_visible_to(actor).select_related("indicator", "organisation", "replaces").filter(pk=value_id),
        _("没有这个值，或它不在您的范围内。"),
        advice=_("请从指标页面重新进入。"),
    )


def value_to_explain(value_id: int, actor: Actor) -> Value:
    """One that the actor may explain."""
    require(actor, *EXPLAINERS, advice=_("指标的值由统计岗位登记，或由报送经审核后入库。"))
    return value_for(value_id, actor)


def unit_to_record(organisation_id: int, actor: Actor) -> Organisation:
    """The unit whose value is brought: the actor may bring values, and it lies in the actor's territories."""
    require(actor, *RECORDERS, advice=_("指标的值由统计岗位登记，或由报送经审核后入库。"))
    return _unit(organisation_id, actor)


def unit_to_compute(organisation_id: int, actor: Actor) -> Organisation:
    """The unit whose value is computed: counting one's own rows needs no figures desk, but a post that works with figures."""
    require(actor, *COMPUTERS, advice=_("指标的值由统计岗位登记，或由报送经审核后入库。"))
    return _unit(organisation_id, actor)


def readings_visible_to(actor: Actor) -> QuerySet[Reading]:
    """The bulletins read for units of the actor's territories: what nobody has judged yet is the unit's own matter."""
    return Reading.objects.filter(within(actor.area_paths)) if may_see(actor) else Reading.objects.none()


def reading_for(reading_id: int, actor: Actor) -> Reading:
    """One of them, or NotFound."""
    return one_of(
        readings_visible_to(actor).select_related("source", "organisation", "file").filter(pk=reading_id),
        _("没有这次读数，或它不在您的范围内。"),
        advice=_("请从“简报读数”重新进入。"),
    )


def reading_to_review(reading_id: int, actor: Actor) -> Reading:
    """One whose figures the actor may accept or reject."""
    require(actor, "figures.edit", advice=_("指标的值由统计岗位登记，或由报送经审核后入库。"))
    return reading_for(reading_id, actor)


def read_figure_to_review(reading_id: int, number: int, actor: Actor) -> ReadFigure:
    """One figure of it, by its number, or NotFound."""
    reading = reading_to_review(reading_id, actor)
    return one_of(
        ReadFigure.objects.filter(reading=reading, number=number).select_related("reading__source"),
        _("简报里没有这个数。"),
        advice=_("请从读数页重新进入。"),
    )


def unit_to_read_for(organisation_id: int, actor: Actor) -> Organisation:
    """The unit whose bulletin is handed in: one of the actor's territories."""
    require(actor, "figures.edit", advice=_("指标的值由统计岗位登记，或由报送经审核后入库。"))
    return _unit(organisation_id, actor)


def _unit(organisation_id: int, actor: Actor) -> Organisation:
    return one_of(
        Organisation.objects.filter(within(actor.area_paths), pk=organisation_id),
        _("没有找到该机构。"),
        advice=_("它可能不在您的辖区内。"),
    )


def require_loader(actor: Actor) -> None:
    """Figures come in with a campaign pack: its administrator, or the system while installing."""
    if not (actor.may("campaign.apply") or actor.role == "system"):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("历史数据由系统管理员随活动包装载。"))


def may_see(actor: Actor) -> bool:
    """Whether the post sees figures at all."""
    return actor.may("figures.see") and actor.subject_id is None
