from __future__ import annotations

import pytest

from songda.kernel import clock
from songda.registry.people.tests.cast import NOW, enter
from songda.registry.subjects.models import Merge, Subject
from songda.registry.subjects.rules import uscc

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_the_list_shows_the_scope_keeps_its_filters_and_costs_the_same_for_any_length(cast, client, django_assert_num_queries):
    enter(client, cast.street)
    text = client.get("/subjects/", {"kind": "enterprise", "text": ""}).content.decode()
    assert cast.firm.name in text
    assert cast.other_firm.name not in text
    assert '<option value="enterprise" selected>' in text
    few = count_queries(client)
    for n in range(60):
        Subject.objects.create(
            kind="enterprise",
            local_number=f"X{n}",
            name=f"示例{n}",
            name_key=f"shi li {n:03}",
            home=cast.firm.home,
            area_path=cast.firm.area_path,
        )
    assert count_queries(client) == few
    second = client.get("/subjects/").content.decode()
    assert "after=" in second


def count_queries(client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        assert client.get("/subjects/").status_code == 200
    return len(seen)


def test_a_new_subject_is_looked_for_before_it_is_entered(cast, client):
    enter(client, cast.street)
    told = {"kind": "enterprise", "name": "示例独有机械有限公司", "home": cast.firm.home_id, "uscc": ""}
    assert client.post("/subjects/new/", told).status_code == 302
    text = client.post("/subjects/new/", told).content.decode()
    assert "可能与您登记的是同一个" in text
    sure = client.post("/subjects/new/", {**told, "sure": "1"})
    assert sure.status_code == 302
    wrong = client.post("/subjects/new/", {**told, "name": "另一示例厂", "uscc": uscc.complete("91990100MA000001")[:17] + "?"})
    assert "不使用字符" in wrong.content.decode()


def test_rename_alias_park_merge_and_undo(cast, client):
    enter(client, cast.registrar)
    base = f"/subjects/{cast.firm.pk}"
    assert client.post(f"{base}/rename/", {"name": "示例新名有限公司", "on": "2020-03-01"}).status_code == 302
    assert client.post(f"{base}/alias/", {"name": "新名", "kind": "short"}).status_code == 302
    assert "与现名不同" in client.post(f"{base}/alias/", {"name": "示例新名有限公司", "kind": "short"}).content.decode()
    twin = Subject.objects.create(
        kind="enterprise", local_number="T1", name="示例新名有限责任公司", name_key="shi li", name_core="示例新名",
        home=cast.firm.home, area_path=cast.firm.area_path,
    )  # fmt: skip
    assert "示例新名有限责任公司" in client.get(f"{base}/merge/").content.decode()
    assert client.post(f"{base}/merge/", {"merged": twin.pk, "reason": "同一企业"}).status_code == 302
    assert client.get(f"/subjects/{twin.pk}/").headers["Location"] == f"{base}/"
    made = Merge.objects.get()
    assert client.post(f"/subjects/merges/{made.pk}/undo/").status_code == 302
    assert Subject.objects.get(pk=twin.pk).merged_into_id is None


def test_others_are_refused(cast, client):
    enter(client, cast.street)
    assert client.get(f"/subjects/{cast.other_firm.pk}/rename/").status_code == 404
    assert client.get(f"/subjects/{cast.firm.pk}/merge/").status_code == 403
    enter(client, cast.security_admin)
    assert client.get("/subjects/").status_code == 403
