"""What speaks against a return, to its end."""

import datetime as dt

import pytest

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.office.indicators.models import Value
from songda.office.returns import actions, queries
from songda.office.returns.actions import Said
from songda.office.returns.models import Return, Violation
from songda.office.returns.tests.ground import GOOD, MONDAY, form
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import hire, place

OVER = GOOD | {"present": Said("2111")}
HOUR = dt.timedelta(hours=1)


def found(ground):
    return {one.rule: one.state for one in Violation.objects.filter(of_return=ground.one)}


@pytest.mark.row("SUP-10")
def test_a_ratio_over_100_stays_open_until_its_lead_explains_the_value(ground):
    one = ground.accepted(OVER)
    assert found(ground) == {"over_100:rate": "open"}
    violation = Violation.objects.get()
    assert violation.owner == ground.cast.bureau
    with pytest.raises(NotPermitted):  # it is printed with the value: no longer the desk's to say
        actions.explain_violation(violation.pk, "分母是停工前的", "denominator", by=ground.desk, now=MONDAY)
    actions.explain_violation(violation.pk, "分母是停工前的", "denominator", by=ground.lead, now=MONDAY)
    assert Value.objects.get(code="rate").explanation == "分母是停工前的"
    assert Violation.objects.get().cause == "denominator"
    assert [step.state for step in violation.steps.order_by("pk")] == ["open", "explained"]
    assert queries.lines_of(one, queries.entries_of(one))[5].explanation == "分母是停工前的"
    with pytest.raises(Conflict):
        actions.explain_violation(violation.pk, "再说", "true", by=ground.lead, now=MONDAY)


def test_an_explanation_typed_with_the_figure_goes_with_it_and_gets_its_cause_later(ground):
    ground.accepted(OVER | {"rate": Said("", "新进场工人未计入分母")})
    assert Value.objects.get(code="rate").explanation == "新进场工人未计入分母"
    violation = Violation.objects.get()
    assert (violation.state, violation.cause) == ("explained", "")
    actions.explain_violation(violation.pk, "新进场工人未计入分母", "denominator", by=ground.desk, now=MONDAY)
    assert Violation.objects.get().cause == "denominator"


def test_what_no_longer_holds_is_corrected_and_opens_again_when_it_comes_back(ground):
    ground.fill(OVER)
    actions.send_back(ground.one.pk, "请核", by=ground.lead, now=MONDAY)
    ground.fill(GOOD)
    assert found(ground) == {"over_100:rate": "corrected"}
    actions.send_back(ground.one.pk, "再核", by=ground.lead, now=MONDAY)
    ground.fill(GOOD | {"present": Said("2222")})
    assert found(ground) == {"over_100:rate": "open"}
    assert Violation.objects.get().steps.count() == 3


def test_an_explanation_elsewhere_closes_it_too(ground):
    ground.accepted(OVER)
    Value.objects.filter(code="rate").update(explanation="写在值上")
    assert actions.settle_explained(by=ground.statistician, now=MONDAY) == 1
    assert found(ground) == {"over_100:rate": "explained"}


def test_the_statistician_waives_for_a_reason(ground):
    ground.fill(GOOD | {"present": Said("1000")})
    violation = Violation.objects.get(rule="full_100:rate")
    with pytest.raises(Invalid):
        actions.waive_violation(violation.pk, "", by=ground.statistician, now=MONDAY)
    actions.waive_violation(violation.pk, "已核三户", by=ground.statistician, now=MONDAY)
    assert found(ground) == {"full_100:rate": "waived"}
    assert queries.counts(ground.statistician) == {"waived": 1}


def test_a_jump_is_held_against_the_period_before(ground):
    here, before = Return.objects.order_by("-last")[:2]
    ground.fill(of=before)
    ground.fill(GOOD | {"due": Said("3000"), "present": Said("1351")}, of=here)
    assert found(ground) == {"jump": "open"}


def test_the_sum_of_the_streets_is_held_against_the_zone_once_all_have_come(ground):
    rule = {"code": "sum", "label": "街道合计", "importance": "warn", "at": "present", "kind": "children", "indicator": "present",
            "form": "streets", "instruction": "请对账。"}  # fmt: skip
    second = place("street-a2", "甲二街道", "street", ground.cast.zone, "002")
    form("streets", units=[], kinds=["street"], area="zone-a", rules=[])
    form("zone", rules=[rule])
    actions.expect_returns(now=MONDAY)
    own = Return.objects.get(code="zone", last="2020-03-09")

    def street(unit, number):
        clerk = hire(Role.STREET_CLERK, at=unit)
        one = Return.objects.get(code="streets", last="2020-03-09", organisation=unit)
        actions.save_draft(one.pk, GOOD | {"present": Said(number)}, by=clerk, now=MONDAY)
        actions.submit_return(one.pk, by=clerk, now=MONDAY)

    street(ground.cast.street_office, "500")
    actions.save_draft(own.pk, GOOD, by=ground.desk, now=MONDAY)
    assert queries.breaches_of(own, queries.entries_of(Return.objects.get(pk=own.pk))) == []  # one street is missing
    street(second, "390")
    (breach,) = queries.breaches_of(own, queries.entries_of(Return.objects.get(pk=own.pk)))
    assert (breach.rule, "890" in breach.text, "900" in breach.text) == ("sum", True, True)


def test_two_departments_differ_and_everywhere_exactly_100_is_asked_about(ground):
    agree = {"code": "agree", "label": "不一致", "importance": "warn", "at": "present", "kind": "agree", "indicator": "present",
             "form": "daily", "instruction": "请会商。"}  # fmt: skip
    full = {"code": "full", "label": "处处100%", "importance": "warn", "at": "rate", "kind": "everywhere", "indicator": "rate",
            "instruction": "请核实。"}  # fmt: skip
    units = [place(f"hr-{n}", f"人社{n}", "department", ground.cast.zone) for n in range(3)]
    form("hr", units=[one.code for one in units], rules=[agree, full])
    actions.expect_returns(now=MONDAY)
    ground.fill(GOOD)
    seen = []
    for unit in units:
        desk = hire(Role.DEPARTMENT_DESK, at=unit)
        one = Return.objects.get(code="hr", last="2020-03-09", organisation=unit)
        actions.save_draft(one.pk, GOOD | {"present": Said("1000")}, by=desk, now=MONDAY)
        seen.append({breach.rule for breach in queries.breaches_of(one, queries.entries_of(Return.objects.get(pk=one.pk)))})
        actions.submit_return(one.pk, by=desk, now=MONDAY)
    assert seen == [{"agree", "full_100:rate"}, {"agree", "full_100:rate"}, {"agree", "full", "full_100:rate"}]
