"""The firm's pages, the officer's view, and the signed link."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.push.actions import push_measures
from songda.kernel import clock
from songda.ledger.notices.access import LINK_LIVES, link_token
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.tests.post import reachable
from songda.registry.people.models import Assignment
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, SINCE, enter, hire


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """Pages read the clock of the board's day."""
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=5))


@pytest.fixture
def clerk_of(matched):
    return lambda name: hire(Role.ENTERPRISE_CLERK, of=matched.firms[name], name=f"示例联系人{name}")


def push(matched, *channels):
    for channel in channels:
        if channel == "inbox":
            reachable(matched.firms["one"], "inbox", "page")
    versions = [matched.versions[code].pk for code in ("small", "staff")]
    return push_measures(versions, "4101/03/", channels, by=matched.cast.dispatcher, now=NOW).push


def text(response) -> str:
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_firm_sees_what_fits_what_might_and_what_misses(client, clerk_of, django_assert_max_num_queries):
    enter(client, clerk_of("three"))
    with django_assert_max_num_queries(15):
        page = text(client.get("/firm/"))
    assert "示例措施maker" in page.split('id="might"')[0]
    assert "补 1 项即可判定" in page and "规模以上" in page
    page = text(enter(client, clerk_of("one")).get("/firm/"))
    assert "5万元" in page and "2020年4月30日" in page


def test_a_measure_shows_each_condition_with_value_date_and_source(client, matched, clerk_of):
    enter(client, clerk_of("two"))
    page = text(client.get(f"/firm/measures/{matched.versions['staff'].pk}/"))
    assert "<b>20人</b>（2020年3月1日，税务申报）" in page and "用工人数 ≥ 50人" in page
    assert "用工人数：20人 → <b>50人</b>" in page and "规模以上：否 → <b>是</b>" in page


def test_a_measure_of_another_area_is_not_shown(client, matched, clerk_of):
    version = matched.versions["small"]
    version.area_path = "4101/04/"
    version.save()
    assert enter(client, clerk_of("one")).get(f"/firm/measures/{version.pk}/").status_code == 404


def test_reading_a_notice_is_evidence(client, matched, clerk_of):
    push(matched, "inbox")
    enter(client, clerk_of("one"))
    row = NoticeDelivery.objects.get(channel="inbox")
    assert "企业规模 属于" in text(client.get(f"/firm/notices/{row.notice_id}/"))
    row.refresh_from_db()
    assert row.state == "opened"
    assert enter(client, clerk_of("two")).get(f"/firm/notices/{row.notice_id}/").status_code == 404


def test_a_signed_link_shows_one_firm_and_takes_its_interest(client, matched):
    push(matched, "dingtalk")
    row = NoticeDelivery.objects.select_related("notice").get(notice__subject=matched.firms["one"])
    NoticeDelivery.objects.update(state="sent", sent_at=NOW)
    address = f"/m/{link_token(row.key, row.notice.created_at)}/"
    page = text(client.get(address))
    assert "示例企业one" in page and "企业规模 属于" in page and "示例企业two" not in page
    row.refresh_from_db()
    assert row.state == "opened"
    assert "已收到您的意向" in text(client.post(f"{address}interested/", follow=True))
    row.refresh_from_db()
    assert row.state == "acted"


def test_a_forged_or_expired_link_is_refused_politely(client, matched, monkeypatch):
    push(matched, "dingtalk")
    row = NoticeDelivery.objects.select_related("notice").get(notice__subject=matched.firms["one"])
    token = link_token(row.key, row.notice.created_at)
    assert client.get(f"/m/{token}x/").status_code == 404
    monkeypatch.setattr(clock, "now", lambda: NOW + LINK_LIVES)
    response = client.get(f"/m/{token}/")
    assert response.status_code == 404
    assert "链接已失效" in response.content.decode()


def test_the_officer_sees_the_same_verdicts_and_only_of_assigned_firms(client, matched, django_assert_max_num_queries):
    officer = enter(client, matched.cast.officer)
    firm = matched.firms["three"]
    assert officer.get(f"/firms/{firm.pk}/").status_code == 404
    Assignment.objects.create(subject=firm, post_id=matched.cast.officer.post_id, starts_on=SINCE)
    # Seven rooms show their panels, however many rows they hold. What several ask is asked once.
    with django_assert_max_num_queries(38):
        page = text(officer.get(f"/firms/{firm.pk}/"))
    assert "补 1 项即可判定" in page and f"/subjects/{firm.pk}/amend/?fact=above_scale" in page
    assert "规模以上" in text(officer.get(f"/firms/{firm.pk}/measures/{matched.versions['staff'].pk}/"))
    assert "panel-policy" in text(officer.get(f"/firms/{firm.pk}/panels/?name=policy"))


def test_the_list_of_firms_counts_in_constant_queries(client, matched, django_assert_num_queries):
    push(matched, "dingtalk")
    enter(client, matched.cast.street)
    client.get("/firms/")
    with django_assert_num_queries(FIRMS_QUERIES):
        page = text(client.get("/firms/"))
    rows = {name: page.split(f"示例企业{name}</a>")[1].split("</tr>")[0] for name in ("one", "three")}
    assert [cell.split("<")[0] for cell in rows["one"].split('项）">')[1:]] == ["3", "0", "2"]
    assert [cell.split("<")[0] for cell in rows["three"].split('项）">')[1:]] == ["1", "3", "0"]


FIRMS_QUERIES = 11


def test_amending_a_fact_shows_what_turned(client, matched):
    enter(client, matched.cast.street)
    three = matched.firms["three"].pk
    page = text(client.post(f"/subjects/{three}/amend/", {"fact": "above_scale", "value": "是", "source": "desk"}))
    assert "示例措施staff" in page.split('id="amendment"')[1]
    assert "value" in text(client.post(f"/subjects/{three}/amend/", {"fact": "headcount", "value": "很多", "source": "desk"}))


def test_audience_says_who_and_where_it_sticks(client, matched):
    enter(client, matched.cast.dispatcher)
    page = text(client.get(f"/policy/measures/{matched.versions['staff'].pk}/audience/"))
    assert "用工人数 ≥ 50人" in page and "补齐即可判定" in page
    card = text(client.get(f"/policy/measures/{matched.versions['staff'].pk}/audience/", headers={"HX-Request": "true"}))
    assert card.lstrip().startswith("<div")
    assert enter(client, matched.cast.clerk).get(f"/policy/measures/{matched.versions['staff'].pk}/audience/").status_code == 403


def test_a_push_is_tried_confirmed_and_looked_at(client, matched, django_assert_max_num_queries):
    enter(client, matched.cast.dispatcher)
    fields = {"version": matched.versions["small"].pk, "area": "4101/03/", "channels": ["dingtalk"], "title": ""}
    page = text(client.get("/policy/push/new/", {**fields, "try": 1}))
    assert "确认推送给 1 家" in page
    assert "在所选渠道上没有联系方式" in page
    page = text(client.post("/policy/push/new/", fields, follow=True))
    assert "示例企业one" in page and "企业规模 属于" in page
    with django_assert_max_num_queries(15):
        text(client.get("/policy/push/"))
    text(client.get("/policy/push/statistics/"))
    NoticeDelivery.objects.update(state="unknown", failure="未答复")
    page = text(client.get("/policy/push/failures/"))
    assert "结果不明" in page
    page = text(client.post(f"/policy/push/deliveries/{NoticeDelivery.objects.get().pk}/requeue/", follow=True))
    assert NoticeDelivery.objects.get().state == "queued"


def test_who_may_open_what(client, matched, clerk_of):
    addresses = {"/firm/": "firm.read", "/firms/": "push.see", "/policy/push/": "push.see", "/policy/push/new/": "push.send"}
    for actor in (clerk_of("one"), matched.cast.street, matched.cast.dispatcher, matched.cast.audit_admin):
        for address, permission in addresses.items():
            status = enter(client, actor).get(address).status_code
            assert status == (200 if actor.may(permission) else 403), (actor.role, address)
    assert clock.day_of(clock.now()) == DAY
