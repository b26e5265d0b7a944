"""Calls through the real door: who is let in, and the one shape of what is refused."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from songda.registry.actors import Actor
from songda.registry.people.tests.cast import DAY, NOW, Cast
from songda.registry.programs import actions
from songda.registry.programs.rules import open_to


def bearer(actor: Actor, *scopes: str, **more: object) -> str:
    """The text of a token for this part, with these scopes (none: all that it may give)."""
    given = {
        "name": "取数程序",
        "expires_on": DAY + dt.timedelta(days=30),
        "scopes": scopes or open_to(actor.permissions),
        **more,
    }
    return actions.make_token(actions.Given(**given), by=actor, now=NOW).text


def caller(text: str) -> Client:
    """A program with this token; it sends and takes JSON."""
    return Client(headers={"Authorization": f"Bearer {text}"})


def send(client: Client, address: str, body: object, key: str = "key-00000001"):
    return client.post(f"/api/v1/{address}", json.dumps(body), "application/json", headers={"Idempotency-Key": key})


@pytest.fixture(autouse=True)
def on_the_day(settings) -> None:
    from songda.kernel import clock
    from songda.registry.programs.actions.spend_calls import LEASES

    LEASES.clear()
    settings.CLOCK_SHIFT += NOW - clock.now()


@pytest.mark.django_db
def test_a_program_learns_who_it_is(cast: Cast) -> None:
    told = caller(bearer(cast.street, "subjects.see")).get("/api/v1/me")
    assert told.status_code == 200, told.content.decode()
    assert told.json()["permissions"] == ["subjects.see"]
    assert told["RateLimit-Limit"] == "600"
    assert told["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_every_list_answers(cast: Cast) -> None:
    program = caller(bearer(cast.street))
    for address in ("organisations", "dictionaries", "subjects", "facts", "cases", "measures", "pushes", "returns", "bulletins"):
        told = program.get(f"/api/v1/{address}")
        assert told.status_code == 200, (address, told.content.decode())
        assert set(told.json()) == {"items", "next"}


@pytest.mark.django_db
def test_pages_of_a_list_meet(cast: Cast) -> None:
    program, seen, after = caller(bearer(cast.dispatcher)), [], ""
    while after is not None:
        told = program.get("/api/v1/organisations", {"limit": 2, "after": after}).json()
        seen += [one["code"] for one in told["items"]]
        after = told["next"]
    assert len(seen) == len(set(seen)) >= 4
    assert program.get("/api/v1/organisations", {"after": "forged"}).json()["error"]["fields"].keys() == {"after"}


@pytest.mark.django_db
def test_a_firm_sees_itself_alone(cast: Cast) -> None:
    program = caller(bearer(cast.clerk))
    assert [one["id"] for one in program.get("/api/v1/subjects").json()["items"]] == [cast.firm.pk]
    assert program.get(f"/api/v1/subjects/{cast.neighbour.pk}").status_code == 404
    for part in ("facts", "verdicts", "notices"):
        assert program.get(f"/api/v1/subjects/{cast.firm.pk}/{part}").status_code == 200, part
        assert program.get(f"/api/v1/subjects/{cast.neighbour.pk}/{part}").status_code == 404, part


SHAPE = {"code", "message", "advice", "fields", "request_id"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ask", "status", "code"),
    [
        (lambda c: Client().get("/api/v1/me"), 401, "unidentified"),
        (lambda c: Client().get("/api/v1/nowhere"), 404, "not_found"),
        (lambda c: Client().post("/api/nowhere/at/all/"), 404, "not_found"),
        (lambda c: c.get("/api/v1/subjects/999999999999999999999999"), 422, "unreadable"),
        (lambda c: c.get("/api/v1/subjects/999999"), 404, "not_found"),
        (lambda c: c.get("/api/v1/subjects?limit=1000"), 422, "unreadable"),
        (lambda c: c.get("/api/v1/values"), 405, "wrong_method"),
        (lambda c: c.get("/api/v1/indicators"), 403, "not_permitted"),
        (lambda c: send(c, "demands", {"title": "x"}, key=""), 400, "no_idempotency_key"),
        (lambda c: send(c, "demands", {"stranger": 1}), 422, "unreadable"),
        (lambda c: c.post("/api/v1/demands", "{", "application/json", headers={"Idempotency-Key": "k" * 8}), 400, "no_json"),
        (lambda c: c.post("/api/v1/demands", "x" * 1024 * 1025, "application/json"), 413, "too_large"),
    ],
)
def test_every_refusal_has_the_one_shape(cast: Cast, ask, status: int, code: str) -> None:
    told = ask(caller(bearer(cast.street)))
    assert (told.status_code, told.json()["error"]["code"]) == (status, code), told.content.decode()
    assert set(told.json()["error"]) == SHAPE
    assert told.json()["error"]["request_id"] == told["X-Request-Id"]


@pytest.mark.django_db
def test_a_fault_has_the_shape_too(cast: Cast, monkeypatch, settings) -> None:
    from songda.registry.subjects import api

    monkeypatch.setattr(api.queries, "listed", lambda *_a: 1 / 0)
    program = caller(bearer(cast.street))
    program.raise_request_exception = False
    told = program.get("/api/v1/subjects")
    assert (told.status_code, told.json()["error"]["code"]) == (500, "fault")
    assert set(told.json()["error"]) == SHAPE


@pytest.mark.django_db
def test_cookies_open_nothing(cast: Cast, client: Client) -> None:
    from songda.registry.people.tests.cast import enter

    assert enter(client, cast.street).get("/api/v1/me").status_code == 401


@pytest.mark.django_db
def test_the_description_names_each_shape_once() -> None:
    from songda.portal.api.urls import API

    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    named: dict[str, type] = {}
    for router in API._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                shapes = [one for one in operation.response_models.values() if one]
                assert "Refusal" in json.dumps(told["paths"])
                for shape in shapes:
                    for name, inner in shape.model_json_schema().get("$defs", {}).items():
                        assert named.setdefault(name, inner) == inner, f"two shapes are called {name}"
