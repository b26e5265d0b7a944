"""Pages of implementing rules and of what is missing."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import assign_gap
from songda.deliveries.policy.library.models import GapAssignment, ImplementingRuleVersion
from songda.deliveries.policy.library.tests.rules_at_hand import GUIDE, all_published, drafted, in_force
from songda.deliveries.policy.library.tests.texts import NOW, received
from songda.kernel import clock
from songda.registry.people.tests.cast import enter

pytestmark = pytest.mark.usefixtures("catalogue")
NEW = "/policy/implementing/new/"
CONTENT = {
    "title": "示例细则", "conditions": "已复工", "papers": "申请表\n\n租赁合同", "steps": "申报\n审核", "time_limit_days": "5",
    "payment_basis": "示例纾困资金", "contact": "示例窗口",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def measures(cast):
    return all_published(cast)


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.row("POL-03")
def test_a_department_drafts_from_the_gap_list_and_two_persons_put_it_in_force(cast, client, measures):
    fund = measures[0]
    enter(client, cast.editor)
    owed = {"department": cast.bureau.pk, "due_on": "2020-03-09", "area_path": cast.zone.area_path}
    page = text_of(client.post(f"/policy/gaps/{fund.pk}/", owed, follow=True))
    assert "应交日期早于今天" in page
    page = text_of(client.post(f"/policy/gaps/{fund.pk}/", owed | {"due_on": "2020-03-20"}, follow=True))
    assert "缺口 4 项，已交办 1 项，逾期 0 项" in page
    enter(client, cast.desk)
    assert text_of(client.get("/policy/gaps/")).count('<tr id="g') == 1
    assert text_of(client.get("/policy/gaps/?department=")).count('<tr id="g') == 4
    start = f"{NEW}?measure={fund.pk}&area={cast.zone.area_path}"
    assert start.replace("&", "&amp;") in text_of(client.get("/policy/gaps/"))
    assert f"{fund.title}实施细则" in text_of(client.get(start))
    client.post(start, {"title": "示例细则", "area_path": cast.zone.area_path})
    version = ImplementingRuleVersion.objects.get()
    at = f"/policy/implementing/{version.pk}/"
    assert 'name="department"' not in text_of(client.get(f"{at}draft/"))
    client.post(f"{at}draft/", CONTENT)
    client.post(f"{at}measures/", {"measure": [fund.measure_id, measures[1].measure_id]})
    assert client.post(f"{at}confirm/").status_code == 403
    assert "由政策编辑审核确认" in text_of(client.get(at))
    enter(client, cast.editor).post(f"{at}confirm/")
    assert client.post(f"{at}publish/").status_code == 403
    enter(client, cast.publisher).post(f"{at}publish/")
    version.refresh_from_db()
    assert (version.state, version.papers, version.department) == ("published", ["申请表", "租赁合同"], cast.bureau)
    assert GapAssignment.objects.get().closed_by == version
    page = text_of(client.get("/policy/gaps/"))
    assert "缺口 2 项，已交办 0 项" in page
    page = text_of(enter(client, cast.officer).get(f"/policy/measures/{fund.pk}/"))
    assert f"{at}" in page and "示例窗口" in page and "租赁合同" in page


@pytest.mark.row("POL-03")
def test_a_measure_says_that_it_has_none_and_who_owes_them(cast, client, measures):
    assign_gap(
        measures[0].pk,
        area_path=cast.zone.area_path,
        department=cast.bureau,
        due_on=dt.date(2020, 3, 20),
        by=cast.editor,
        now=NOW,
    )
    page = text_of(enter(client, cast.officer).get(f"/policy/measures/{measures[0].pk}/"))
    assert "没有现行的实施细则，暂不能网上申报" in page
    assert "差距已交甲区科工信局，应于2020年3月20日前制定" in page
    assert "差距尚未交办" in text_of(client.get(f"/policy/measures/{measures[1].pk}/"))


def test_an_overdue_one_is_told_and_found(cast, client, measures, monkeypatch):
    assign_gap(
        measures[0].pk,
        area_path=cast.zone.area_path,
        department=cast.bureau,
        due_on=dt.date(2020, 3, 11),
        by=cast.editor,
        now=NOW,
    )
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=2))
    page = text_of(enter(client, cast.editor).get("/policy/gaps/?standing=overdue"))
    assert "逾期 1 项" in page and page.count('<tr id="g') == 1
    assert text_of(client.get("/policy/gaps/?standing=unassigned")).count('<tr id="g') == 3


def test_a_publisher_says_that_none_are_needed_and_takes_it_back(cast, client, measures):
    enter(client, cast.publisher)
    client.post(f"/policy/measures/{measures[3].pk}/no-rule/", {"reason": "免申即享"})
    page = text_of(client.get(f"/policy/measures/{measures[3].pk}/"))
    assert "本措施无须申报：免申即享" in page and "收回“无须申报”" in page
    client.post(f"/policy/measures/{measures[3].pk}/no-rule/", {"reason": ""})
    assert len(queries.gaps(cast.publisher, NOW.date())) == 4
    assert enter(client, cast.editor).post(f"/policy/measures/{measures[3].pk}/no-rule/", {"reason": "免"}).status_code == 403


@pytest.mark.parametrize("address", ["", "new/", "{d}/", "{d}/draft/", "{d}/measures/", "{p}/", "?state=draft&q=示例"])
def test_pages_answer(cast, client, measures, address):
    places = {"p": in_force(cast, measures[0]).pk, "d": drafted(cast, measures[1], title="示例另一细则").pk}
    response = enter(client, cast.editor).get(f"/policy/implementing/{address.format(**places)}")
    assert response.status_code == 200
    assert "{%" not in text_of(response) and "<h1" in text_of(response)


def test_the_list_takes_the_same_queries_however_long_it_is(cast, client, measures, django_assert_max_num_queries):
    for at in range(4):
        in_force(cast, measures[0], title=f"示例细则{at}")
    enter(client, cast.editor)
    with django_assert_max_num_queries(10):
        assert text_of(client.get("/policy/implementing/")).count("data-label") == 20


def test_a_guide_is_shown_with_its_words_and_what_it_changes(cast, client):
    received(cast.editor, cast.zone.area_path, GUIDE, level="city")
    version = ImplementingRuleVersion.objects.get()
    at = f"/policy/implementing/{version.pk}/"
    page = text_of(enter(client, cast.editor).get(at))
    assert "自受理之日起15个工作日内办结" in page and "缺责任单位" in page
    client.post(f"{at}draft/", CONTENT | {"department": cast.bureau.pk})
    client.post(f"{at}confirm/")
    enter(client, cast.publisher).post(f"{at}publish/")
    enter(client, cast.editor).post(f"{at}revise/")
    after = ImplementingRuleVersion.objects.get(number=2)
    client.post(f"/policy/implementing/{after.pk}/draft/", CONTENT | {"department": cast.bureau.pk, "contact": "示例新窗口"})
    page = text_of(client.get(f"/policy/implementing/{after.pk}/"))
    assert "与 v1 的不同" in page and "示例新窗口" in page
    enter(client, cast.publisher).post(f"{at}end/", {"until": "2020-03-31", "reason": "到期"})
    version.refresh_from_db()
    assert (version.state, version.valid_until) == ("superseded", dt.date(2020, 3, 31))


def test_a_guide_received_leads_from_the_desk_to_its_draft_and_is_drafted_once(cast, client):
    enter(client, cast.editor)
    given = {"text": GUIDE, "level": "city", "area_path": cast.zone.area_path}
    page = text_of(client.post("/policy/documents/upload/", given, follow=True))
    version = ImplementingRuleVersion.objects.get()
    document = version.sources.first().document_id
    assert f'href="/policy/implementing/{version.pk}/"' in page
    assert f'href="/policy/implementing/{version.pk}/"' in text_of(client.get(f"/policy/documents/{document}/"))
    assert "已读成实施细则草稿" in text_of(client.post(f"/policy/documents/{document}/implementing/", follow=True))
    assert ImplementingRuleVersion.objects.count() == 1


@pytest.mark.row("POL-03")
def test_the_home_tells_a_department_what_it_owes(cast, client, measures):
    due = {"department": cast.bureau, "due_on": dt.date(2020, 3, 20), "by": cast.editor, "now": NOW}
    assign_gap(measures[0].pk, area_path=cast.zone.area_path, **due)
    for actor, count in ((cast.editor, 4), (cast.desk, 1), (cast.stranger, 0)):
        page = text_of(enter(client, actor).get("/"))
        assert re.search(rf"缺实施细则的措施.{{0,400}}?>\s*{count}\b", page, re.DOTALL), page


def test_a_document_that_tells_nothing_of_the_handling_is_refused_with_advice(cast, client):
    document = received(cast.editor, cast.zone.area_path)
    page = text_of(enter(client, cast.editor).post(f"/policy/documents/{document.pk}/implementing/", follow=True))
    assert "请手工起草实施细则" in page
