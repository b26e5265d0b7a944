"""Numbers of papers: without gaps, none twice, only for what is issued; two persons where the kind says so."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.kernel.errors import Conflict, NotPermitted
from songda.ledger.papers import actions
from songda.ledger.papers.models import Paper, Series
from songda.ledger.papers.tests.ground import lay, notice, register
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import check_off, unique_off

ISSUE = import_module("songda.ledger.papers.actions.issue_paper")
ONE, TWO = "郑高新申〔2020〕1号", "郑高新申〔2020〕2号"


@pytest.fixture
def pair(cast):
    lay(cast)
    return register(cast, "甲用途"), register(cast, "乙用途")


def meanwhile(monkeypatch, act) -> None:
    """Let another issuer act between the moment a paper was read and the moment it takes its number."""
    real = ISSUE.series_for

    def then(*given):
        monkeypatch.setattr(ISSUE, "series_for", real)
        act()
        return real(*given)

    monkeypatch.setattr(ISSUE, "series_for", then)


def unlocked(series: str) -> int:
    """The next number as somebody would take it who reads it off the papers: both readers read the same."""
    return 1


@pytest.mark.row("SUP-23")
@pytest.mark.parametrize("first", [0, 1])
def test_two_issuers_at_once_get_two_numbers_in_either_order(cast, pair, monkeypatch, first):
    slow, fast = pair[first], pair[1 - first]
    meanwhile(monkeypatch, lambda: actions.issue_paper(fast.pk, by=cast.officer, now=NOW))
    assert actions.issue_paper(slow.pk, by=cast.officer, now=NOW).number == TWO
    assert Paper.objects.get(pk=fast.pk).number == ONE


@pytest.mark.row("SUP-23")
def test_without_the_counter_both_would_take_one_number(cast, pair, monkeypatch):
    monkeypatch.setattr(ISSUE, "next_ordinal", unlocked)
    actions.issue_paper(pair[0].pk, by=cast.officer, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.issue_paper(pair[1].pk, by=cast.officer, now=NOW)  # the index holds where the counter does not
    monkeypatch.setattr(ISSUE, "number_in", lambda series, ordinal: f"{series}{ordinal}另")  # past the number's own index
    with unique_off(Paper, "paper_number_once"):
        assert actions.issue_paper(pair[1].pk, by=cast.officer, now=NOW).ordinal == 1


@pytest.mark.row("SUP-23")
@pytest.mark.parametrize("kept", [True, False])
def test_an_issue_taken_back_leaves_no_gap(cast, pair, monkeypatch, kept):
    if not kept:  # a counter outside the transaction, as a sequence of the database is
        given = iter((1, 2))
        monkeypatch.setattr(ISSUE, "next_ordinal", lambda _series: next(given))
    real = ISSUE.record
    monkeypatch.setattr(ISSUE, "record", lambda *_a, **_k: (_ for _ in ()).throw(RuntimeError("the power failed")))
    with pytest.raises(RuntimeError):
        actions.issue_paper(pair[0].pk, by=cast.officer, now=NOW)
    monkeypatch.setattr(ISSUE, "record", real)
    assert not Series.objects.exists()
    assert actions.issue_paper(pair[1].pk, by=cast.officer, now=NOW).number == (ONE if kept else TWO)


@pytest.mark.row("SUP-23")
@pytest.mark.parametrize("checked", [True, False])
def test_one_paper_issued_by_two_at_once_takes_one_number(cast, pair, monkeypatch, checked):
    paper = pair[0]
    if not checked:
        monkeypatch.setattr(ISSUE, "move", lambda _machine, thing, _step, _only, **changes: carelessly(thing, changes))
    meanwhile(monkeypatch, lambda: actions.issue_paper(paper.pk, by=cast.officer, now=NOW))
    if not checked:
        assert actions.issue_paper(paper.pk, by=cast.officer, now=NOW).number == TWO  # the second hid the first: a gap
        return
    with pytest.raises(Conflict), transaction.atomic():
        actions.issue_paper(paper.pk, by=cast.officer, now=NOW)
    assert not Series.objects.exists()  # taken back whole; the other issuer's stood in the same transaction here
    assert actions.issue_paper(paper.pk, by=cast.officer, now=NOW).number == ONE


def carelessly(thing: Paper, changes: dict[str, object]) -> None:
    Paper.objects.filter(pk=thing.pk).update(state="issued", **changes)
    thing.refresh_from_db()


@pytest.mark.row("SUP-23")
def test_only_what_is_issued_bears_a_number(pair):
    rows = Paper.objects.filter(pk=pair[0].pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(number="私编1号", ordinal=1, series="私编{n}号")
    with check_off(Paper, "only_issued_papers_are_numbered"):
        assert rows.update(number="私编1号", ordinal=1, series="私编{n}号") == 1


@pytest.mark.row("SUP-23")
def test_a_withdrawn_number_is_not_given_again(cast, pair):
    actions.issue_paper(pair[0].pk, by=cast.officer, now=NOW)
    actions.withdraw_paper(pair[0].pk, "填错", by=cast.officer, now=NOW)
    assert Paper.objects.get(pk=pair[0].pk).number == ONE
    assert actions.issue_paper(pair[1].pk, by=cast.officer, now=NOW).number == TWO


def test_who_wrote_does_not_issue_where_the_kind_takes_two(cast, monkeypatch):
    lay(cast)
    paper = notice(cast)
    Paper.objects.filter(pk=paper.pk).update(written_by=cast.publisher.account_id)  # the publisher wrote on it
    with pytest.raises(NotPermitted, match="起草人以外"):
        actions.issue_paper(paper.pk, by=cast.publisher, now=NOW)
    monkeypatch.setattr(ISSUE, "check_second_person", lambda *_given: None)
    assert actions.issue_paper(paper.pk, by=cast.publisher, now=NOW).state == "issued"
