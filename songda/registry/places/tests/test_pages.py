"""The pages of the room."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template

from songda.registry.people.tests.cast import enter
from songda.registry.places.models import Place, Tile
from songda.registry.places.rules.tiles import AreaValue
from songda.registry.places.tests.test_queries import place, scattered

GIVEN = {"kind": "market", "name": "示例新市场", "form": "point", "points": "34.7466, 113.6253", "note": ""}


@pytest.mark.row("SUP-17")
def test_the_map_links_each_figure_to_its_rows_and_needs_no_network(cast, client):
    Tile.objects.create(organisation=cast.zone, row=0, column=1)
    place(cast)
    place(cast, home=cast.other_street, by=cast.leader)
    enter(client, cast.leader)
    page = client.get("/places/").content.decode()
    drawing = re.search(r'<figure class="tiles">.*?</figure>', page, re.DOTALL)[0]
    assert 'href="/places/?kind=&amp;area=zone-a"' in drawing
    assert "甲开发区：1处" in drawing
    assert "不表示边界" in drawing
    assert not re.search(r"https?://", page)
    narrowed = client.get("/places/?kind=market&area=zone-a").content.decode()
    assert "共 1 条" in narrowed


def test_the_tag_serves_any_board(cast):
    values = [AreaValue("zone-a", "甲开发区", 12, "/cases/?area=zone-a"), AreaValue("zone-b", "乙区", None)]
    shown = Template('{% load places %}{% area_tiles values unit="件" %}').render(Context({"values": values}))
    assert "甲开发区：12件" in shown
    assert 'href="/cases/?area=zone-a"' in shown
    assert "乙区：—件" in shown


def test_the_list_and_a_record_cost_the_same_for_many(cast, client, django_assert_max_num_queries):
    first = scattered(3, cast.street_office, 120)[0]
    enter(client, cast.street)
    with django_assert_max_num_queries(12):
        assert client.get("/places/").status_code == 200
    with django_assert_max_num_queries(14):
        page = client.get(f"/places/{first.pk}/").content.decode()
    assert '<svg viewBox="0 0 360 240"' in page


def test_searching_near_a_point(cast, client):
    made = place(cast)
    place(
        cast,
        "zone",
        form="area",
        points=((34_700_000, 113_600_000), (34_700_000, 113_700_000), (34_800_000, 113_700_000), (34_800_000, 113_600_000)),
    )
    enter(client, cast.street)
    assert client.get("/places/near/").status_code == 200
    page = client.get("/places/near/?near=34.7476,113.6253").content.decode()
    assert f"/places/{made.pk}/" in page
    assert "111" in page
    assert "该坐标位于" in page
    assert "先写纬度" in client.get("/places/near/?near=113.6,34.7").content.decode()


def test_a_clerk_enters_corrects_and_closes(cast, client):
    enter(client, cast.street)
    told = {**GIVEN, "home": cast.street_office.pk}
    wrong = client.post("/places/new/", {**told, "points": "113.6253, 34.7466"}).content.decode()
    assert "先写纬度" in wrong
    assert client.post("/places/new/", {**told, "home": cast.zone.pk}).status_code == 200  # above the clerk's own territory
    answer = client.post("/places/new/", told)
    made = Place.objects.get()
    assert answer["location"] == f"/places/{made.pk}/"
    assert "34.7466, 113.6253" in client.get(f"/places/{made.pk}/correct/").content.decode()
    assert client.post(f"/places/{made.pk}/correct/", {**told, "name": "示例更名市场"}).status_code == 302
    assert client.post(f"/places/{made.pk}/close/").status_code == 302
    made.refresh_from_db()
    assert (made.name, made.closed_on is None) == ("示例更名市场", False)
    assert "已撤销" in client.get(f"/places/{made.pk}/").content.decode()


@pytest.mark.parametrize(("part", "status"), [("stranger", 404), ("editor", 403), ("clerk", 403)])
def test_others_do_not_get_in(cast, client, part, status):
    site = place(cast, "site")
    enter(client, getattr(cast, part))
    assert client.get(f"/places/{site.pk}/").status_code == status
