"""A few hundred invented calls, and that the judge sees what is wrong. The long run is `make torture`."""

from __future__ import annotations

import json

import pytest

from songda.deliveries.service.demands.tests import board
from songda.kernel import clock
from songda.registry.people.tests.cast import NOW
from songda.registry.programs import rules
from tests.fuzz.calling import Judge, answered, fuzz
from tests.fuzz.ground import Ground, laid
from tests.fuzz.inventing import Call, Inventor

CALLS = 120


@pytest.fixture
def ground(cast, settings, monkeypatch) -> Ground:
    """The cast with demands, without the pack: what the long run has besides takes seconds to lay."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    monkeypatch.setattr(rules, "LIMITS", {"call": 10**9, "write": 10**9})
    board.lay(cast)
    return laid(cast)


def test_invented_calls_meet_no_server_error(ground):
    found = fuzz(ground.scopes, ground.known, CALLS, seed=3)
    assert found["wrong"] == {}, json.dumps(found["samples"], ensure_ascii=False, indent=1)
    assert found["statuses"][200] > CALLS / 10
    assert len(found["done"]) > 10  # of many operations


def description() -> dict:
    from ninja.responses import NinjaJSONEncoder

    from songda.portal.api.urls import API

    return json.loads(json.dumps(API.get_openapi_schema(path_prefix="api/v1/"), cls=NinjaJSONEncoder))


def test_the_same_seed_makes_the_same_calls():
    one, two = (Inventor(description(), {"sda_1_x": frozenset()}, {"code": ["a"]}, 5) for _ in range(2))
    assert [one.call() for _ in range(50)] == [two.call() for _ in range(50)]


@pytest.mark.parametrize(
    ("status", "kind", "body", "fault"),
    [
        (500, "application/json", b"{}", "me: 500"),
        (200, "text/html", b"{}", "me: 200 is text/html"),
        (201, "application/json", b"{}", "me: 201 is not declared"),
        (200, "application/json", b"{}", "me: 200 is not of its shape"),
        (404, "application/json", b'{"detail": "x"}', "me: 404 is not of its shape"),
        (405, "application/json", b"{}", "me: 405 for a method that is declared"),
    ],
)
def test_the_judge_is_not_blind(status, kind, body, fault):
    judge = Judge(description())
    call = Call("me", "GET", "/api/v1/me", "", {}, asked="/api/v1/me", declared=frozenset({200, 404}))
    judge.look(call, status, {"Content-Type": kind, "X-Request-Id": "x"}, body)
    assert dict(judge.wrong) == {fault: 1}
    assert callable(answered)
