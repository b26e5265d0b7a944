"""A firm is told a measure once, and a cause makes one notice: the indexes hold what the plan might overlook."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError

from songda.kernel.errors import Conflict
from songda.ledger.notices.models import Notice, NoticeDelivery, NoticeLine
from songda.ledger.notices.tests.post import reachable, tell, told
from songda.registry.people.tests.cast import NOW, assemble
from tests.controls.rebuilt import constraint_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(monkeypatch):
    """A firm, and two pushes at one moment: neither sees what the other is about to tell."""
    monkeypatch.setattr(import_module("songda.ledger.notices.queries.plan"), "told_pairs", lambda topic, topic_ids: set())
    found = assemble().firm
    reachable(found)
    return found


def test_two_pushes_at_one_moment_tell_once(firm):
    tell(told(firm, 1), cause="push:1")
    with pytest.raises(Conflict):
        tell(told(firm, 1), cause="push:2")
    assert NoticeLine.objects.count() == 1
    with constraint_off(NoticeLine, "told_once"):
        tell(told(firm, 1), cause="push:2")
        assert NoticeLine.objects.count() == 2, "without the index the firm is told twice"
        clear()


def test_a_cause_makes_one_notice(firm):
    def notify():
        Notice.objects.create(
            subject=firm, area_path=firm.area_path, cause="push:1", title="通知", body_digest="d", created_at=NOW
        )

    notify()
    with pytest.raises(IntegrityError):
        notify()
    with constraint_off(Notice, "one_notice_a_cause"):
        notify()
        assert Notice.objects.count() == 2, "without the index one push makes two notices"
        clear()


def clear() -> None:
    for model in (NoticeDelivery, NoticeLine, Notice):
        model.objects.all().delete()
