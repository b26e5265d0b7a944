"""Routing: the first rule that holds, then officer, street and desk; deputies; a rule that cannot be read."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.actions import Assignees
from songda.deliveries.service.demands.rules.routing import case_catalogue, choose, route_faults
from songda.deliveries.service.demands.tests.board import NOW, fresh
from songda.engines.rules.catalogue import Catalogue, CodeList
from songda.engines.rules.facts import Datum
from songda.kernel.errors import Invalid, NotFound
from songda.ledger.cases.rules.kinds import Route
from songda.registry.people.actions import Leave, note_absence
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, hire

LISTS = {"difficulty-kinds": CodeList("difficulty-kinds", {"labour": "用工", "land": "用地"})}
CATALOGUE = case_catalogue(Catalogue.of(()), LISTS)
ROUTES = (Route("问题分类 属于 {用工}", "hr", reason="用工"), Route("紧急诉求", "street"), Route("", "desk"))


def test_the_first_rule_that_holds():
    def place(**facts):
        return choose(ROUTES, {f"case_{name}": Datum(value) for name, value in facts.items()}, on=DAY, catalogue=CATALOGUE).place

    assert place(category="labour", urgent=True) == 1
    assert place(category="land", urgent=True) == 2
    assert place(category="land", urgent=False) == 3


def test_a_rule_that_wants_data_or_cannot_be_read_is_passed_over_and_said():
    routes = (Route("不存在的名称 属于 {甲}", "x"), *ROUTES)
    found = choose(routes, {"case_urgent": Datum(value=False)}, on=DAY, catalogue=CATALOGUE)
    assert (found.place, found.doubtful) == (4, (1, 2))
    assert len(route_faults(routes, CATALOGUE, frozenset({"hr"}))) == 2


def test_the_suggestion_says_its_rule(board):
    found = queries.suggest(board.file(), on=DAY)
    assert (found.lead, found.support, found.rule) == (board.cast.bureau, (board.cast.street_office,), 1)
    assert found.reason == "按规则第 1 条：用工诉求由区科工信局牵头"


def test_without_a_rule_the_officer_then_the_street(board):
    cast = board.cast
    own = queries.suggest(board.file(category="power"), on=DAY)
    assert (own.lead, own.holder.pk, own.rule) == (cast.zone, cast.officer.post_id, 0)
    other = queries.suggest(board.file(category="power", of=cast.neighbour, by=cast.desk), on=DAY)
    assert (other.lead, other.holder) == (cast.street_office, None)


def test_a_deputy_takes_the_officers_place_and_nobody_takes_the_uncovered_ones(board):
    cast = board.cast
    deputy = hire(Role.SERVICE_OFFICER, at=cast.zone, name="示例代理")
    case = board.file(category="power")
    leave = Leave(DAY, DAY + dt.timedelta(days=3), deputy.post_id)
    note_absence(cast.officer.post_id, leave, by=cast.officer, now=NOW)
    assert queries.suggest(case, on=DAY).holder.pk == deputy.post_id
    actions.assign_demand(case.pk, Assignees(cast.zone.pk, cast.officer.post_id), by=cast.dispatcher, now=NOW)
    assert fresh(case).holder_id == deputy.post_id
    third = hire(Role.SERVICE_OFFICER, at=cast.zone)
    note_absence(third.post_id, Leave(DAY, DAY), by=third, now=NOW)
    with pytest.raises(Invalid):
        actions.assign_demand(case.pk, Assignees(cast.zone.pk, third.post_id), by=cast.dispatcher, now=NOW)


def test_a_holder_sits_in_the_lead_and_the_lead_in_sight(board):
    case = board.file()
    with pytest.raises(Invalid):
        actions.assign_demand(
            case.pk, Assignees(board.cast.bureau.pk, board.cast.officer.post_id), by=board.cast.dispatcher, now=NOW
        )
    with pytest.raises(NotFound):
        actions.assign_demand(case.pk, Assignees(board.cast.other_street.pk), by=board.cast.dispatcher, now=NOW)


def test_the_pool_asks_the_same_number_of_queries_for_any_length(board, django_assert_num_queries, django_assert_max_num_queries):
    board.file()
    queries.pool(board.cast.dispatcher, now=NOW)
    with django_assert_max_num_queries(20) as seen:
        queries.pool(board.cast.dispatcher, now=NOW)
    for number in range(12):
        board.file(title=f"第{number}件", category=("labour", "power")[number % 2])
    with django_assert_num_queries(len(seen)):
        assert len(queries.pool(board.cast.dispatcher, now=NOW)) == 13
    assert {one.post.pk for one in queries.posts_of(board.cast.bureau.pk)} >= {board.cast.desk.post_id, board.colleague.post_id}
