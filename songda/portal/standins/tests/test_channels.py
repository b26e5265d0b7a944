"""One suite for every channel of the house (SUP-04), from telling to evidence: real rows, the real sender, real HTTP and SMTP."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from songda.kernel import clock
from songda.ledger.notices import queries
from songda.ledger.notices.actions import GroupGiven, keep_group, notify_groups, notify_many, send_due
from songda.ledger.notices.actions.channels import open_channels
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules.letters import Line, Told, Word
from songda.ledger.notices.states import CHANNELS, GROUP_CHANNELS, INBOX
from songda.portal.standins.commands import channels
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import running
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import DAY, NOW, SINCE

pytestmark = [pytest.mark.row("SUP-04"), pytest.mark.django_db]
LATER = dt.timedelta(minutes=6)  # a worker's lease is over
MEMBERS = 120
outside = pytest.mark.parametrize(
    "post", [code for code in CHANNELS if code != INBOX], indirect=True
)  # the inbox has no line to cut


class Post:
    """A channel of the house with its platform, and one recipient to tell."""

    def __init__(self, code: str, cast, platform: Platform) -> None:
        self.code, self.cast, self.platform = code, cast, platform
        if code in GROUP_CHANNELS:
            given = GroupGiven("zone-tech", "示例园区群", code, MEMBERS, DAY, cast.zone.area_path)
            self.group = keep_group(given, by=cast.dispatcher, now=NOW).pk
        else:
            Contact.objects.create(subject=cast.firm, channel=code, address="u1@x.invalid", starts_on=SINCE)

    def tell(self, number: int = 1) -> NoticeDelivery:
        now = clock.now()
        if self.code in GROUP_CHANNELS:
            notify_groups([self.group], Word("政策送达", f"示例措施{number}", "push", number), now=now)
        else:
            row = Told(self.cast.firm.pk, self.cast.firm.area_path, (Line(number, f"示例措施{number}", "演示"),))
            notify_many(f"push:{number}", [row], title="政策送达", topic="push", channels=[self.code], now=now)
        return NoticeDelivery.objects.latest("pk")

    def send(self, after: dt.timedelta = dt.timedelta(0)) -> None:
        send_due(clock=lambda: clock.now() + after)


@pytest.fixture(params=list(CHANNELS))
def post(request, cast, settings, tmp_path):
    platform = Platform()
    with running(platform) as server:
        settings.CHANNELS_FILE = tmp_path / "channels.json"
        settings.CHANNELS_FILE.write_text(json.dumps(channels(server, "http://127.0.0.1:8000", ["zone-tech"])), encoding="utf-8")
        yield Post(request.param, cast, platform)


def test_what_is_told_arrives_once_and_is_evidence(post):
    row = post.tell()
    post.send()
    post.send(LATER)
    row.refresh_from_db()
    assert row.state in ("sent", "delivered")
    if post.code != INBOX:
        (message,) = post.platform.received
        assert "示例措施1" in message.text
    found = queries.evidence_of(NoticeDelivery.objects.all())
    group = post.code in GROUP_CHANNELS
    assert (found.firms, found.person_times) == ((0, MEMBERS) if group else (1, 1))


def test_told_again_it_is_not_sent_again(post):
    post.tell()
    post.send()
    post.tell()
    post.send()
    assert NoticeDelivery.objects.count() == 1
    assert len(post.platform.received) == (0 if post.code == INBOX else 1)


@outside
def test_a_cut_line_shows_nothing_twice(post):
    post.platform.faults.append("cut-after")
    row = post.tell()
    post.send()
    post.send(LATER)
    row.refresh_from_db()
    assert len(post.platform.received) == 1
    plain = not (open_channels()[post.code].takes_key or open_channels()[post.code].can_be_asked)
    assert row.state == "unknown" if plain else row.state in ("sent", "delivered")


@outside
def test_a_line_cut_before_it_arrived_is_mended_only_where_that_is_certain(post):
    post.platform.faults.append("cut-before")
    row = post.tell()
    post.send()
    post.send(LATER)
    row.refresh_from_db()
    if post.code in GROUP_CHANNELS:
        assert (row.state, len(post.platform.received)) == ("unknown", 0), "nobody can know: a person decides"
    else:
        assert row.state in ("sent", "delivered") and len(post.platform.received) == 1


@outside
def test_a_refusal_is_in_neither_figure(post):
    post.platform.faults.append("errcode")
    row = post.tell()
    post.send()
    row.refresh_from_db()
    found = queries.evidence_of(NoticeDelivery.objects.all())
    assert (row.state, found.firms, found.person_times) == ("failed", 0, 0) and row.failure
