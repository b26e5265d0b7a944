"""Looks at people: every street, department and firm has somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from songda.portal.opening.safety import few
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Assignment, Post
from songda.registry.people.states import Role
from songda.registry.subjects.models import Subject


def held(on: dt.date, *roles: Role) -> QuerySet[Post]:
    """Posts of some roles on a day."""
    return Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), role__in=roles, starts_on__lte=on)


def lacking(on: dt.date, kind: str, role: Role) -> tuple[list[str], int]:
    """The names of the units of a kind without such a post, and how many units there are.

    A section 科室 is a department below a department: it is not asked, and its posts are those of the department above it.
    """
    rows = Organisation.objects.filter(kind=kind, ends_on=None).order_by("code").values_list("pk", "parent", "short_name")
    above = {pk: parent for pk, parent, _name in rows}
    served = {topmost(unit, above) for unit in held(on, role).values_list("organisation", flat=True)}
    asked = [(pk, name) for pk, parent, name in rows if parent not in above]
    return [name for pk, name in asked if pk not in served], len(asked)


def topmost(unit: int | None, above: Mapping[int, int | None]) -> int | None:
    """The unit that has no other of its kind over it."""
    while unit is not None and (parent := above.get(unit)) in above:
        unit = parent
    return unit


def streets(on: dt.date) -> Finding:
    """Whether every street has a clerk."""
    without, total = lacking(on, "street", Role.STREET_CLERK)
    if without:
        return fault("街道经办", f"{total} 个街道里 {len(without)} 个没有：{few(without)}。", "请在干部名册里补上，重新导入。")
    return ok("街道经办", f"{total} 个街道都有。")


def departments(on: dt.date) -> Finding:
    """Whether every department has a desk and a lead."""
    desks, total = lacking(on, "department", Role.DEPARTMENT_DESK)
    leads, _total = lacking(on, "department", Role.DEPARTMENT_LEAD)
    wrong = [f"{len(names)} 个没有{word}（{few(names)}）" for names, word in ((desks, "经办"), (leads, "负责人")) if names]
    if wrong:
        return fault("部门", f"{total} 个部门里 {'，'.join(wrong)}。", "请在干部名册里补上，重新导入。")
    return ok("部门", f"{total} 个部门都有经办和负责人。")


def dispatch(on: dt.date) -> Finding:
    """Whether somebody hands matters out, publishes and leads."""
    wanted = (Role.DISPATCHER, Role.POLICY_EDITOR, Role.POLICY_PUBLISHER, Role.LEADER)
    there = set(held(on, *wanted).values_list("role", flat=True))
    missing = [str(role.label) for role in wanted if role.value not in there]
    if missing:
        return fault("统筹与政策", f"没有{'、'.join(missing)}。", "请安全管理员开户任职。")
    return ok("统筹与政策", "调度员、政策编辑、政策发布、领导都有。")


def officers(on: dt.date) -> Finding:
    """How many firms have an officer."""
    del on
    open_ones = Subject.objects.filter(status=Subject.Status.OPEN, kind="enterprise")
    total = open_ones.count()
    having = open_ones.filter(Exists(Assignment.objects.filter(subject=OuterRef("pk"), ends_on=None))).count()
    said = f"{total} 家企业里 {having} 家有包联干部" + (f"（{100 * having // total}%）。" if total else "。")
    if not total:
        return fault("包联", "名录里还没有企业。", "请先导入企业名册。")
    if having < total:
        return warning("包联", said, "请在干部名册的“包联企业信用代码”一栏补上，重新导入。")
    return ok("包联", said)
