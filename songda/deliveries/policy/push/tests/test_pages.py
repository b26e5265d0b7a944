"""Pages: dry run and its firms, push, coverage and its rows, gaps, the firm's own addresses; how many queries they take."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.push.actions import push_measures
from songda.deliveries.policy.push.models import Push
from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import lay
from songda.ledger.notices.access import link_token
from songda.ledger.notices.models import NoticeDelivery
from songda.registry.people.models import Contact
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, enter, hire

AREA = "4101/03/"


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.CLOCK_SHIFT += NOW - clock.now()


def asked(board, *codes, **more):
    return {"version": [board.versions[code].pk for code in codes], "area": AREA, "channels": ["dingtalk", "wecom"], **more}


def text(answer):
    return answer.content.decode()


@pytest.mark.row("POL-07")
def test_the_dry_run_leads_to_the_firms_of_each_reason(client, matched):
    enter(client, matched.cast.dispatcher)
    told = asked(matched, "small", "maker")
    page = text(client.get("/policy/push/new/", {"try": "1", **told}))
    assert "在所选渠道上没有联系方式" in page
    assert "每家恰有一个去向" in page
    listed = text(client.get("/policy/push/new/excluded/", {"try": "1", **told, "fate": "unknown"}))
    assert "缺：" in listed
    assert "企业规模" in listed
    book = client.get("/policy/push/new/excluded.xlsx", {"try": "1", **told, "fate": "no_contact"})
    assert b"".join(book.streaming_content)[:2] == b"PK"
    assert client.get("/policy/push/new/excluded/", {**told, "fate": "nonsense"}).status_code == 400


@pytest.mark.row("POL-07")
def test_a_wrong_rule_is_said_beside_its_field_and_pressing_twice_pushes_once(client, matched):
    enter(client, matched.cast.dispatcher)
    wrong = text(client.get("/policy/push/new/", {"try": "1", **asked(matched, "small"), "rule": "企业规摸 属于 {小型}"}))
    assert "field-error" in wrong
    told = asked(matched, "small", request_key="k")
    places = {client.post("/policy/push/new/", told).headers["Location"] for _n in range(2)}
    assert len(places) == Push.objects.count() == 1
    assert "预计发完" in text(client.get(places.pop()))


@pytest.mark.row("POL-08")
def test_coverage_leads_to_rows_and_workbooks(client, matched, django_assert_max_num_queries):
    push_measures([matched.versions["small"].pk], AREA, ["dingtalk", "wecom"], by=matched.cast.dispatcher, now=NOW)
    NoticeDelivery.objects.filter(channel="dingtalk").update(state="sent", sent_at=NOW)
    enter(client, matched.cast.dispatcher)
    with django_assert_max_num_queries(30):
        page = text(client.get("/policy/push/statistics/"))
    for title in ("按措施", "按渠道", "按日", "按辖区", "按推送单位"):
        assert title in page
    for figure in ("firms", "times", "opened", "failed", "unknown"):
        answer = client.get("/policy/push/statistics/rows/", {"figure": figure, "channel": "dingtalk"})
        assert ("示例企业one" in text(answer)) == (figure in ("firms", "times"))
        book = client.get("/policy/push/statistics/rows.xlsx", {"figure": figure})
        assert b"".join(book.streaming_content)[:2] == b"PK"
    assert client.get("/policy/push/statistics/rows/", {"figure": "nonsense"}).status_code == 400


@pytest.mark.row("POL-08")
def test_gaps_have_their_next_step(client, matched, django_assert_max_num_queries):
    lay()
    enter(client, matched.cast.dispatcher)
    with django_assert_max_num_queries(30):
        page = text(client.get("/policy/push/unreached/", {"gap": "no_contact"}))
    assert "示例企业four" in page
    assert b"".join(client.get("/policy/push/unreached.xlsx?gap=no_contact").streaming_content)[:2] == b"PK"
    told = {"gap": "no_contact", "subject": [matched.firms["four"].pk]}
    assert client.post("/policy/push/unreached/close/", told).status_code == 302
    assert Case.objects.get().title == "取得企业联系方式"
    assert client.post("/policy/push/unreached/close/", {"gap": "failed", "subject": []}).status_code == 302
    enter(client, matched.cast.leader)
    assert client.post("/policy/push/unreached/close/", told).status_code == 403


@pytest.mark.row("POL-07")
def test_a_firm_declines_on_its_page_or_from_the_message(client, matched):
    push_measures([matched.versions["small"].pk], AREA, ["dingtalk", "wecom"], by=matched.cast.dispatcher, now=NOW)
    one = NoticeDelivery.objects.get(channel="dingtalk")
    token = link_token(one.key, NOW)
    assert "退订批量推送" in text(client.get(f"/m/{token}/"))
    client.post(f"/m/{token}/decline/")
    assert "已退订" in text(client.get(f"/m/{token}/"))
    enter(client, hire(Role.ENTERPRISE_CLERK, of=matched.firms["one"]))
    assert "已退订" in text(client.get("/firm/messages/"))
    client.post(f"/firm/messages/{one.contact_id}/accept/")
    assert not Contact.objects.exclude(declined_at=None).exists()
    client.post(f"/firm/messages/{one.contact_id}/decline/")
    assert [one.contact_id] == list(Contact.objects.exclude(declined_at=None).values_list("pk", flat=True))
    foreign = Contact.objects.filter(subject=matched.firms["two"]).get()
    client.post(f"/firm/messages/{foreign.pk}/decline/")
    foreign.refresh_from_db()
    assert foreign.declined_at is None
