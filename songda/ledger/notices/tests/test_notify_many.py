"""notify_many: a line once, a notice once a cause, a delivery a contact."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.ledger.notices.models import Notice, NoticeDelivery, NoticeLine
from songda.ledger.notices.tests.post import reachable, tell, told
from songda.registry.people.tests.cast import DAY


def test_one_notice_with_its_lines_and_a_delivery_a_contact(cast):
    reachable(cast.firm)
    reachable(cast.firm, "inbox", "firm")
    done = tell(told(cast.firm, 1, 2), channels=("dingtalk", "inbox"))
    assert (done.notices, done.lines, done.deliveries) == (1, 2, 2)
    states = dict(NoticeDelivery.objects.values_list("channel", "state"))
    assert states == {"dingtalk": "queued", "inbox": "delivered"}
    assert Notice.objects.get().area_path == cast.firm.area_path


@pytest.mark.row("POL-07")
def test_a_version_is_told_once_ever(cast):
    reachable(cast.firm)
    tell(told(cast.firm, 1))
    again = tell(told(cast.firm, 1, 2), cause="push:2")
    assert (again.notices, again.lines, again.already_told) == (1, 1, 1)
    none = tell(told(cast.firm, 1, 2), cause="push:3")
    assert (none.notices, none.already_told) == (0, 2)
    assert NoticeLine.objects.count() == 2


def test_a_retried_push_tells_nobody_twice(cast):
    reachable(cast.firm)
    tell(told(cast.firm, 1))
    again = tell(told(cast.firm, 1, 2))
    assert (again.notices, again.noticed) == (0, 1)


def test_a_firm_without_a_contact_is_listed_and_can_be_told_later(cast):
    first = tell(told(cast.firm, 1))
    assert (first.notices, first.without_contact) == (0, (cast.firm.pk,))
    reachable(cast.firm)
    assert tell(told(cast.firm, 1), cause="push:2").notices == 1


def test_an_ended_contact_is_not_written_to(cast):
    contact = reachable(cast.firm)
    contact.ends_on = DAY - dt.timedelta(days=1)
    contact.save()
    assert tell(told(cast.firm, 1)).without_contact == (cast.firm.pk,)
