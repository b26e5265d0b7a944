"""rematch_subject: intervals open and close the moment a fact is known."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.matching.actions import rematch_subject
from songda.deliveries.policy.matching.models import Match
from songda.deliveries.policy.matching.tests.board import tell
from songda.engines.rules.verdict import Answer
from songda.kernel.errors import NotFound
from songda.registry.actors import system
from songda.registry.people.tests.cast import DAY, NOW


def rematch(board, name, minutes=0):
    return rematch_subject(board.firms[name].pk, by=system(), now=NOW + dt.timedelta(minutes=minutes))


def test_a_firm_enters_what_fits_it_with_its_amount(board):
    done = rematch(board, "one")
    fitting = {board.versions[code].pk for code in ("small", "staff", "maker")}
    assert (set(done.entered), done.left) == (fitting, ())
    assert Match.objects.get(version=board.versions["staff"]).amount_fen == 5_000_000
    assert not rematch(board, "one", 1).entered


def test_a_blip_within_a_day_leaves_no_interval(board):
    rematch(board, "one")
    tell(board.firms["one"], "size", "大型", NOW)
    done = rematch(board, "one", 1)
    assert (set(done.entered), set(done.left)) == ({board.versions["either"].pk}, {board.versions["small"].pk})
    assert not Match.objects.filter(version=board.versions["small"]).exists()
    tell(board.firms["one"], "size", "小型", NOW + dt.timedelta(minutes=2))
    rematch(board, "one", 3)
    assert Match.objects.get(version=board.versions["small"]).entered_on == DAY


def test_leaving_and_returning_on_one_day_is_never_having_left(board):
    rematch(board, "one")
    Match.objects.update(entered_on=DAY - dt.timedelta(days=9))
    tell(board.firms["one"], "size", "中型", NOW)
    rematch(board, "one", 1)
    assert Match.objects.get(version=board.versions["small"]).left_on == DAY
    tell(board.firms["one"], "size", "微型", NOW + dt.timedelta(minutes=2))
    done = rematch(board, "one", 3)
    assert done.entered == (board.versions["small"].pk,)
    row = Match.objects.get(version=board.versions["small"])
    assert (row.entered_on, row.left_on) == (DAY - dt.timedelta(days=9), None)


def test_a_changed_amount_is_corrected_in_place(board):
    rematch(board, "one")
    tell(board.firms["one"], "revenue", "100万元", NOW)
    rematch(board, "one", 1)
    assert Match.objects.get(version=board.versions["staff"]).amount_fen == 1_000_000


def test_a_closed_firm_fits_nothing(board):
    rematch(board, "one")
    board.firms["one"].status = "closed"
    board.firms["one"].save()
    done = rematch(board, "one", 1)
    assert (done.verdicts, len(done.left)) == ((), 3)


def test_verdicts_come_with_reasons(board):
    done = {one.version.measure.code: one for one in rematch(board, "three").verdicts}
    staff = done["staff"].verdict
    assert (staff.answer, staff.settling) == (Answer.UNKNOWN, ("above_scale",))
    assert [(reason.text, reason.answer.value) for reason in staff.reasons] == [("用工人数 ≥ 50人", "是"), ("规模以上", "待核")]


def test_a_stranger_cannot_rematch(board):
    with pytest.raises(NotFound):
        rematch_subject(board.firms["one"].pk, by=board.cast.stranger, now=NOW)
