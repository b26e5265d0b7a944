"""match_versions: the table somebody filled in by hand, and only what changed is written."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from songda.deliveries.policy.matching.actions import match_everything, match_one_version, match_versions, rematch_subject
from songda.deliveries.policy.matching.models import Match, MatchRun
from songda.deliveries.policy.matching.queries import verdicts_for
from songda.deliveries.policy.matching.tests.board import FEN, TABLE, measure, tell
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict
from songda.registry.actors import system
from songda.registry.people.tests.cast import DAY, NOW

LATER = NOW + dt.timedelta(hours=1)


def match(board, now=NOW, on=DAY):
    return match_versions(board.snapshot(now, on), board.versions.values(), by=system(), now=now)


def present(board) -> set[tuple[str, str]]:
    rows = Match.objects.filter(left_on=None).values_list("version__measure__code", "subject_id")
    return {(code, board.name_of(subject)) for code, subject in rows}


@pytest.mark.row("POL-07")
def test_matches_equal_the_table_filled_in_by_hand(board):
    match(board)
    by_hand = {(code, name) for code, row in TABLE.items() for name, answer in row.items() if answer == "是"}
    assert present(board) == by_hand
    amounts = Match.objects.exclude(amount_fen=None).values_list("version__measure__code", "subject_id", "amount_fen")
    assert {(code, board.name_of(subject)): fen for code, subject, fen in amounts} == FEN


@pytest.mark.row("POL-07")
def test_the_row_evaluator_says_the_same(board):
    for name, firm in board.firms.items():
        said = {one.version.measure.code: one.answer.value[0] for one in verdicts_for(firm.pk, on=DAY)}
        assert said == {code: row[name] for code, row in TABLE.items()}


def test_runs_count_the_firms_of_the_area_and_keep_the_undecided(board):
    outside = board.cast.other_firm
    runs = {run.version.measure.code: run for run in match(board)}
    small, order = (
        runs["small"],
        sorted([*(one.pk for one in board.firms.values()), outside.pk, board.cast.firm.pk, board.cast.neighbour.pk]),
    )
    assert (small.yes, small.no, small.unknown) == (2, 1, 3)  # the cast's two firms of the zone are 待核 too
    bits = np.unpackbits(np.frombuffer(bytes(small.undecided), np.uint8), bitorder="little")
    undecided = {subject for subject, bit in zip(order, bits, strict=False) if bit}
    assert undecided == {board.firms["three"].pk, board.cast.firm.pk, board.cast.neighbour.pk}
    assert (runs["staff"].amount_fen, runs["small"].amount_fen) == (5_000_000, None)


def test_a_second_run_writes_nothing(board):
    first = match(board)
    rows, entries = list(Match.objects.values()), AuditEntry.objects.count()
    assert [run.pk for run in match(board)] == [run.pk for run in first]
    assert (list(Match.objects.values()), AuditEntry.objects.count()) == (rows, entries)


def test_the_next_day_writes_only_what_changed(board):
    match(board)
    tomorrow, on = NOW + dt.timedelta(days=1), DAY + dt.timedelta(days=1)
    tell(board.firms["one"], "size", "中型", LATER)
    tell(board.firms["three"], "size", "小型", LATER)
    match(board, tomorrow, on)
    small = Match.objects.filter(version=board.versions["small"])
    assert {(board.name_of(row.subject_id), row.entered_on, row.left_on) for row in small} == {
        ("one", DAY, on), ("three", on, None), ("four", DAY, None),
    }  # fmt: skip


def test_an_older_snapshot_is_refused(board):
    old = board.snapshot(NOW - dt.timedelta(days=1), DAY - dt.timedelta(days=1))
    match(board)
    with pytest.raises(Conflict):
        match_versions(old, board.versions.values(), by=system(), now=NOW)


def test_firms_with_newer_facts_are_left_to_the_row_evaluator(board):
    snapshot = board.snapshot()
    tell(board.firms["one"], "size", "大型", LATER)
    rematch_subject(board.firms["one"].pk, by=system(), now=LATER)
    match_versions(snapshot, board.versions.values(), by=system(), now=LATER + dt.timedelta(hours=1))
    assert ("small", "one") not in present(board)


def test_one_measure_is_matched_at_once_with_facts_newer_than_the_snapshot(board):
    board.snapshot()
    tell(board.firms["two"], "size", "小型", LATER)
    run = match_one_version(board.versions["small"].pk, by=system(), now=LATER + dt.timedelta(minutes=1))
    assert present(board) == {("small", "one"), ("small", "two"), ("small", "four")}
    assert MatchRun.objects.get() == run


def test_one_measure_without_a_rule_is_refused(board):
    version = measure("bare", "规模以上")
    version.rule_version = None
    version.save()
    with pytest.raises(Conflict):
        match_one_version(version.pk, by=system(), now=NOW)


def test_everything_is_matched_from_nothing(board):
    runs = match_everything(by=system(), now=NOW)
    assert len(runs) == len(board.versions)
