"""Founding, moving and grading units; taking part in a task force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.paths import within
from songda.registry.actors import Actor
from songda.registry.organisations.access import organisation_for
from songda.registry.organisations.models import Member, Move, Organisation
from songda.registry.organisations.queries import by_code
from songda.registry.organisations.rules import TERRITORIES, fault_of_place, fault_of_segment, free_segment, path_of, segment_of


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What must be said of a unit to found it. `segment` is chosen when empty; `since` is the day of founding when None."""

    code: str
    name: str
    kind: str
    parent: str = ""
    short_name: str = ""
    segment: str = ""
    branch_of: str = ""
    official_code: str = ""
    since: dt.date | None = None


@transaction.atomic
def found_organisation(unit: NewUnit, *, by: Actor, now: dt.datetime) -> Organisation:
    """Add a unit to the tree. Refused: a code in use, a place its kind may not have, a branch of something other than a department."""
    may_edit(by)
    parent = by_code(unit.parent) if unit.parent else None
    must_fit(unit, parent)
    branch_of = by_code(unit.branch_of) if unit.branch_of else None
    if branch_of and not unit.kind == branch_of.kind == Organisation.Kind.DEPARTMENT:
        raise Invalid(_("派出机构与其所属机构都应是部门。"), fields={"branch_of": _("请选择上级部门。")})
    made = Organisation.objects.create(
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name or unit.name,
        kind=unit.kind,
        parent=parent,
        branch_of=branch_of,
        area_path=path_of(unit.kind, parent.area_path if parent else "", new_segment(unit, parent)),
        official_code=unit.official_code,
        starts_on=unit.since,
    )
    Move.objects.create(organisation=made, parent=parent, area_path=made.area_path, starts_on=unit.since or day_of(now))
    record("organisation.found", made, by=by, now=now, after={"code": made.code, "kind": made.kind, "area_path": made.area_path})
    return made


@transaction.atomic
def move_organisation(organisation_id: int, parent_code: str, *, on: dt.date, by: Actor, now: dt.datetime) -> dict[str, str]:
    """Put a unit under another one from a day on; the old and new path of its territory (empty for a department).

    All units below go with it, and each gets a row of history, so that figures of an earlier day are rolled up by the tree of
    that day. Copies of the path elsewhere (subjects, matches, deliveries) are the caller's: `kernel.paths.repath`.
    """
    may_edit(by)
    unit = organisation_for(organisation_id, by)
    parent = by_code(parent_code)
    followers = following(unit)
    must_be_movable(unit, parent, on, now, followers)
    old = unit.area_path
    new = path_of(unit.kind, parent.area_path, segment_in(parent, unit))
    was = {"parent": unit.parent.code if unit.parent else None, "area_path": old}
    unit.parent = parent
    for one in [unit, *followers]:
        one.area_path = new + one.area_path.removeprefix(old)
        one.save(update_fields=["area_path", "parent"])
        place_from(one, on)
    record("organisation.move", unit, by=by, now=now, before=was, after={"parent": parent.code, "area_path": new, "on": on})
    return {old: new} if unit.kind in TERRITORIES and old != new else {}


@transaction.atomic
def grade_park(park_id: int, stars: int, *, on: dt.date, by: Actor, now: dt.datetime) -> Organisation:
    """Note the star grade 星级 of a park and the day it was given. Earlier grades stay in the trail."""
    may_edit(by)
    park = organisation_for(park_id, by)
    if park.kind != Organisation.Kind.PARK or not 1 <= stars <= 6:
        raise Invalid(_("星级为 1 至 6，只能评给园区。"), fields={"stars": _("请输入 1 至 6。")})
    was = {"stars": park.stars, "stars_on": park.stars_on}
    park.stars, park.stars_on = stars, on
    park.save(update_fields=["stars", "stars_on"])
    record("organisation.grade", park, by=by, now=now, before=was, after={"stars": stars, "stars_on": on})
    return park


@transaction.atomic
def join_task_force(
    task_force_code: str, member_code: str, *, lead: bool = False, on: dt.date, by: Actor, now: dt.datetime
) -> Member:
    """Let a unit take part in a task force from a day on; Conflict when it does already."""
    may_edit(by)
    task_force, unit = by_code(task_force_code), by_code(member_code)
    if task_force.kind != Organisation.Kind.TASK_FORCE:
        raise Invalid(_("“%(name)s”不是专班。") % {"name": task_force})
    if Member.objects.filter(task_force=task_force, organisation=unit, ends_on=None).exists():
        raise Conflict(_("“%(name)s”已是该专班的成员单位。") % {"name": unit})
    member = Member.objects.create(task_force=task_force, organisation=unit, lead=lead, starts_on=on)
    record("task_force.join", task_force, by=by, now=now, after={"member": unit.code, "lead": lead, "on": on})
    return member


@transaction.atomic
def leave_task_force(member_id: int, *, on: dt.date, by: Actor, now: dt.datetime) -> None:
    """End a unit's part in a task force; Conflict when it has ended already."""
    may_edit(by)
    if Member.objects.filter(pk=member_id, ends_on=None).update(ends_on=on) != 1:
        raise Conflict(_("该成员单位已退出。"))
    member = Member.objects.select_related("task_force", "organisation").get(pk=member_id)
    record("task_force.leave", member.task_force, by=by, now=now, after={"member": member.organisation.code, "on": on})


def may_edit(by: Actor) -> None:
    """The tree is edited by who may, and by the system when a pack is applied."""
    if not (by.may("organisations.edit") or by.role == "system"):
        raise NotPermitted(_("您当前的岗位不能修改机构。"), advice=_("请联系系统管理员。"))


def must_fit(unit: NewUnit, parent: Organisation | None) -> None:
    """Refuse a unit whose code is taken or whose kind may not stand there."""
    if unit.kind not in Organisation.Kind.values:
        raise Invalid(
            _("没有“%(kind)s”这一机构类型。") % {"kind": unit.kind}, fields={"kind": "、".join(Organisation.Kind.values)}
        )
    if Organisation.objects.filter(code=unit.code).exists():
        raise Conflict(_("机构代码“%(code)s”已被使用。") % {"code": unit.code})
    if fault := fault_of_place(unit.kind, parent.kind if parent else None):
        raise Invalid(fault, fields={"parent": fault})


def new_segment(unit: NewUnit, parent: Organisation | None) -> str:
    """The path segment of a new territory: the one asked for, if it may be used, or the lowest free number."""
    taken = segments_below(parent)
    segment = unit.segment or free_segment(taken)
    if unit.kind in TERRITORIES and (fault := fault_of_segment(segment, taken)):
        raise Invalid(fault, fields={"segment": fault})
    return segment


def segment_in(parent: Organisation, unit: Organisation) -> str:
    """The path segment of a unit that moves in: the one it had, unless another unit has or had it there."""
    taken, kept = segments_below(parent, unit), segment_of(unit.area_path)
    return free_segment(taken) if kept in taken else kept


def segments_below(parent: Organisation | None, but: Organisation | None = None) -> set[str]:
    """The segments ever used directly below a unit by others than `but`: a path is never given to a second unit."""
    stood = Move.objects.filter(parent=parent, organisation__kind__in=TERRITORIES).exclude(organisation=but)
    return {segment_of(path) for path in stood.values_list("area_path", flat=True)}


def following(unit: Organisation) -> list[Organisation]:
    """The units that go where this one goes: all in its territory, or all below a department."""
    if unit.kind in TERRITORIES:
        return list(Organisation.objects.filter(within([unit.area_path])).exclude(pk=unit.pk))
    found: list[Organisation] = []
    level = [unit.pk]
    while level:
        children = list(Organisation.objects.filter(parent_id__in=level))
        found += children
        level = [child.pk for child in children]
    return found


def must_be_movable(
    unit: Organisation, parent: Organisation, on: dt.date, now: dt.datetime, followers: Collection[Organisation]
) -> None:
    """Refuse a move under itself, to a place its kind may not have, on a day to come or before it came to its present place."""
    if parent == unit or parent in followers:
        raise Conflict(_("不能把机构移到自己或下级之下。"))
    if parent == unit.parent:
        raise Conflict(_("该机构已在“%(parent)s”之下。") % {"parent": parent})
    if fault := fault_of_place(unit.kind, parent.kind):
        raise Invalid(fault, fields={"parent": fault})
    present = Move.objects.filter(organisation=unit, ends_on=None).first()
    if on > day_of(now) or (present and on < present.starts_on):
        raise Invalid(_("变更日期须在现隶属关系开始之后，且不晚于今日。"), fields={"on": _("请核对变更日期。")})


def place_from(unit: Organisation, on: dt.date) -> None:
    """End the present place of a unit and note the new one; a unit founded after `on` moves from its own first day."""
    present = Move.objects.filter(organisation=unit, ends_on=None).first()
    day = max(on, present.starts_on) if present else on
    Move.objects.filter(organisation=unit, ends_on=None).update(ends_on=day)
    Move.objects.create(organisation=unit, parent=unit.parent, area_path=unit.area_path, starts_on=day)
