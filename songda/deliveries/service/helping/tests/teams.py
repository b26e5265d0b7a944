"""Short ways to set teams up."""

from __future__ import annotations

from songda.deliveries.service.helping import actions
from songda.deliveries.service.helping.actions import NewTeam
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, firm, hire, place


def team(cast, name="第一服务指导小组", *, kind="group", rank="section", leader=None, force=None):
    head = leader or hire(Role.SERVICE_OFFICER, at=cast.zone, name=f"{name}组长")
    new = NewTeam(kind, name, cast.bureau.pk, head.post_id, rank, organisation_id=force.pk if force else None)
    return actions.found_team(new, by=cast.dispatcher, now=NOW)


def force(cast, code="force-a", name="甲服务专班"):
    return place(code, name, "task_force", cast.zone)


def projects(cast, count, kind="project"):
    streets = [cast.street_office, place("street-a2", "甲二街道", "street", cast.zone, "002")]
    return [firm(f"示例工程{n:03d}", streets[n % 2], f"P{n:04d}", kind=kind) for n in range(count)]
