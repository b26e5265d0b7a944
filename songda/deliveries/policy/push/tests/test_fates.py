"""The dry run says where it leaves everybody: each subject of the area once, with a reason; a rule narrows; texts go by rule alone."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.matching.tests.board import tell
from songda.deliveries.policy.push.actions import push, push_measures, try_push
from songda.deliveries.policy.push.models import Announcement, Push
from songda.deliveries.policy.push.rules.wanted import Wanted
from songda.deliveries.policy.push.states import Fate
from songda.deliveries.policy.receipts.tests.conftest import text_for
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.notices.actions import send_due
from songda.ledger.notices.models import ChannelTerms, NoticeDelivery, NoticeLine
from songda.ledger.notices.tests.post import Postman
from songda.registry.people.actions import accept_bulk, decline_bulk
from songda.registry.people.models import Contact
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire
from songda.registry.subjects.access import visible_to

AREA = "4101/03/"
WAYS = ("dingtalk", "wecom")


def wanted(board, *codes, area=AREA, **more):
    return Wanted(area, WAYS, tuple(board.versions[code].pk for code in codes), **more)


def fates(board, asked, by=None):
    """fate → names, without those of whom nobody is."""
    found = try_push(asked, by=by or board.cast.dispatcher, now=NOW).fates
    known = {one.pk: name for name, one in board.firms.items()}
    return {fate: {known.get(one, "other") for one in some} for fate, some in found.items() if some}


@pytest.mark.row("POL-07")
def test_every_subject_of_the_area_has_one_fate(matched):
    found = try_push(wanted(matched, "small"), by=matched.cast.dispatcher, now=NOW).fates
    inside = [one for fate, some in found.items() if fate is not Fate.OUTSIDE for one in some]
    assert sorted(inside) == sorted(visible_to(matched.cast.dispatcher).values_list("pk", flat=True))
    assert fates(matched, wanted(matched, "small")) == {
        Fate.FRESH: {"one"}, Fate.NO_CONTACT: {"four"}, Fate.UNKNOWN: {"three", "other"}, Fate.UNFIT: {"two"},
    }  # fmt: skip


@pytest.mark.row("POL-07")
def test_what_was_told_is_underway_until_it_is_sent(matched):
    push_measures([matched.versions["small"].pk], AREA, WAYS, by=matched.cast.dispatcher, now=NOW)
    assert fates(matched, wanted(matched, "small"))[Fate.BUSY] == {"one"}
    send_due(clock=lambda: NOW, channels={"dingtalk": Postman(), "wecom": Postman()})
    found = fates(matched, wanted(matched, "small"))
    assert Fate.BUSY not in found
    assert found[Fate.TOLD] == {"one"}


@pytest.mark.row("POL-07")
def test_a_rule_narrows_and_is_among_the_reasons(matched):
    asked = wanted(matched, "maker", rule="企业规模 属于 {小型；微型}")
    assert fates(matched, asked) == {
        Fate.FRESH: {"one"}, Fate.NARROWED_UNKNOWN: {"three"}, Fate.UNKNOWN: {"four", "other"}, Fate.UNFIT: {"two"},
    }  # fmt: skip
    assert Fate.NARROWED in fates(matched, wanted(matched, "maker", rule="用工人数 ≥ 100人"))
    push(asked, by=matched.cast.dispatcher, now=NOW)
    assert NoticeLine.objects.get().reason == "行业 属于 {制造业}；企业规模 属于 {小型；微型}"
    assert Push.objects.get().rule == "企业规模 属于 {小型；微型}"
    with pytest.raises(Invalid) as refused:
        try_push(wanted(matched, "maker", rule="企业规摸 属于 {小型}"), by=matched.cast.dispatcher, now=NOW)
    assert "企业规模" in refused.value.fields["nearest"]


def test_who_fits_outside_the_area_and_whose_facts_changed_are_said(matched):
    street = matched.cast.street_office
    away = wanted(matched, "small", area=f"{street.area_path}999/")
    assert fates(matched, away) == {Fate.OUTSIDE: {"one", "four"}}
    tell(matched.firms["one"], "size", "大型", NOW + dt.timedelta(minutes=1))
    assert fates(matched, wanted(matched, "small"))[Fate.LAPSED] == {"one"}


@pytest.mark.row("POL-07")
def test_who_declined_gets_nothing_in_bulk_and_everything_urgent(matched):
    clerk = hire(Role.ENTERPRISE_CLERK, of=matched.firms["one"])
    for contact in Contact.objects.filter(subject=matched.firms["one"]):
        decline_bulk(contact.pk, by=clerk, now=NOW)
    assert fates(matched, wanted(matched, "small"))[Fate.DECLINED] == {"one"}
    with pytest.raises(Conflict):
        push(wanted(matched, "small"), by=matched.cast.dispatcher, now=NOW)
    urgent = wanted(matched, "small", urgent=True, urgent_reason="申报今日截止")
    done = push(urgent, by=matched.cast.dispatcher, now=NOW)
    assert set(NoticeDelivery.objects.values_list("lane", "state")) == {(0, "queued")}
    assert AuditEntry.objects.get(action="push.send").after["urgent"] == "申报今日截止"
    assert done.push.urgent_reason == "申报今日截止"
    accept_bulk(contact.pk, by=clerk, now=NOW)
    assert fates(matched, wanted(matched, "maker"))[Fate.FRESH] >= {"one"}


def test_urgency_needs_its_reason(matched):
    with pytest.raises(Invalid):
        push(wanted(matched, "small", urgent=True), by=matched.cast.dispatcher, now=NOW)


def test_a_full_week_waits_and_is_not_left_out(matched):
    ChannelTerms.objects.create(code="dingtalk", name="钉钉", per_minute=10, weekly=1)
    push(wanted(matched, "small"), by=matched.cast.dispatcher, now=NOW)
    send_due(clock=lambda: NOW, channels={"dingtalk": Postman(), "wecom": Postman()})
    seen = try_push(wanted(matched, "maker"), by=matched.cast.dispatcher, now=NOW + dt.timedelta(hours=1))
    assert seen.capped == {matched.firms["one"].pk}
    assert matched.firms["one"].pk in seen.fates[Fate.FRESH]
    assert {end.channel for end in seen.ends} == {"dingtalk", "wecom"}


@pytest.mark.row("POL-07")
def test_a_document_goes_to_whom_a_rule_picks_and_says_why(matched):
    document = text_for(matched)
    asked = Wanted(AREA, WAYS, documents=(document.pk,), rule="行业 属于 {制造业}", kind="enterprise")
    done = push(asked, by=matched.cast.dispatcher, now=NOW)
    told = {(matched.name_of(one.subject_id), one.topic, one.text, one.reason) for one in NoticeLine.objects.all()}
    assert told == {(name, "document", "示例支持办法", "行业 属于 {制造业}") for name in ("one", "three")}
    assert done.push.lines.get().document == document
    with pytest.raises(Conflict):
        push(asked, by=matched.cast.dispatcher, now=NOW)


def test_an_announcement_is_told_once_however_often_it_is_written(matched):
    asked = Wanted(AREA, WAYS, title="口罩到货", text="请到街道领取。", kind="enterprise")
    assert try_push(asked, by=matched.cast.dispatcher, now=NOW).to_tell == 3
    assert not Announcement.objects.exists()
    push(asked, by=matched.cast.dispatcher, now=NOW)
    assert NoticeLine.objects.first().text == "请到街道领取。"
    with pytest.raises(Conflict):
        push(asked, by=matched.cast.dispatcher, now=NOW)
    assert (Announcement.objects.count(), Push.objects.count()) == (1, 1)
    with pytest.raises(Invalid):
        try_push(Wanted(AREA, WAYS, title="口罩到货"), by=matched.cast.dispatcher, now=NOW)


@pytest.mark.row("POL-07")
def test_pressing_twice_makes_one_push(matched):
    asked = wanted(matched, "small", request_key="k")
    first, again = (push(asked, by=matched.cast.dispatcher, now=NOW) for _n in range(2))
    assert first.push == again.push
    assert (Push.objects.count(), again.notified.notices) == (1, 0)
