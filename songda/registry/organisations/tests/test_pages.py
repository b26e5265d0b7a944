"""The pages of the tree."""

from __future__ import annotations

import pytest

from songda.registry.organisations.models import Organisation
from songda.registry.people.tests.cast import enter

pytestmark = pytest.mark.urls("songda.registry.organisations.urls")


def test_the_tree_shows_what_is_in_sight(client, cast, django_assert_max_num_queries):
    enter(client, cast.dispatcher)
    with django_assert_max_num_queries(9):
        page = client.get("/organisations/")
    text = page.content.decode()
    assert "甲一街道" in text
    assert "乙一街道" not in text
    assert "/organisations/new/" not in text
    assert client.get(f"/organisations/{cast.other_zone.pk}/").status_code == 404
    assert client.get("/organisations/new/").status_code == 403


def test_a_units_record_says_what_its_figures_count(client, cast):
    enter(client, cast.dispatcher)
    page = client.get(f"/organisations/{cast.zone.pk}/").content.decode()
    assert "甲开发区口径" in page
    assert "甲区科工信局" in page


def test_the_administrator_founds_and_grades(client, cast):
    enter(client, cast.system_admin)
    given = {"parent": "zone-a", "kind": "park", "code": "park-a", "name": "示例园区", "segment": "P1"}
    made = client.post("/organisations/new/", given)
    park = Organisation.objects.get(code="park-a")
    assert made.url == f"/organisations/{park.pk}/"
    assert client.post(made.url + "grade/", {"stars": 2, "on": "2019-12-01"}).url == made.url
    assert "2019年12月1日" in client.get(made.url).content.decode()
    assert client.post(made.url + "grade/", {"stars": 9, "on": "2019-12-01"}).status_code == 302
    park.refresh_from_db()
    assert park.stars == 2
    again = client.post("/organisations/new/", given)
    assert again.status_code == 200
    assert "已被使用" in again.content.decode()


def test_administrators_of_other_things_and_firms_stay_out(client, cast):
    for part in (cast.audit_admin, cast.clerk):
        enter(client, part)
        assert client.get("/organisations/").status_code == 403
