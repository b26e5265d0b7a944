"""A ground to visit: the demands' board, three more departments, and a firm, market and places to go to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from songda.deliveries.service.demands.tests.board import Board, lay
from songda.deliveries.service.visits import actions
from songda.deliveries.service.visits.actions import Answer, Found, Plan, Report, Wanted
from songda.deliveries.service.visits.models import Stop, Visit
from songda.registry.actors import Actor
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, Cast, hire, place
from songda.registry.subjects.models import Subject

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass
class Ground:
    """The board, other departments of the zone, and the verbs in few words."""

    board: Board
    second: Actor  # a desk of another department of the zone
    third: Actor  # and of a third one

    @property
    def cast(self) -> Cast:
        return self.board.cast

    @property
    def firm(self) -> Subject:
        return self.board.cast.firm

    def plan(self, *, by: Actor | None = None, at: dt.datetime = NOW + 4 * HOUR, stops: tuple = (), **more: object) -> Visit:
        wanted = stops or (Wanted(self.firm.pk),)
        given = {"purpose": "了解用工情况", **more}
        key = given.pop("request_key", "")
        return actions.plan_visit(Plan(starts_at=at, stops=wanted, **given), by=by or self.cast.officer, now=NOW, request_key=key)

    def accepted(self, **more: object) -> Visit:
        visit = self.plan(**more)
        by = more.get("by") or self.cast.officer
        actions.offer_slot(visit.pk, by=by, now=NOW)
        actions.answer_visit(visit.stops.get().pk, Answer("accepted"), by=self.cast.clerk, now=NOW)
        return fresh(visit)

    def record(self, stop: Stop, *, by: Actor | None = None, key: str = "k1", now: dt.datetime = NOW, **more: object) -> Stop:
        told = {"arrived_at": NOW, "met": "示例厂长", "notes": "看了车间。", "no_issue": not more.get("findings"), **more}
        return actions.record_stop(stop.pk, Report(**told), by=by or self.cast.officer, now=now, request_key=key)


def lay_ground(cast: Cast) -> Ground:
    """The board and two more departments."""
    second = hire(Role.DEPARTMENT_DESK, at=place("bureau-s", "甲区应急局", "department", cast.zone), name="示例应急经办")
    third = hire(Role.DEPARTMENT_DESK, at=place("bureau-t", "甲区统计局", "department", cast.zone), name="示例统计经办")
    return Ground(lay(cast), second, third)


def fresh(thing):
    thing.refresh_from_db()
    return thing


def issue(text: str = "仓库漏雨，急需维修", **more: object) -> Found:
    return Found("issue", text, **more)
