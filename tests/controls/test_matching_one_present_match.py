"""A firm fits a measure version once at a time: the index holds what two matchers at one moment might write."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.matching.models import Match
from songda.deliveries.policy.matching.tests.board import board
from songda.registry.people.tests.cast import DAY
from tests.controls.opened import unique_off

__all__ = ["board"]


def enter(board, on: dt.date) -> None:
    firm = board.firms["one"]
    with transaction.atomic():
        Match.objects.create(version=board.versions["small"], subject=firm, area_path=firm.area_path, entered_on=on)


def test_one_present_match(board):
    enter(board, DAY)
    with pytest.raises(IntegrityError):
        enter(board, DAY + dt.timedelta(days=1))
    with unique_off(Match, "one_present_match"):
        enter(board, DAY + dt.timedelta(days=1))
        assert Match.objects.filter(left_on=None).count() == 2, "without the index a firm is counted twice"
