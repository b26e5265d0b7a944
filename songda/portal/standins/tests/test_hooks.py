"""Webhooks, over real HTTP against a program that checks signatures: at least once, told apart by number, one failing hook alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.ledger.notices import actions
from songda.ledger.notices.models import Event, Hook, NoticeDelivery
from songda.ledger.notices.queries import unread
from songda.ledger.notices.rules import signing
from songda.portal.standins.tests.hooked import EVENTS, hooked_up
from songda.registry.people.tests.cast import NOW, enter

pytestmark = [pytest.mark.django_db, pytest.mark.row("SUP-05")]
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def hooked(cast, settings, monkeypatch):
    with hooked_up(cast, settings, monkeypatch) as found:
        yield found


def test_a_program_is_told_of_what_happens(hooked):
    case = hooked.file()
    assert hooked.send() == {"send": 1}
    (told,) = hooked.program.events.values()
    assert set(told) == {"id", "type", "version", "timestamp", "data"}
    assert (told["type"], told["version"], told["data"]["case"]) == ("demand.filed", 1, case.number)
    assert told["data"]["link"].endswith(f"/cases/{case.pk}/")
    assert told["id"] == Event.objects.get().number
    assert hooked.program.forged == 0
    assert hooked.delivery.provider_id == "HTTP 204"
    assert hooked.now.taken_at is not None


def test_what_is_told_has_nobodys_words(hooked):
    case = hooked.file()
    hooked.send()
    body = str(list(hooked.program.events.values()))
    words = [case.title, hooked.cast.firm.name, hooked.cast.clerk.name, hooked.cast.dispatcher.name]
    assert [word for word in words if word in body] == []


def test_an_answer_that_is_lost_is_asked_for_again(hooked):
    """The program has the event and nobody knows: told again under the same number, it tells the repeat apart."""
    hooked.program.answers.append("hang-after")
    hooked.file()
    assert hooked.send() == {"retry": 1}
    assert (hooked.delivery.state, hooked.delivery.held) == ("queued", "doubt")
    assert hooked.send(2 * MINUTE) == {"send": 1}
    assert (len(hooked.program.events), hooked.program.repeated, hooked.program.calls) == (1, 1, 2)


def test_waits_double_until_it_has_failed_and_a_person_sends_it_again(hooked):
    hooked.program.answers.extend([503] * 13)
    hooked.file()
    moments, at = [], dt.timedelta(0)
    for _try in range(13):
        hooked.send(at)
        row = hooked.delivery
        moments.append(at)
        at = row.next_at - NOW + MINUTE
    assert row.state == "failed" and "HTTP 503" in row.failure
    assert 2 * DAY < moments[-1] < 4 * DAY
    actions.send_again(row.pk, by=hooked.cast.dispatcher, now=NOW)
    assert hooked.send() == {"send": 1}
    assert len(hooked.program.events) == 1


def test_a_program_may_ask_for_patience(hooked):
    hooked.program.answers.append(429)
    hooked.file()
    hooked.send()
    assert hooked.delivery.state == "queued"


def test_a_redirect_is_not_followed(hooked):
    hooked.program.answers.append("redirect")
    hooked.file()
    hooked.send()
    assert (hooked.program.calls, hooked.delivery.failure) == (1, "对方答复 HTTP 302")


def test_who_answers_gone_is_closed_and_its_owner_told(hooked):
    hooked.program.answers.append(410)
    hooked.file()
    assert hooked.send() == {"fail": 1}
    assert hooked.now.state == "closed"
    count, rows = unread(hooked.cast.dispatcher)
    assert any("已停" in row.notice.title for row in rows) and count
    before = Event.objects.count()
    hooked.file()
    assert Event.objects.count() == before
    assert AuditEntry.objects.filter(action="hook.close").exists()


def test_after_three_days_without_one_call_taken_it_is_paused(hooked):
    hooked.program.answers.extend([500, 500])
    hooked.file()
    hooked.send()
    assert hooked.now.state == "failing"
    hooked.send(3 * DAY + HOUR)
    found = hooked.now
    assert (found.state, "3 天" in found.why) == ("paused", True)
    assert hooked.send(4 * DAY) == {"fail": 1}
    assert "暂停" in hooked.delivery.failure
    actions.resume_hook(found.pk, by=hooked.cast.dispatcher, now=NOW)
    actions.send_again(hooked.delivery.pk, by=hooked.cast.dispatcher, now=NOW)
    assert hooked.send() == {"send": 1}


def test_a_hook_that_fails_rests_with_all_it_waits_for(hooked):
    """One call finds out whether it is back; the others do not try one after another."""
    hooked.file()
    hooked.program.answers.append(500)
    hooked.send()
    hooked.file()
    NoticeDelivery.objects.filter(hook=hooked.hook).update(next_at=NOW)
    hooked.program.answers.extend([500, 500])
    hooked.send()
    assert all(row.next_at > NOW for row in NoticeDelivery.objects.filter(hook=hooked.hook))


def test_another_secret_takes_over_within_a_day(hooked):
    old = list(hooked.program.secrets)
    new = actions.rotate_secret(hooked.hook.pk, by=hooked.cast.dispatcher, now=NOW).secret
    hooked.file()
    hooked.send()
    assert len(hooked.program.signatures[-1].split(" ")) == 2, "the old secret is still good"
    hooked.program.secrets[:] = [new]
    hooked.file()
    hooked.send()
    hooked.settings.CLOCK_SHIFT += DAY + MINUTE
    hooked.program.secrets[:] = old
    hooked.file()
    hooked.send()
    assert (hooked.program.forged, len(hooked.program.events)) == (1, 2)
    assert new not in str(list(Hook.objects.values()))


def test_two_hooks_have_their_own_calls(hooked):
    other = hooked.open(events=["demand.filed"]).hook
    hooked.program.answers.append(500)
    hooked.file()
    assert hooked.send() == {"retry": 1, "send": 1}
    assert {one.state for one in (hooked.now, Hook.objects.get(pk=other.pk))} == {"failing", "live"}


def test_a_ping_reaches_one_hook(hooked):
    actions.ping(hooked.hook.pk, by=hooked.cast.dispatcher, now=NOW)
    hooked.send()
    assert [one["type"] for one in hooked.program.events.values()] == ["ping"]


def test_the_sample_of_the_handbook_knows_genuine_from_forged():
    """The very lines that the handbook gives to who receives."""
    text = (Path(__file__).parents[4] / "docs/handbook/programs-hooks.zh.md").read_text(encoding="utf-8")
    sample = text.partition("```python\n")[2].partition("```")[0]
    given: dict[str, Any] = {}
    exec(compile(sample, "handbook", "exec"), given)
    secret, at = signing.new_secret(), int(clock.elsewhere(clock.now()).timestamp())
    headers = signing.headers([signing.new_secret(), secret], "evt_1", at, b"{}")
    assert given["genuine"](secret, headers, b"{}")
    assert not given["genuine"](secret, headers, b"{ }")
    assert not given["genuine"](secret, signing.headers([secret], "evt_1", at - 400, b"{}"), b"{}")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.gov.cn/x", "https://"),
        ("https://169.254.169.254/latest", "名单"),
        ("https://user:word@data.example.gov.cn/", "不带账号"),
        ("http://127.0.0.1:1/", "名单"),
        ("https://data.example.gov.cn:8443/", "名单"),
        ("file:///etc/passwd", "完整的地址"),
        ("https://data.example.gov.cn.evil.example/", "名单"),
        ("https://data.example.gov.cn/#x", "#"),
        ("https://[::1", "有效"),
    ],
)
def test_only_listed_hosts_are_called(hooked, url, said):
    hooked.settings.HOOK_HOSTS = ("data.example.gov.cn",)
    with pytest.raises(Invalid) as refusal:
        actions.open_hook("x", url, EVENTS, by=hooked.cast.dispatcher, now=NOW)
    assert said in refusal.value.fields["url"]


def test_a_listed_host_may_be_named(hooked):
    hooked.settings.HOOK_HOSTS = ("data.example.gov.cn", "data.example.gov.cn:8443")
    for url in ("https://data.example.gov.cn/a", "https://DATA.example.gov.cn:443/a", "https://data.example.gov.cn:8443/a"):
        actions.open_hook("x", url, EVENTS, by=hooked.cast.dispatcher, now=NOW)


def test_events_that_the_post_may_not_see_cannot_be_asked_for(hooked):
    with pytest.raises(Invalid) as refusal:
        actions.open_hook("x", hooked.server.address, ["return.accepted"], by=hooked.cast.clerk, now=NOW)
    assert "events" in refusal.value.fields


def test_others_hooks_are_not_there(hooked):
    for change in (actions.rotate_secret, actions.pause_hook, actions.close_hook, actions.ping, actions.resume_hook):
        with pytest.raises(NotFound):
            change(hooked.hook.pk, by=hooked.cast.lead, now=NOW)
    hooked.file()
    with pytest.raises(NotFound):
        actions.send_again(hooked.delivery.pk, by=hooked.cast.lead, now=NOW)
    with pytest.raises(NotFound):
        actions.rotate_secret(hooked.hook.pk, by=hooked.cast.system_admin, now=NOW)
    actions.close_hook(hooked.hook.pk, by=hooked.cast.system_admin, now=NOW)
    with pytest.raises(Conflict):
        actions.close_hook(hooked.hook.pk, by=hooked.cast.dispatcher, now=NOW)


def test_calls_are_no_evidence_of_telling_firms(hooked):
    from songda.ledger.notices.access import deliveries_visible_to, queue_visible_to

    hooked.file()
    for rows in (deliveries_visible_to(hooked.cast.dispatcher), queue_visible_to(hooked.cast.dispatcher)):
        assert not rows.filter(hook__isnull=False).exists()
    assert not any(row.channel == "webhook" for row in unread(hooked.cast.dispatcher)[1])


def test_its_pages(hooked, client, django_assert_max_num_queries):
    hooked.program.answers.append(410)
    case = hooked.file()
    enter(client, hooked.cast.dispatcher)
    with django_assert_max_num_queries(9):
        page = client.get("/hooks/")
    assert "调度系统" in page.content.decode()
    shown = client.post("/hooks/new/", {"label": "数据平台", "url": hooked.server.address, "events": ["push.sent"]})
    assert "whsec_" in shown.content.decode()
    with django_assert_max_num_queries(10):
        record = client.get(f"/hooks/{hooked.hook.pk}/").content.decode()
    assert case.number in record and "whsec_" not in record
    for step in ("pause", "resume", "ping", "rotate"):
        assert client.post(f"/hooks/{hooked.hook.pk}/{step}/").status_code == (200 if step == "rotate" else 302)
    hooked.send()
    NoticeDelivery.objects.filter(pk=hooked.delivery.pk).update(state="failed")
    assert client.post(f"/hooks/calls/{hooked.delivery.pk}/again/").status_code in (302, 404)
    enter(boss := Client(), hooked.cast.system_admin)
    listed = boss.get("/hooks/").content.decode()
    assert "调度系统" in listed
    seen = boss.get(f"/hooks/{hooked.hook.pk}/").content.decode()
    assert case.number not in seen
    enter(other := Client(), hooked.cast.lead)
    assert other.get(f"/hooks/{hooked.hook.pk}/").status_code == 404
