"""The pages: a token is shown once, listed without its secret, by a constant number of queries; who may see everybody's."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from songda.kernel import clock
from songda.registry.people.tests.cast import DAY, NOW, Cast, enter
from songda.registry.programs import actions
from songda.registry.programs.models import Token

LATER = DAY + dt.timedelta(days=30)


@pytest.fixture(autouse=True)
def on_the_day(settings) -> None:
    settings.CLOCK_SHIFT += NOW - clock.now()


def some(actor, count: int) -> None:
    for number in range(count):
        actions.make_token(actions.Given(f"取数{number}", ["subjects.see"], LATER), by=actor, now=NOW)


@pytest.mark.django_db
def test_a_token_is_shown_once(cast: Cast, client: Client) -> None:
    enter(client, cast.street)
    form = client.get("/tokens/new/").content.decode()
    assert "读主体与事实" in form
    assert "登记指标值" not in form  # no right of a street clerk
    answer = client.post("/tokens/new/", {"name": "取数", "scopes": ["subjects.see"], "expires_on": LATER.isoformat()})
    token = Token.objects.get()
    assert f"sda_{token.pk}_" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    listed = client.get("/tokens/").content.decode()
    assert f"…{token.tail}" in listed
    assert token.digest not in listed


@pytest.mark.django_db
def test_reading_is_chosen_and_writing_is_not(cast: Cast, client: Client) -> None:
    page = enter(client, cast.street).get("/tokens/new/").content.decode()
    boxes = {
        line.split('value="')[1].split('"')[0]: "checked" in line for line in page.split("<input") if 'name="scopes"' in line
    }
    assert boxes["subjects.see"]
    assert not boxes["facts.edit"]
    assert not boxes["facts.personal"]


@pytest.mark.django_db
def test_what_is_wrong_stands_at_its_field(cast: Cast, client: Client) -> None:
    enter(client, cast.street)
    given = {"name": "取数", "scopes": ["subjects.see"], "expires_on": DAY.isoformat(), "networks": ""}
    assert "请选明天起一年内的日期" in client.post("/tokens/new/", given).content.decode()
    given |= {"expires_on": LATER.isoformat(), "networks": "10.1.0.0/99"}
    assert "请写 IP 地址或地址段" in client.post("/tokens/new/", given).content.decode()
    assert not Token.objects.exists()


@pytest.mark.django_db
def test_everybodys_tokens_are_for_who_keeps_accounts(cast: Cast, client: Client) -> None:
    some(cast.street, 1)
    assert enter(client, cast.street).get("/tokens/all/").status_code == 403
    page = enter(client, cast.security_admin).get("/tokens/all/")
    assert cast.street.name in page.content.decode()
    client.post(f"/tokens/{Token.objects.get().pk}/revoke/")
    assert Token.objects.get().revoked_at is not None
    client.get("/tokens/all/")  # which says that it was done
    assert "取数0" not in client.get("/tokens/all/").content.decode()
    assert "取数0" in client.get("/tokens/all/?past=yes").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("part", "address"), [("street", "/tokens/"), ("security_admin", "/tokens/all/")])
def test_a_list_costs_the_same_whatever_its_length(cast: Cast, client: Client, part: str, address: str) -> None:
    enter(client, getattr(cast, part))
    counts = []
    for more in (1, 6):
        some(cast.street, more)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


@pytest.mark.django_db
def test_the_description_is_read_signed_in_and_from_our_own_files(cast: Cast, client: Client) -> None:
    assert client.get("/api/v1/docs").status_code == 302
    page = enter(client, cast.street).get("/api/v1/docs").content.decode()
    assert "/static/ninja/swagger-ui-bundle.js" in page
    assert "//cdn" not in page
