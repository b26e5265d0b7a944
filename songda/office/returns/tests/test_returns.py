"""A return from the calendar into the store of values, and back for corrections."""

import datetime as dt
from fractions import Fraction

import pytest

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.notices.models import Notice
from songda.office.indicators.models import Value
from songda.office.indicators.queries import value_at
from songda.office.returns import actions, queries
from songda.office.returns.actions import Said
from songda.office.returns.models import Return, Violation
from songda.office.returns.rules.periods import Rate
from songda.office.returns.tests.ground import CUTOFF, GOOD, MONDAY, form

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def test_expected_returns_are_there_once_whatever_comes(ground):
    assert Return.objects.count() == 4  # Friday to Monday; the form knows no days off
    assert actions.expect_returns(now=MONDAY) == 0
    assert ground.one.about == ground.cast.zone
    assert ground.one.state == "expected"


def test_what_is_typed_is_read_and_rates_are_worked_out(ground):
    actions.save_draft(ground.one.pk, GOOD | {"bonus": Said("1.5亿")}, by=ground.desk, now=MONDAY)
    lines = {
        line.place.code: line
        for line in queries.lines_of(Return.objects.get(pk=ground.one.pk), queries.entries_of(reload(ground)))
    }
    assert lines["present"].shown == "900"
    assert lines["rate"].shown == "90"
    assert lines["bonus"].shown == "15,000"
    with pytest.raises(Invalid) as refused:
        actions.save_draft(ground.one.pk, GOOD | {"due": Said("许多")}, by=ground.desk, now=MONDAY)
    assert "due" in refused.value.fields
    assert reload(ground).number == 1


def test_until_accepted_it_counts_nowhere_and_then_with_its_source(ground):
    ground.fill()
    assert not Value.objects.exists()
    actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY)
    assert not Value.objects.exists()
    actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY)
    shown = value_at("rate", ground.cast.zone, as_of=ground.one.as_of)
    assert (shown.number, shown.numerator, shown.denominator, shown.origin) == (Fraction(90), 900, 1000, "returned")
    assert shown.source == "甲区科工信局《示例日报》"
    assert shown.reference == f"return:{ground.one.pk}"


@pytest.mark.row("CMD-13")
def test_a_correction_is_a_new_version_with_its_difference_and_the_first_one_stays(ground):
    ground.accepted()
    actions.correct_return(ground.one.pk, "漏计一户", by=ground.desk, now=MONDAY + HOUR)
    assert value_at("present", ground.cast.zone, as_of=ground.one.as_of).number == 900  # until accepted the old one stands
    actions.save_draft(ground.one.pk, GOOD | {"present": Said("950")}, by=ground.desk, now=MONDAY + HOUR)
    actions.submit_return(ground.one.pk, by=ground.desk, now=MONDAY + HOUR)
    actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY + HOUR)
    actions.accept_return(ground.one.pk, by=ground.statistician, now=MONDAY + HOUR)
    (newer, changes), (older, _none) = queries.history_of(reload(ground))
    assert (newer.reason, older.number) == ("漏计一户", 1)
    assert [(one.label, one.was, one.became) for one in changes] == [("到岗人数", "900", "950"), ("到岗率", "90", "95")]
    value = Value.objects.get(code="present", replaced_by=None)
    assert (value.number, value.replaces.number, value.reason) == (950, 900, "漏计一户")
    assert Value.objects.filter(code="checked").count() == 1  # what did not change is the value there was
    assert value_at("present", ground.cast.zone, as_of=ground.one.as_of, known_at=MONDAY).number == 900


@pytest.mark.row("CMD-13")
def test_the_on_time_rate_is_right_and_no_correction_changes_it(ground):
    friday, saturday, sunday, monday = Return.objects.order_by("last")
    ground.fill(of=friday, now=friday.due_at)  # on the stroke
    ground.fill(of=saturday, now=saturday.due_at + HOUR)  # late
    ground.accepted(of=monday)
    later = CUTOFF + HOUR
    span = (friday.last, monday.last)

    def rate(now=later):
        return queries.rates(ground.statistician, *span, by="code", now=now)["daily"]

    assert rate() == Rate(expected=4, on_time=2, late=1)
    assert rate(CUTOFF - HOUR) == Rate(expected=3, on_time=1, late=1)  # what is not due yet is not expected
    actions.correct_return(monday.pk, "更正", by=ground.desk, now=later)
    ground.fill(GOOD | {"present": Said("890")}, of=monday, now=later)
    actions.send_back(saturday.pk, "请核对", by=ground.lead, now=later)
    ground.fill(of=saturday, now=later)
    assert rate() == Rate(expected=4, on_time=2, late=1)
    board = queries.board(ground.statistician, "daily", *span, now=later)
    assert [square.late for square in board.rows[0].squares] == [False, True, False, False]
    assert (board.rate.missing, queries.lamp(sunday, later)) == (1, "red")


def test_sent_back_with_a_reason_it_comes_again_as_a_next_version(ground):
    ground.fill()
    with pytest.raises(Invalid):
        actions.send_back(ground.one.pk, " ", by=ground.lead, now=MONDAY)
    actions.send_back(ground.one.pk, "到岗人数请复核", by=ground.lead, now=MONDAY)
    ground.fill(GOOD | {"present": Said("880")})
    versions = [version for version, _changes in queries.history_of(reload(ground))]
    assert [(one.number, one.sent_back_reason) for one in versions] == [(2, ""), (1, "到岗人数请复核")]
    with pytest.raises(Conflict):
        actions.send_back(ground.one.pk, "再退", by=ground.lead, now=MONDAY) and actions.approve_return(
            ground.one.pk, by=ground.lead, now=MONDAY
        )


def test_how_a_figure_is_counted_stays_with_it(ground):
    ground.fill(GOOD | {"due": Said("1000", scope="停工前在册")})
    actions.send_back(ground.one.pk, "请核", by=ground.lead, now=MONDAY)
    ground.fill()
    lines = {line.place.code: line.scope for line in queries.lines_of(reload(ground), queries.entries_of(reload(ground)))}
    assert (lines["due"], lines["present"]) == ("停工前在册", "本区企业")


def test_a_figure_in_effect_cannot_be_left_out(ground):
    ground.accepted()
    actions.correct_return(ground.one.pk, "更正", by=ground.desk, now=MONDAY)
    with pytest.raises(Invalid) as refused:
        ground.fill({name: said for name, said in GOOD.items() if name != "due"})
    assert "due" in refused.value.fields


def test_units_are_reminded_before_and_called_after_the_cut_off_once(ground):
    Return.objects.exclude(pk=ground.one.pk).update(received_at=MONDAY)
    assert actions.remind_units(now=MONDAY) == 0
    assert actions.remind_units(now=CUTOFF - HOUR) == 1
    assert actions.remind_units(now=CUTOFF - HOUR / 2) == 0
    assert Notice.objects.filter(cause=f"return_due:{ground.one.pk}").count() == 1  # the desk
    assert actions.remind_units(now=CUTOFF + HOUR) == 1
    assert Notice.objects.filter(cause=f"return_late:{ground.one.pk}").count() == 2  # the desk and the lead
    assert not Violation.objects.exists()


def test_a_form_of_kinds_is_owed_by_the_units_of_an_area(ground):
    form("streets", units=[], kinds=["street"], area="zone-a", rules=[])
    actions.expect_returns(now=MONDAY)
    assert set(Return.objects.filter(code="streets").values_list("organisation__code", flat=True)) == {"street-a1"}


def reload(ground):
    return Return.objects.get(pk=ground.one.pk)


def test_the_home_says_what_waits_and_a_locked_one_waits_for_nobody(ground):
    friday = Return.objects.order_by("last").first()
    (need,) = queries.needs(ground.desk, MONDAY)
    assert (need.count, need.urgent) == (4, True)  # the three days before are late, and still open
    (later,) = queries.needs(ground.desk, friday.locks_at + HOUR)
    assert later.count == 3
    assert queries.needs(ground.lead, MONDAY) == []
    ground.fill()
    assert queries.needs(ground.lead, MONDAY)[0].count == 1
    assert queries.needs(ground.cast.officer, MONDAY) == []


def test_what_is_sent_back_stays_open_for_a_day_and_a_locked_one_is_corrected_once_open_again(ground):
    locked = ground.one.locks_at
    ground.fill()
    actions.approve_return(ground.one.pk, by=ground.lead, now=MONDAY)
    with pytest.raises(NotPermitted):  # approved: the statistician's to send back
        actions.send_back(ground.one.pk, "核", by=ground.lead, now=MONDAY)
    actions.send_back(ground.one.pk, "核", by=ground.statistician, now=locked)
    assert reload(ground).locks_at == locked + DAY
    ground.fill(now=locked + HOUR)
    actions.approve_return(ground.one.pk, by=ground.lead, now=locked + DAY)
    actions.accept_return(ground.one.pk, by=ground.statistician, now=locked + DAY)
    with pytest.raises(Conflict):
        actions.correct_return(ground.one.pk, "更正", by=ground.desk, now=locked + 2 * DAY)
    actions.reopen_return(ground.one.pk, (locked + 2 * DAY).date(), "更正", by=ground.statistician, now=locked + 2 * DAY)
    assert actions.correct_return(ground.one.pk, "更正", by=ground.desk, now=locked + 2 * DAY).number == 3
    assert reload(ground).accepted_number == 2


def test_a_suspect_return_is_marked_and_nothing_of_it_goes(ground):
    ground.accepted()
    count = Value.objects.count()
    assert actions.mark_suspect(ground.one.pk, "与供电数据不符", by=ground.statistician, now=MONDAY).suspect
    assert (Value.objects.count(), reload(ground).state) == (count, "accepted")
    assert actions.mark_suspect(ground.one.pk, "", by=ground.statistician, now=MONDAY).suspect == ""
