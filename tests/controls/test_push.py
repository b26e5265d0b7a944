"""Controls of push: urgency says why, the same words once, one push a press, who declined is left alone, a figure is its rows."""

from __future__ import annotations

import sys

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.matching.tests.board import board
from songda.deliveries.policy.push.actions import push
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.push.rules.wanted import Wanted
from songda.deliveries.policy.push.tests.conftest import matched
from songda.deliveries.policy.push.tests.test_fates import AREA, WAYS, wanted
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.notices.models import NoticeDelivery
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import check_off

__all__ = ["board", "matched"]


def test_an_urgent_push_says_why_and_would_not_without_check_and_rule(matched):
    with pytest.raises(Invalid):
        push(wanted(matched, "small", urgent=True), by=matched.cast.dispatcher, now=NOW)
    made = push(wanted(matched, "small", urgent=True, urgent_reason="今日截止"), by=matched.cast.dispatcher, now=NOW).push
    with pytest.raises(IntegrityError), transaction.atomic():
        Push.objects.filter(pk=made.pk).update(urgent_reason="")
    with check_off(Push, "urgent_push_says_why"):
        assert Push.objects.filter(pk=made.pk).update(urgent_reason="") == 1


@pytest.mark.row("POL-07")
def test_who_declined_is_left_alone_and_would_be_told_without_the_mark(matched):
    Contact.objects.filter(subject=matched.firms["one"]).update(declined_at=NOW)
    with pytest.raises(Conflict):
        push(wanted(matched, "small"), by=matched.cast.dispatcher, now=NOW)
    Contact.objects.filter(subject=matched.firms["one"]).update(declined_at=None)
    push(wanted(matched, "small"), by=matched.cast.dispatcher, now=NOW)
    assert NoticeDelivery.objects.filter(notice__subject=matched.firms["one"]).exists()


@pytest.mark.row("POL-07")
def test_pressing_twice_pushes_once_and_would_be_refused_at_best_without_the_key(matched, monkeypatch):
    first, again = (push(wanted(matched, "small", request_key="k"), by=matched.cast.dispatcher, now=NOW).push for _n in range(2))
    assert first == again
    module = sys.modules["songda.deliveries.policy.push.actions.push_measures"]
    titled = Wanted(AREA, WAYS, title="甲", text="一", request_key="")
    push(titled, by=matched.cast.dispatcher, now=NOW)
    assert module.Push.objects.count() == 2
    other = Wanted(AREA, WAYS, title="甲", text="二", request_key="")
    push(other, by=matched.cast.dispatcher, now=NOW)
    assert Push.objects.count() == 3, "without a key another text is another push"
