"""Letters, errands, packages, days of delay."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands import actions as demands
from songda.deliveries.service.demands.actions import Assignees, Opinion, Result
from songda.deliveries.service.demands.tests.board import proof, read
from songda.deliveries.service.helping import actions, queries
from songda.deliveries.service.helping.actions import NewFeedback, NewPower
from songda.deliveries.service.helping.models import Usage
from songda.deliveries.service.helping.queries.panel import helping_panel
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.queries import timeline
from songda.ledger.evidence.models import Evidence
from songda.registry.actors import system
from songda.registry.codes import packs as codes
from songda.registry.facts.models import Fact, FactDefinition, Source
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import DAY, NOW, SINCE

HOUR, ONE_DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def letter(board, case=None, **more):
    new = NewFeedback("thanks", board.cast.bureau.pk, "雪中送炭", DAY, case_id=case.pk if case else None, **more)
    return actions.receive_feedback(new, by=board.cast.desk, now=NOW + 5 * HOUR)


@pytest.mark.row("SVC-32")
def test_eight_letters_are_traced_to_their_cases_and_mentions_are_not_letters(board):
    found = [letter(board, board.proposed(title=f"事项{n}", category="")) for n in range(8)]
    letter(board, mention_id=found[0].pk)
    counted = queries.letters(board.cast.desk, on=DAY, unit_id=board.cast.bureau.pk)
    assert (counted.count, counted.traced, counted.untraced) == (8, 8, ())
    stray = letter(board)
    assert queries.letters(board.cast.desk, on=DAY).untraced == (stray,)


@pytest.mark.row("SVC-32")
def test_a_letter_is_published_only_with_consent(board):
    one = letter(board, board.proposed())
    with pytest.raises(Conflict, match="同意"):
        actions.publish_feedback(one.pk, by=board.cast.lead, now=NOW)
    with pytest.raises(NotPermitted):
        actions.publish_feedback(one.pk, by=board.cast.desk, now=NOW)
    actions.note_consent(one.pk, by=board.cast.desk, now=NOW)
    assert actions.publish_feedback(one.pk, by=board.cast.lead, now=NOW).published_at == NOW


def paper(subject, kind="letter"):
    return Evidence.objects.create(
        file=proof(Case(pk=0, subject=subject, area_path=subject.area_path)).file, kind=kind, name="委托书.pdf", subject=subject,
        area_path=subject.area_path, given_at=NOW, given_name="示例",
    )  # fmt: skip


def power(board, agent, days=10):
    firm = board.cast.firm
    return actions.give_power(
        NewPower(firm.pk, agent.post_id, "代办开工手续", paper(firm).pk, (DAY, DAY + days * ONE_DAY)),
        by=board.cast.clerk,
        now=NOW,
    )


@pytest.mark.row("SVC-42")
def test_each_step_of_an_errand_shows_agent_and_principal(board):
    cast = board.cast
    power(board, cast.desk)
    case = actions.take_errand(cast.firm.pk, "代办开工手续", by=cast.desk, now=NOW)
    assert (case.state, case.holder_id) == ("working", cast.desk.post_id)
    demands.note_progress(case.pk, Said("已递交材料"), by=cast.desk, now=NOW + HOUR)
    with pytest.raises(Invalid, match="回执"):
        actions.hand_over_errand(case.pk, "手续已办好", [proof(case).pk], by=cast.desk, now=NOW + 2 * HOUR)
    actions.hand_over_errand(case.pk, "手续已办好", [paper(cast.firm, "receipt").pk], by=cast.desk, now=NOW + 2 * HOUR)
    done = CaseStep.objects.filter(case=case, step__in=("take", "progress", "propose"))
    assert {(step.name, step.for_name) for step in done} == {(cast.desk.name, f"代{cast.firm.name}")}
    assert queries.trips_of(case) == 0
    assert any(cast.firm.name in one.who for one in timeline(case, cast.clerk))


@pytest.mark.row("SVC-42")
def test_nobody_handles_an_errand_once_the_power_has_run_out_or_was_taken_back(board):
    cast, later = board.cast, NOW + 3 * ONE_DAY
    given = power(board, cast.desk, days=2)
    case = actions.take_errand(cast.firm.pk, "代办开工手续", by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted, match="过期"):
        demands.note_progress(case.pk, Said("继续"), by=cast.desk, now=later)
    with pytest.raises(NotPermitted, match="过期"):
        demands.propose_result(case.pk, Result("solved"), Said(told="好了", evidence=(proof(case).pk,)), by=cast.desk, now=later)
    actions.revoke_power(given.pk, by=cast.clerk, now=NOW)
    with pytest.raises(NotPermitted, match="撤销"):
        demands.note_progress(case.pk, Said("继续"), by=cast.desk, now=NOW + HOUR)
    with pytest.raises(NotPermitted):
        actions.take_errand(cast.firm.pk, "再办一件", by=cast.desk, now=NOW)


def test_the_firm_files_an_errand_and_the_dispatcher_and_the_firm_step_it_in_their_own_name(board):
    cast = board.cast
    case = board.file(kind="errand")
    demands.assign_demand(case.pk, Assignees(cast.bureau.pk), by=cast.dispatcher, now=NOW)
    with pytest.raises(NotPermitted, match="没有授权"):
        demands.take_demand(case.pk, by=cast.desk, now=NOW)
    power(board, cast.desk)
    demands.take_demand(case.pk, by=cast.desk, now=NOW)
    actions.hand_over_errand(case.pk, "已办好", [paper(cast.firm, "receipt").pk], by=cast.desk, now=NOW)
    demands.confirm_result(case.pk, Opinion(True, True, "5"), by=cast.clerk, now=NOW + HOUR)
    names = dict(CaseStep.objects.filter(case=case).values_list("step", "for_name"))
    assert (names["assign"], names["confirm"]) == ("", "")


def test_a_power_is_of_ones_own_firm_with_its_own_paper_and_for_a_year(board):
    cast = board.cast
    with pytest.raises(Invalid):
        power(board, cast.desk, days=400)
    other = NewPower(None, cast.desk.post_id, "x", paper(cast.neighbour).pk, (DAY, DAY))
    with pytest.raises(NotFound):
        actions.give_power(other, by=cast.clerk, now=NOW)


RIGHTS = (("招聘专场", 1, "month"), ("政策辅导", 2, "quarter"), ("定制方案", 1, "year"))


@pytest.fixture
def graded(board):
    codes.load([read("dictionaries", "service-grades")], by=system(), now=NOW)
    grade = FactDefinition.objects.create(
        code="service_grade", name="企业服务等级", kind="code", owner="示例", code_list="service-grades"
    )
    source = Source.objects.create(code="s", name="示例来源")

    def say(value, day=SINCE):
        Fact.objects.create(subject=board.cast.firm, fact=grade, source=source, valid_from=day, recorded_at=NOW, text=value)

    say("A")
    actions.declare_package("A", "A类企业服务包", RIGHTS, by=board.cast.dispatcher, now=NOW)
    return say


@pytest.mark.row("SVC-36")
def test_a_firm_sees_exactly_its_package_and_beyond_the_quota_it_waits_and_is_served(board, graded):
    cast = board.cast
    actions.declare_package("B", "B类企业服务包", RIGHTS, by=cast.dispatcher, now=NOW)
    mine = queries.package_of(cast.firm, DAY)
    assert (mine.grade, [one.entitlement.service for one in mine.allowances]) == ("A", ["招聘专场", "政策辅导", "定制方案"])
    right = mine.allowances[0].entitlement
    states = [actions.request_service(right.pk, by=cast.clerk, now=NOW + n * HOUR).state for n in range(3)]
    assert states == ["used", "queued", "queued"]
    assert next((one.used, one.queued) for one in queries.package_of(cast.firm, DAY).allowances) == (1, 2)
    assert actions.serve_queue(now=NOW + ONE_DAY) == 0
    assert actions.serve_queue(now=NOW + 30 * ONE_DAY) == 1
    first = Usage.objects.order_by("asked_at")[1]
    assert (first.state, first.slot, first.period_on) == ("used", 1, dt.date(2020, 4, 1))
    assert queries.package_of(cast.neighbour, DAY).package is None
    foreign = queries.package_of(cast.firm, DAY).package.entitlements.first()
    with pytest.raises(NotPermitted):
        actions.request_service(foreign.pk, by=cast.dispatcher, now=NOW, subject_id=cast.neighbour.pk)


@pytest.mark.row("SVC-36")
def test_a_package_ends_with_the_grade(board, graded):
    right = queries.package_of(board.cast.firm, DAY).allowances[0].entitlement
    graded("C", DAY + ONE_DAY)
    with pytest.raises(NotPermitted, match="服务包"):
        actions.request_service(right.pk, by=board.cast.clerk, now=NOW + ONE_DAY)


def test_a_package_has_three_services_at_least(board):
    with pytest.raises(Invalid, match="三项"):
        actions.declare_package("A", "x", RIGHTS[:2], by=board.cast.dispatcher, now=NOW)


@pytest.mark.row("SVC-57")
def test_accepted_days_of_delay_count_each_day_once_and_the_firm_is_told(board):
    cast = board.cast
    case = board.file(kind="contract-delay", extra={"contract": "示例合同"})
    demands.assign_demand(case.pk, Assignees(cast.bureau.pk), by=cast.dispatcher, now=NOW)
    demands.take_demand(case.pk, by=cast.desk, now=NOW)
    spans = (
        (dt.date(2020, 2, 1), dt.date(2020, 2, 20)),
        (dt.date(2020, 2, 15), dt.date(2020, 3, 1)),
        (dt.date(2020, 3, 5), dt.date(2020, 3, 6)),
    )
    made = [actions.claim_delay(case.pk, days, "疫情停工", by=cast.clerk, now=NOW) for days in spans]
    for one in made[:2]:
        actions.decide_delay(one.pk, "", accepted=True, by=cast.desk, now=NOW)
    with pytest.raises(Invalid, match="理由"):
        actions.decide_delay(made[2].pk, "", accepted=False, by=cast.desk, now=NOW)
    actions.decide_delay(made[2].pk, "已正常施工", accepted=False, by=cast.desk, now=NOW)
    found = queries.delay_of(case)
    assert (found.claimed, found.accepted, found.undecided) == (32, 30, 0)
    assert found.intervals == ((dt.date(2020, 2, 1), dt.date(2020, 3, 1)),)
    assert "30 天" in CaseStep.objects.filter(case=case, step="tell").order_by("-seq").first().told
    with pytest.raises(Conflict):
        actions.decide_delay(made[0].pk, "", accepted=True, by=cast.desk, now=NOW)


def test_who_claims_days_does_not_accept_them(board):
    cast = board.cast
    case = board.file(kind="contract-delay", extra={"contract": "示例合同"})
    demands.assign_demand(case.pk, Assignees(cast.bureau.pk), by=cast.dispatcher, now=NOW)
    span = actions.claim_delay(case.pk, (DAY, DAY), "停工", by=cast.desk, now=NOW)
    with pytest.raises(NotPermitted, match="自己"):
        actions.decide_delay(span.pk, "", accepted=True, by=cast.desk, now=NOW)


@pytest.mark.row("SVC-02")
def test_the_firm_sees_name_and_telephone_of_its_officer(cast):
    Contact.objects.create(post_id=cast.officer.post_id, channel="sms", address="0371-6000", starts_on=SINCE)
    template, shown = helping_panel(cast.firm.pk, cast.clerk, NOW)
    assert template == "helping/panel.html"
    assert (shown["officer"].person.name, [one.address for one in shown["numbers"]]) == (cast.officer.name, ["0371-6000"])
    assert helping_panel(cast.firm.pk, cast.editor, NOW) is None
