from __future__ import annotations

import pytest

from songda.deliveries.service.markets import access, actions, queries
from songda.deliveries.service.markets.models import MarketPlan
from songda.deliveries.service.markets.rules import SheetError, read_sheet
from songda.deliveries.service.markets.tests.stage import SHEET, market_at
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.notices.models import Notice
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, firm, hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(cast):
    return market_at(cast)


@pytest.mark.row("SVC-10")
def test_from_the_pasted_sheet_to_a_published_timetable_that_no_zone_overfills(cast, market):
    plan = actions.draft_plan(market.pk, SHEET, "戴口罩、测体温", by=cast.street, now=NOW)
    solved = actions.arrange(plan.pk, by=cast.street, now=NOW)
    board = queries.board_of(plan)
    assert solved.possible and board.faults == ()
    assert all(cell.people <= cell.capacity for line in board.lines for _zone, cell in line.cells)
    assert all(len(row.slots) >= 1 for row in board.rows)
    saplings = [len(row.slots) for row in board.rows if row.stall.seasonal]
    assert min(saplings) >= max(len(row.slots) for row in board.rows if not row.stall.seasonal and row.stall.zone == "苗木区")
    actions.submit_plan(plan.pk, by=cast.street, now=NOW)
    done = actions.publish_plan(plan.pk, by=cast.dispatcher, now=NOW)
    assert done.state == "published"
    assert Notice.objects.filter(cause=f"market:{plan.pk}").count() <= 1
    assert access.plan_of_code(access.posted_code(done)) == done


@pytest.mark.row("SVC-10")
def test_where_there_is_no_room_the_zone_is_named_and_the_plan_cannot_be_handed_in(cast, market):
    tight = read_sheet("苗木区\t3", "周一\n周二", "甲\t苗木区\t\t3\n乙\t苗木区\t\t3\n丙\t苗木区\t\t3")
    plan = actions.draft_plan(market.pk, tight, "", by=cast.street, now=NOW)
    (shortage,) = actions.arrange(plan.pk, by=cast.street, now=NOW).shortages
    assert shortage.sentence().startswith("苗木区容量不足：最少需要 9 人次，各时段合计容纳 6 人次")
    with pytest.raises(Conflict, match="只有 0 个时段"):
        actions.submit_plan(plan.pk, by=cast.street, now=NOW)


@pytest.mark.row("SVC-10")
def test_a_placement_by_hand_is_checked_at_once(cast, market):
    sheet = read_sheet("A\t4", "周一\n周二", "甲\tA\t\t3\t1\t2\n乙\tA\t\t3\t1\t2\n丙\tA\t\t1\t1\t1\t\t周二")
    plan = actions.draft_plan(market.pk, sheet, "", by=cast.street, now=NOW)
    first, second, third = plan.stalls.all()
    actions.place(first.pk, "周一", by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="A在周一安排 6 人，容量 4 人"):
        actions.place(second.pk, "周一", by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="丙在周二不能到场"):
        actions.place(third.pk, "周二", by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="不在本市场"):
        actions.place(third.pk, "周日", by=cast.street, now=NOW)
    actions.unplace(first.pk, "周一", by=cast.street, now=NOW)
    actions.place(second.pk, "周一", by=cast.street, now=NOW)
    assert queries.timetable_of(plan) == {("乙", "周一")}


def test_a_second_version_replaces_the_first_and_one_is_in_hand_at_a_time(cast, market):
    first = _published(cast, market)
    second = actions.draft_plan(market.pk, SHEET, "", by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="在编制或待审批"):
        actions.draft_plan(market.pk, SHEET, "", by=cast.street, now=NOW)
    actions.arrange(second.pk, by=cast.street, now=NOW)
    actions.submit_plan(second.pk, by=cast.street, now=NOW)
    with pytest.raises(Conflict, match="只有草稿可以修改"):
        actions.rewrite_plan(second.pk, SHEET, "", by=cast.street, now=NOW)
    with pytest.raises(Invalid):
        actions.return_plan(second.pk, " ", by=cast.dispatcher, now=NOW)
    assert actions.return_plan(second.pk, "周末另排", by=cast.dispatcher, now=NOW).state == "draft"
    actions.submit_plan(second.pk, by=cast.street, now=NOW)
    actions.publish_plan(second.pk, by=cast.dispatcher, now=NOW)
    assert [MarketPlan.objects.get(pk=one.pk).state for one in (first, second)] == ["superseded", "published"]


def test_who_may_and_who_sees(cast, market):
    with pytest.raises(NotPermitted):
        actions.draft_plan(market.pk, SHEET, "", by=cast.dispatcher, now=NOW)
    with pytest.raises(NotFound):
        actions.draft_plan(market.pk, SHEET, "", by=cast.stranger, now=NOW)
    with pytest.raises(Invalid, match="不是商贸市场"):
        actions.draft_plan(cast.firm.pk, SHEET, "", by=cast.street, now=NOW)
    operator = hire(Role.ENTERPRISE_CLERK, of=market)
    plan = actions.draft_plan(market.pk, SHEET, "", by=cast.street, now=NOW)
    for outside in (operator, cast.stranger):
        with pytest.raises(NotFound):
            access.plan_for(plan.pk, outside)
    actions.arrange(plan.pk, by=cast.street, now=NOW)
    actions.submit_plan(plan.pk, by=cast.street, now=NOW)
    with pytest.raises(NotPermitted):
        actions.publish_plan(plan.pk, by=cast.street, now=NOW)
    actions.publish_plan(plan.pk, by=cast.dispatcher, now=NOW)
    assert access.plan_for(plan.pk, operator) == plan
    with pytest.raises(NotFound):
        access.plan_of_code(access.posted_code(plan) + "x")


def test_every_wrong_line_of_the_sheet_is_told_with_its_number():
    with pytest.raises(SheetError) as told:
        read_sheet("A\t十人\nB 5 6", "周一", "甲\tA\t\t3\n\n乙\tC\t\t0\t1\t1\t也许")
    assert [sentence for _field, sentence in told.value.faults] == [
        "第 1 行：容量应为整数，现为“十人”。",
        "第 2 行：应为“分区 容量人数”两列。",
        "第 3 行：“应季”填“是”或留空。",
    ]
    with pytest.raises(SheetError, match="所在分区“C”不存在"):
        read_sheet("A\t5", "周一", "乙\tC")
    with pytest.raises(SheetError, match="请至少填写一行"):
        read_sheet("A\t5", "", "甲\tA")


def test_a_board_costs_two_queries_whatever_its_size(cast, market, django_assert_num_queries):
    many = read_sheet("A\t50", "\n".join(f"第{n}场" for n in range(14)), "\n".join(f"商户{n}\tA\t\t2\t1\t2" for n in range(120)))
    plan = actions.draft_plan(market.pk, many, "", by=cast.street, now=NOW)
    actions.arrange(plan.pk, by=cast.street, now=NOW)
    with django_assert_num_queries(2):
        board = queries.board_of(plan)
    assert board.placed == 240 and board.faults == ()


def _published(cast, market):
    plan = actions.draft_plan(market.pk, SHEET, "", by=cast.street, now=NOW)
    actions.arrange(plan.pk, by=cast.street, now=NOW)
    actions.submit_plan(plan.pk, by=cast.street, now=NOW)
    return actions.publish_plan(plan.pk, by=cast.dispatcher, now=NOW)


def test_the_other_market_is_not_touched(cast, market):
    other = firm("示例建材市场", cast.street_office, "M-2", kind="market")
    _published(cast, market)
    assert not MarketPlan.objects.filter(subject=other).exists()
