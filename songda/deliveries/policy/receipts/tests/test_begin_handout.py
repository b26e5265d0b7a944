"""begin_handout: the population is drawn once, by rule, and stays."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.matching.tests.board import tell
from songda.deliveries.policy.receipts import queries
from songda.deliveries.policy.receipts.actions import NewHandout, begin_handout, close_handout, record_receipt, try_handout
from songda.deliveries.policy.receipts.models import Handout, HandoutItem, Recipient
from songda.deliveries.policy.receipts.tests.conftest import AREA, photo
from songda.deliveries.policy.receipts.tests.test_record_receipt import signing
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.people.tests.cast import NOW, firm


def names(board, rows):
    return {board.name_of(one) for one in rows}


def test_the_population_is_who_the_rule_picks_and_the_doubtful_are_counted(board, begin):
    handout = begin()
    picked = Recipient.objects.filter(handout=handout).values_list("subject_id", flat=True)
    assert names(board, picked) == {"one", "four"}
    assert handout.undecided == 3  # three, and the cast's two firms of whom nothing is known
    assert handout.rule == "规模以上"
    assert HandoutItem.objects.get(handout=handout).title == "示例支持办法"
    assert queries.is_whole(handout)
    assert AuditEntry.objects.filter(action="receipts.begin").count() == 1


def test_the_dry_run_writes_nothing_and_agrees(board, begin):
    board.snapshot()
    new = NewHandout("示例", AREA, "enterprise", "规模以上")
    found = try_handout(new, by=board.cast.dispatcher, now=NOW)
    assert names(board, [subject for subject, *_rest in found.rows]) == {"one", "four"}
    assert found.missing == {"规模以上": 3}
    assert not Handout.objects.exists()
    begin()
    assert [row[0] for row in found.rows] == list(
        Recipient.objects.order_by("area_path", "subject_id").values_list("subject_id", flat=True)
    )


@pytest.mark.row("POL-06")
def test_a_firm_registered_later_does_not_alter_the_old_rate(board, begin):
    handout = begin()
    one = Recipient.objects.get(handout=handout, subject=board.firms["one"])
    record_receipt(one.pk, signing(), [photo(one.subject_id)], by=board.cast.street, now=NOW)
    before = queries.coverage_of(handout, board.cast.dispatcher).whole
    assert (before.received, before.population, before.rate) == (1, 2, "50.00%")
    newcomer = firm("示例新厂", board.cast.street_office, "T9")
    tell(newcomer, "above_scale", "是")
    late = queries.drawn(AREA, "enterprise", "规模以上", on=NOW.date(), snapshot=board.snapshot(NOW.replace(hour=3)))
    assert len(late.rows) == 3, "a list drawn now would have it"
    assert queries.coverage_of(handout, board.cast.dispatcher).whole == before
    assert queries.is_whole(handout)


def test_a_list_that_was_tampered_with_shows(board, begin):
    handout = begin()
    Recipient.objects.create(handout=handout, subject=board.firms["two"], name="x", area_path=AREA)
    assert not queries.is_whole(handout)


def test_pressing_twice_begins_once(board, begin):
    first, again = begin(request_key="k"), begin(request_key="k")
    assert first == again
    assert Handout.objects.count() == 1


def test_refusals(board, begin):
    cast = board.cast
    for by, area in ((cast.street, AREA), (cast.dispatcher, "4101/04/")):
        with pytest.raises(NotPermitted):
            begin_handout(NewHandout("示例", area, "enterprise", "", [1]), by=by, now=NOW)
    for given in ({"rule": "规模以上 且"}, {"due_on": NOW.date().replace(day=1)}):
        with pytest.raises(Invalid):
            begin(**given)
    with pytest.raises(Invalid):
        begin_handout(NewHandout("示例", AREA, "enterprise", "", []), by=cast.dispatcher, now=NOW)
    with pytest.raises(Conflict):
        begin("用工人数 ≥ 9000人")
    assert not Handout.objects.exists()


def test_an_ended_delivery_takes_no_more(board, begin):
    handout = begin()
    close_handout(handout.pk, by=board.cast.dispatcher, now=NOW)
    one = Recipient.objects.filter(handout=handout).first()
    with pytest.raises(Conflict):
        record_receipt(one.pk, signing(), [photo(one.subject_id)], by=board.cast.street, now=NOW)
