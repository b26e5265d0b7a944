"""Controls of meetings: one special case a matter, one line a case, only who keeps them, scope."""

from __future__ import annotations

import sys

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from songda.deliveries.service.demands.tests.conftest import board
from songda.kernel.errors import NotPermitted
from songda.office.dispatch import access, actions
from songda.office.dispatch.models import Matter, SpecialCase
from songda.registry.people.tests.cast import DAY, NOW
from tests.controls.opened import unique_off

__all__ = ["board"]


def in_two(cast, case):
    with transaction.atomic():
        for title in ("甲案", "乙案"):
            special = SpecialCase.objects.create(
                title=title, area_path=cast.zone.area_path, leader_id=cast.lead.post_id, due_on=DAY, opened_at=NOW
            )
            Matter.objects.create(special=special, case=case)
    return Matter.objects.filter(case=case, ended_at=None).count()


@pytest.mark.row("SVC-09")
def test_a_matter_is_in_one_special_case_and_would_be_in_two_without_the_index(board):
    case = board.file()
    with pytest.raises(IntegrityError):
        in_two(board.cast, case)
    with unique_off(Matter, "one_special_case_a_matter"):
        assert in_two(board.cast, case) == 2


@pytest.mark.row("SVC-47")
def test_only_who_keeps_meetings_calls_one_and_anybody_would_without_the_permission(board, monkeypatch):
    with pytest.raises(NotPermitted):
        actions.call_meeting("break", "攻坚会", DAY, by=board.cast.desk, now=NOW)
    monkeypatch.setattr(sys.modules["songda.office.dispatch.actions.hold_meeting"], "must_keep", lambda _by: None)
    assert actions.call_meeting("break", "攻坚会", DAY, by=board.cast.desk, now=NOW).pk


def test_meetings_of_another_district_are_out_of_sight_and_would_be_seen_without_the_scope(board, monkeypatch):
    actions.call_meeting("break", "攻坚会", DAY, by=board.cast.dispatcher, now=NOW)
    assert not access.meetings_visible_to(board.cast.stranger).exists()
    monkeypatch.setattr(access, "within", lambda paths, field="area_path": ~Q(pk__in=[]))
    assert access.meetings_visible_to(board.cast.stranger).exists()
