"""The controls of webhooks: hosts, signatures, the owner's scope, the end of a post; each with and without."""

from __future__ import annotations

from importlib import import_module

import pytest

from songda.kernel import clock
from songda.ledger.notices import access
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules import hooks, signing
from songda.portal.standins.tests.hooked import EVENTS, hooked_up
from songda.registry.people.models import Account, Post
from songda.registry.people.tests.cast import DAY, NOW

pytestmark = pytest.mark.django_db
announcing = import_module("songda.ledger.notices.actions.announce")
letters = import_module("songda.ledger.notices.actions.hook_letters")
keeping = import_module("songda.ledger.notices.actions.keep_hook")


@pytest.fixture
def hooked(cast, settings, monkeypatch):
    with hooked_up(cast, settings, monkeypatch) as found:
        yield found


def test_a_host_that_left_the_list_is_called_no_more(hooked, monkeypatch):
    hooked.file()
    hooked.settings.HOOK_HOSTS = ("data.example.gov.cn",)
    hooked.send()
    assert (hooked.program.calls, hooked.delivery.state) == (0, "failed")
    monkeypatch.setattr(hooks, "fault_of", lambda _url, _hosts, loopback: "")
    NoticeDelivery.objects.update(state="queued", next_at=NOW)
    hooked.send()
    assert hooked.program.calls == 1


def test_without_a_list_nothing_is_announced_or_called(hooked):
    listed, hooked.settings.HOOK_HOSTS = hooked.settings.HOOK_HOSTS, ()
    hooked.file()
    assert not NoticeDelivery.objects.filter(hook__isnull=False).exists()
    hooked.settings.HOOK_HOSTS = listed
    hooked.file()
    assert NoticeDelivery.objects.filter(hook__isnull=False).count() == 1


@pytest.mark.parametrize(
    "spoil", [lambda body: body.replace(b"demand.filed", b"case.closed"), lambda body: body + b" ", lambda _body: b"{}"]
)
def test_a_body_that_was_touched_is_not_genuine(hooked, monkeypatch, spoil):
    hooked.program.spoil = spoil
    hooked.file()
    hooked.send()
    assert (hooked.program.forged, hooked.program.events, hooked.delivery.state) == (1, {}, "queued")
    monkeypatch.setattr("songda.portal.standins.receiver.is_genuine", lambda *_given: True)
    NoticeDelivery.objects.update(next_at=NOW)
    hooked.send()
    assert len(hooked.program.events) == 1, "without the check a touched body is believed"


def test_an_old_message_is_not_genuine(hooked, monkeypatch):
    secret, at = hooked.program.secrets[0], int(clock.now().timestamp())
    headers = signing.headers([secret], "evt_1", at, b"{}")
    assert signing.is_genuine(secret, headers, b"{}", at + 299)
    assert not signing.is_genuine(secret, headers, b"{}", at + 301)
    assert not signing.is_genuine(secret, {**headers, "webhook-id": "evt_2"}, b"{}", at)
    assert not signing.is_genuine(signing.new_secret(), headers, b"{}", at)
    assert not signing.is_genuine(secret, {}, b"{}", at)
    monkeypatch.setattr(signing, "TOLERANCE", 10**9)
    assert signing.is_genuine(secret, headers, b"{}", at + 301), "without the limit a caught message is good for ever"


def test_a_program_hears_what_its_owner_may_see(hooked, cast, monkeypatch):
    own = hooked.open(by=cast.clerk).hook
    other = hooked.open(by=cast.stranger).hook
    hooked.file()
    told = set(NoticeDelivery.objects.filter(hook__isnull=False).values_list("hook", flat=True))
    assert told == {hooked.hook.pk, own.pk}
    monkeypatch.setattr(announcing, "may_hear", lambda *_given: True)
    hooked.file()
    assert NoticeDelivery.objects.filter(hook=other).exists()


def test_an_event_needs_its_permission(hooked, cast, monkeypatch):
    heard = announcing.KINDS["demand.filed"]
    hooked.file()
    monkeypatch.setitem(announcing.KINDS, "demand.filed", type(heard)(heard.label, frozenset({"nobody.has"})))
    hooked.file()
    assert NoticeDelivery.objects.filter(hook__isnull=False).count() == 1


@pytest.mark.parametrize("how", ["post", "account"])
def test_an_ended_post_stops_its_hooks(hooked, cast, monkeypatch, how):
    """What waits is not sent, and nothing more is written."""
    hooked.file()
    if how == "post":
        Post.objects.filter(pk=cast.dispatcher.post_id).update(ends_on=DAY)
    else:
        Account.objects.filter(pk=cast.dispatcher.account_id).update(is_active=False)
    hooked.send()
    assert (hooked.program.calls, hooked.delivery.state, hooked.now.state) == (0, "failed", "closed")
    hooked.file()
    assert NoticeDelivery.objects.filter(hook__isnull=False).count() == 1
    type(hooked.hook).objects.update(closed_at=None)
    NoticeDelivery.objects.update(state="queued", next_at=NOW)
    monkeypatch.setattr(letters, "is_present", lambda _post, _on: True)
    hooked.send()
    assert hooked.program.calls == 1, "without the look at the post it is called"


def test_a_secret_is_sealed(hooked, monkeypatch):
    kept = hooked.now.secret
    assert hooked.program.secrets[0] not in kept
    monkeypatch.setattr(keeping, "sealed", lambda secret, _salt: secret)
    opened = hooked.open()
    assert opened.secret == type(hooked.hook).objects.get(pk=opened.hook.pk).secret


def test_a_hook_is_its_posts_own(hooked, cast, monkeypatch):
    with pytest.raises(access.NotFound):
        access.own_hook(hooked.hook.pk, cast.lead)
    monkeypatch.setattr(access, "hooks_visible_to", lambda _actor: type(hooked.hook).objects.all())
    assert access.hook_for(hooked.hook.pk, cast.lead) == hooked.hook


def test_a_post_has_ten_at_the_most(hooked, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 1)
    with pytest.raises(keeping.Conflict):
        hooked.open(events=EVENTS)
    monkeypatch.setattr(keeping, "MOST", 2)
    hooked.open(events=EVENTS)
