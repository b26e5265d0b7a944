"""Posts and groups are told by the same machine, once, and counted apart from firms."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from songda.kernel.errors import NotFound, NotPermitted
from songda.ledger.notices import queries
from songda.ledger.notices.access import deliveries_visible_to, queue_visible_to
from songda.ledger.notices.actions import GroupGiven, keep_group, notify_groups, notify_posts, open_own, send_due
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.rules.letters import Word
from songda.ledger.notices.tests.post import Postman
from songda.registry.people.models import Contact, Post
from songda.registry.people.tests.cast import DAY, NOW, SINCE, enter

WORD = Word("督办", "示例事项已超期，请今日答复", "case_alert", 7, "/cases/7/")


@pytest.fixture
def channels(settings, tmp_path):
    settings.CHANNELS_FILE = tmp_path / "channels.json"
    given = {"kind": "wecom_robot", "base_url": "http://127.0.0.1:9", "application": "x"}
    settings.CHANNELS_FILE.write_text(json.dumps({"channels": {"dingtalk": given, "wecom_group": given}}), encoding="utf-8")


def group(cast, members: int = 120):
    given = GroupGiven("zone-tech", "示例园区企业群", "wecom_group", members, DAY, cast.zone.area_path)
    return keep_group(given, by=cast.dispatcher, now=NOW)


def test_a_post_is_told_once_on_its_page_and_through_its_contacts(cast, channels):
    post = cast.officer.post_id
    Contact.objects.create(post_id=post, channel="dingtalk", address="officer-1", starts_on=SINCE)
    done = notify_posts([post], WORD, now=NOW)
    assert (done.notices, done.deliveries) == (1, 2)
    assert notify_posts([post], WORD, now=NOW).already_told == 1
    postman = Postman()
    send_due(clock=lambda: NOW, channels={"dingtalk": postman})
    (letter,) = postman.letters
    assert (letter.to, letter.title) == ("officer-1", "督办") and letter.link.endswith("/cases/7/")
    assert dict(NoticeDelivery.objects.values_list("channel", "state")) == {"inbox": "delivered", "dingtalk": "sent"}


def test_a_post_that_has_ended_is_listed_and_not_told(cast):
    Post.objects.filter(pk=cast.officer.post_id).update(ends_on=DAY)
    assert notify_posts([cast.officer.post_id], WORD, now=NOW).without_contact == (cast.officer.post_id,)
    assert not NoticeDelivery.objects.exists()


def test_what_posts_were_told_is_not_coverage(cast):
    notify_posts([cast.officer.post_id], WORD, now=NOW)
    assert not deliveries_visible_to(cast.dispatcher).exists()
    assert queue_visible_to(cast.dispatcher).count() == 1


def test_its_own_page_counts_what_is_unread_and_leads_on(cast):
    notify_posts([cast.officer.post_id], WORD, now=NOW)
    count, (row,) = queries.unread(cast.officer)
    assert count == 1
    with pytest.raises(NotFound):
        open_own(row.pk, by=cast.dispatcher, now=NOW)
    client = enter(Client(), cast.officer)
    assert "示例事项已超期" in client.get("/notices/").content.decode()
    assert client.get(f"/notices/{row.pk}/").headers["Location"] == "/cases/7/"
    row.refresh_from_db()
    assert (row.state, queries.unread(cast.officer)[0]) == ("opened", 0)


def test_a_page_outside_the_house_is_no_link(cast):
    with pytest.raises(ValueError, match="not a page"):
        notify_posts([cast.officer.post_id], Word("t", "t", "t", 1, "//evil.example"), now=NOW)


@pytest.mark.row("SUP-04")
def test_a_group_message_counts_as_its_members_and_is_no_firm(cast, channels):
    done = notify_groups([group(cast).pk], Word("新政", "示例措施", "push", 3, cause="push:3"), now=NOW)
    assert (done.notices, done.deliveries) == (1, 1)
    postman = Postman(takes_key=False)
    send_due(clock=lambda: NOW, channels={"wecom_group": postman})
    assert postman.letters[0].to == "zone-tech"
    found = queries.evidence_of(deliveries_visible_to(cast.dispatcher).filter(notice__cause="push:3"))
    assert (found.firms, found.person_times, found.group_times) == (0, 120, 120)
    assert [row.person_times for row in queries.by_cause(NoticeDelivery.objects.all(), ["push:3"]).values()] == [120]
    group(cast, members=200)
    assert queries.evidence_of(NoticeDelivery.objects.all()).person_times == 120, "a message keeps the count of its day"


def test_a_group_is_kept_in_ones_own_area_only(cast):
    with pytest.raises(NotPermitted):
        keep_group(
            GroupGiven("far", "群", "wecom_group", 5, DAY, cast.other_zone.area_path), by=cast.officer, now=NOW + dt.timedelta(0)
        )
