"""The line of each request, and that nothing of people is in the log whatever they type."""

from __future__ import annotations

import json
import logging
from io import StringIO

import pytest
from django.test import Client

from songda.kernel.logs import JsonLines
from songda.registry.people.tests.cast import Cast, enter

NAME, PHONE, NUMBER, LOGIN = "示例丙丁戊", "13900001111", "410100199001011234", "zhangsan-login"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What the log says, as it would be written."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root, access = logging.getLogger(), logging.getLogger("songda.access")
    root.addHandler(handler)
    access.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    access.setLevel(logging.NOTSET)
    root.removeHandler(handler)


def test_a_request_leaves_one_line(cast: Cast, client: Client, lines) -> None:
    enter(client, cast.street)
    answer = client.get(f"/subjects/{cast.firm.pk}/")
    (line,) = lines()
    assert answer.status_code == 200
    assert line["request"] == answer["X-Request-Id"]
    assert (line["pattern"], line["method"], line["status"], line["role"]) == (
        "/subjects/<int:subject_id>/", "GET", 200, "street_clerk",
    )  # fmt: skip
    assert 0 < line["queries"] < 60
    assert line["ms"] > 0
    assert line["cpu"] > 0
    assert f"app;dur={line['ms']}" == answer["Server-Timing"]


def test_an_address_that_fits_nothing_is_not_repeated(client: Client, lines) -> None:
    client.get(f"/{NAME}/{PHONE}/")
    (line,) = lines()
    assert (line["pattern"], line["status"]) == ("", 404)


def test_nothing_of_people_is_in_the_log(cast: Cast, lines, monkeypatch) -> None:
    """Names, phones, numbers and login names go through pages, wrong forms, lock-outs, strange hosts and faults."""
    client = Client(raise_request_exception=False)
    for _ in range(6):
        client.post("/sign-in/", {"username": LOGIN, "password": PHONE})
    enter(client, cast.street)
    for address in ("/subjects/", "/firms/", "/cases/", "/people/", f"/{NAME}/", f"/subjects/{NUMBER}/"):
        client.get(address, {"q": f"{NAME} {PHONE} {NUMBER}"})
        client.post(address, {"name": NAME, "phone": PHONE, "text": NUMBER})
    client.get("/", headers={"host": f"{LOGIN}.example/"})
    Client(enforce_csrf_checks=True).post("/sign-in/", {"username": LOGIN, "password": NAME})

    def fail(*_words: object, **_more: object) -> None:
        raise ValueError(f"{NAME} {PHONE} {NUMBER} {LOGIN}")

    monkeypatch.setattr("songda.portal.home.pages.figures_for", fail)
    assert client.get("/", {"q": NAME}).status_code == 500
    found = json.dumps(lines(), ensure_ascii=False)
    assert '"builtins.ValueError"' in found
    assert [text for text in (NAME, PHONE, NUMBER, LOGIN, cast.firm.name, cast.street.name) if text in found] == []
    assert len(lines()) > 20


def test_the_test_would_see_a_name(lines) -> None:
    logging.getLogger("songda.jobs").warning("told %s", NAME)
    assert NAME in json.dumps(lines(), ensure_ascii=False)
