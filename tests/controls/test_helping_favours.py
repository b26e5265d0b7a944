"""Controls of desks and favours: powers, consent, quotas, one duty a day, a call once, days not counted twice, second persons."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.service.demands import actions as demands
from songda.deliveries.service.demands.actions import Assignees
from songda.deliveries.service.demands.tests.conftest import board
from songda.deliveries.service.helping import actions, queries
from songda.deliveries.service.helping.models import Call, DelaySpan, Duty, Entitlement, Feedback, Hotline, ServicePackage, Usage
from songda.deliveries.service.helping.tests.test_favours import graded, letter, power
from songda.kernel.errors import Conflict, NotPermitted
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import CaseStep
from songda.registry.people.tests.cast import DAY, NOW
from tests.controls.opened import check_off, unique_off
from tests.controls.rebuilt import constraint_off

__all__ = ["board", "graded"]
LATER = NOW + dt.timedelta(days=30)


@pytest.mark.row("SVC-42")
def test_an_expired_power_stops_the_errand_and_would_not_without_the_guard(board, monkeypatch):
    power(board, board.cast.desk, days=2)
    case = actions.take_errand(board.cast.firm.pk, "代办", by=board.cast.desk, now=NOW)

    def go_on():
        return demands.note_progress(case.pk, Said("继续"), by=board.cast.desk, now=LATER)

    with pytest.raises(NotPermitted):
        go_on()
    monkeypatch.setattr(sys.modules["songda.ledger.cases.actions.step_case"], "guard_of", lambda _code: "")
    assert CaseStep.objects.get(pk=go_on().pk).for_name == ""


@pytest.mark.row("SVC-32")
def test_publication_needs_consent_and_would_not_without_check_and_rule(board):
    one = letter(board)
    with pytest.raises(Conflict):
        actions.publish_feedback(one.pk, by=board.cast.lead, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=one.pk).update(published_at=NOW)
    with check_off(Feedback, "published_with_consent"):
        assert Feedback.objects.filter(pk=one.pk).update(published_at=NOW) == 1


def over_quota(cast, right):
    with transaction.atomic():
        for _n in range(2):
            Usage.objects.create(
                entitlement=right, subject=cast.firm, period_on=DAY, slot=1, state="used", asked_at=NOW, asked_name="示例"
            )
    return Usage.objects.count()


@pytest.mark.row("SVC-36")
def test_a_place_of_the_quota_is_given_once_and_would_be_twice_without_the_index(cast):
    package = ServicePackage.objects.create(grade="A", title="示例", area_path=cast.zone.area_path, starts_on=DAY)
    right = Entitlement.objects.create(package=package, service="示例", quota=1, period="month")
    with pytest.raises(IntegrityError):
        over_quota(cast, right)
    with unique_off(Usage, "slot_once_a_period"):
        assert over_quota(cast, right) == 2


@pytest.mark.row("SVC-36")
def test_a_request_beyond_the_quota_waits_and_would_be_arranged_without_the_count(board, graded, monkeypatch):
    right = queries.package_of(board.cast.firm, DAY).allowances[0].entitlement
    ask = [actions.request_service(right.pk, by=board.cast.clerk, now=NOW).state for _n in range(2)]
    assert ask == ["used", "queued"]
    module = sys.modules["songda.deliveries.service.helping.actions.use_package"]
    monkeypatch.setattr(module, "free_slot", lambda _quota, taken: max(taken, default=0) + 1)
    assert actions.request_service(right.pk, by=board.cast.clerk, now=NOW).state == "used"


def two_on_a_day(cast):
    with transaction.atomic():
        for _n in range(2):
            Duty.objects.create(unit=cast.bureau, day=DAY, post_id=cast.desk.post_id)
    return Duty.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_day_has_one_on_duty_and_would_have_two_without_the_index(cast):
    with pytest.raises(IntegrityError):
        two_on_a_day(cast)
    with constraint_off(Duty, "one_duty_a_day"):
        assert two_on_a_day(cast) == 2
        Duty.objects.all().delete()


def call_twice(line):
    with transaction.atomic():
        for _n in range(2):
            Call.objects.create(hotline=line, at=NOW, caller="1380", answered=True)
    return Call.objects.count()


@pytest.mark.row("SVC-31")
@pytest.mark.django_db(transaction=True)
def test_a_call_is_kept_once_and_would_be_twice_without_the_index(cast):
    line = Hotline.objects.create(number="1", purpose="示例", owner=cast.bureau, area_path=cast.bureau.area_path, opened_on=DAY)
    with pytest.raises(IntegrityError):
        call_twice(line)
    with constraint_off(Call, "call_once"):
        assert call_twice(line) == 2
        Call.objects.all().delete()


@pytest.mark.row("SVC-57")
def test_overlapping_days_count_once_and_would_count_twice_without_merging(board, monkeypatch):
    case = board.file(kind="contract-delay", extra={"contract": "示例合同"})
    for _n in range(2):
        actions.claim_delay(case.pk, (DAY, DAY + dt.timedelta(days=4)), "停工", by=board.cast.clerk, now=NOW)
    assert queries.delay_of(case).claimed == 5
    monkeypatch.setattr(sys.modules["songda.deliveries.service.helping.rules.delays"], "merged", sorted)
    assert queries.delay_of(case).claimed == 10


def test_nobody_accepts_the_days_he_claimed_and_would_without_the_check(board):
    cast = board.cast
    case = board.file(kind="contract-delay", extra={"contract": "示例合同"})
    demands.assign_demand(case.pk, Assignees(cast.bureau.pk), by=cast.dispatcher, now=NOW)
    span = actions.claim_delay(case.pk, (DAY, DAY), "停工", by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted):
        actions.decide_delay(span.pk, "", accepted=True, by=cast.desk, now=NOW)
    DelaySpan.objects.filter(pk=span.pk).update(claimed_by=None)  # as if nobody had been noted
    assert actions.decide_delay(span.pk, "", accepted=True, by=cast.desk, now=NOW).accepted
