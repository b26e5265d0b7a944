from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import system
from songda.registry.facts import queries
from songda.registry.facts.actions import Complete, reveal_facts, state_coverage, withdraw_fact
from songda.registry.facts.models import Fact
from songda.registry.facts.tests.cast import NOW, catalogue, tell
from songda.registry.subjects.actions import merge_subjects, undo_merge
from songda.registry.subjects.tests.cast import clerk, firm, place

pytestmark = pytest.mark.django_db
day = dt.date.fromisoformat
LATER = NOW + dt.timedelta(days=7)


@pytest.fixture
def here():
    catalogue()
    return place()


def value(subject, code, on="2020-04-01", **more):
    found = queries.facts_of(subject.pk, on=day(on), **more).get(code)
    return found.value if found else None


@pytest.mark.row("SUP-08")
def test_as_of_a_day_as_known_at_a_moment(here):
    one = firm("甲示例厂", here.erqi)
    tell(one, "headcount", "100", "2020-01-01")
    tell(one, "headcount", "120", "2020-03-01")
    tell(one, "headcount", "90", "2020-01-01", now=LATER)  # the January figure is corrected later
    assert value(one, "headcount", "2020-02-01", known_at=NOW) == 100
    assert value(one, "headcount", "2020-02-01", known_at=LATER) == 90
    assert value(one, "headcount", "2020-03-01") == 120
    assert value(one, "headcount", "2019-12-31") is None


def test_only_changes_are_written_and_a_fact_that_ages_is_confirmed(here):
    one = firm("甲示例厂", here.erqi)
    first = tell(one, "assets", "1亿元", "2020-01-01")
    assert tell(one, "assets", "10000万元", "2020-02-01") == first
    tell(one, "headcount", "100", "2020-01-01")
    tell(one, "headcount", "100", "2020-02-01")  # headcount goes stale: the confirmation is kept
    assert Fact.objects.filter(fact__code="headcount").count() == 2
    before = Fact.objects.count(), AuditEntry.objects.count()
    tell(one, "headcount", "100", "2020-02-01", now=LATER)
    assert (Fact.objects.count(), AuditEntry.objects.count()) == before


def test_a_withdrawn_value_uncovers_the_one_before(here):
    one = firm("甲示例厂", here.erqi)
    tell(one, "industry", "软件业", "2020-01-01")
    tell(one, "industry", "3711", "2020-02-01")
    withdraw_fact(one.pk, "industry", valid_from=day("2020-02-01"), source_code="desk", by=system(), now=LATER)
    assert value(one, "industry") == "65"
    assert value(one, "industry", known_at=NOW) == "3711"
    one.refresh_from_db()
    assert one.industry == "65"
    with pytest.raises(Conflict):
        withdraw_fact(one.pk, "industry", valid_from=day("2020-02-01"), source_code="desk", by=system(), now=LATER)


def test_two_corrections_in_one_tick_keep_their_order(here):
    one = firm("甲示例厂", here.erqi)
    for text in ("1", "2", "3"):
        tell(one, "assets", text, "2020-01-01")
    assert value(one, "assets") == 3


def test_list_columns_and_size_follow(here):
    one = firm("甲示例厂", here.erqi)
    tell(one, "industry", "3711", "2020-01-01")
    tell(one, "above_scale", "是", "2020-01-01")
    tell(one, "founded_on", "2010-05-01", "2020-01-01")
    tell(one, "headcount", "310", "2020-01-01")
    assert value(one, "size") is None
    tell(one, "revenue", "1900万元", "2020-02-01")
    one.refresh_from_db()
    assert (one.industry, one.above_scale, one.founded_on, one.size) == ("3711", True, day("2010-05-01"), "small")
    assert queries.facts_of(one.pk, on=day("2020-04-01"))["size"].source == "系统计算"
    tell(one, "headcount", "10", "2020-03-01")
    one.refresh_from_db()
    assert (one.size, value(one, "size", "2020-02-15")) == ("micro", "small")
    tell(one, "headcount", "500", "2019-06-01")  # an older figure changes nothing today
    one.refresh_from_db()
    assert one.size == "micro"


def test_kinds_of_values(here):
    one = firm("甲示例厂", here.erqi)
    tell(one, "revenue_years", "500万元", "2018-07-01")
    tell(one, "revenue_years", "600万元", "2019-12-31")
    tell(one, "accidents", "2019年5月1日", "2020-01-01")
    assert value(one, "revenue_years") == {2018: Fraction(5_000_000), 2019: Fraction(6_000_000)}
    assert value(one, "accidents") == (day("2019-05-01"),)
    tell(one, "guarantee_list", "在", "2020-02-10")
    state_coverage("guarantee_list", Complete("4101/", day("2020-02-01")), source_code="desk", by=system(), now=NOW)
    two = firm("乙示例厂", here.gaoxin)
    standing = value(two, "guarantee_list")
    assert (standing.member, standing.covered) == ((), ((day("2020-02-01"), None),))
    assert value(one, "guarantee_list").member == ((day("2020-02-10"), None),)
    with pytest.raises(Invalid):
        state_coverage("headcount", Complete("", day("2020-02-01")), source_code="desk", by=system(), now=NOW)


def test_refusals(here):
    one = firm("甲示例厂", here.erqi)
    with pytest.raises(NotFound):
        tell(one, "headcount", "1", "2020-01-01", by=clerk("4101/72/"))
    with pytest.raises(NotFound):
        tell(one, "nothing", "1", "2020-01-01")
    with pytest.raises(NotFound):
        tell(one, "headcount", "1", "2020-01-01", source="nobody")
    with pytest.raises(Invalid, match="不合理"):
        tell(one, "headcount", "1", "1020-01-01")


def test_personal_values_stay_out_of_the_trail_and_are_shown_for_a_reason(here):
    one = firm("甲示例厂", here.erqi)
    tell(one, "owner_veteran", "是", "2020-01-01")
    row = AuditEntry.objects.get(action="facts.record")
    assert row.after["owner_veteran"] not in ("是", "", None)
    assert "owner_veteran" not in queries.facts_of(one.pk, on=day("2020-04-01"))
    hidden = next(each for each in queries.printed_facts(one.pk, on=day("2020-04-01")) if each.fact.personal)
    assert (hidden.value, hidden.masked) == ("", True)
    with pytest.raises(Invalid):
        reveal_facts(one.pk, reason="。", on=day("2020-04-01"), by=clerk("4101/"), now=NOW)
    with pytest.raises(NotPermitted):
        reveal_facts(one.pk, reason="核对补贴资格", on=day("2020-04-01"), by=system(), now=NOW)
    shown = reveal_facts(one.pk, reason="核对补贴资格", on=day("2020-04-01"), by=clerk("4101/"), now=NOW)
    assert next(each.value for each in shown if each.fact.personal) == "是"
    assert AuditEntry.objects.get(action="facts.reveal").after == {"facts": ["owner_veteran"], "reason": "核对补贴资格"}


@pytest.mark.row("SUP-01")
def test_facts_of_a_merged_row_are_read_and_never_moved(here):
    kept, merged = firm("甲示例厂", here.erqi), firm("甲示例工厂", here.erqi)
    tell(merged, "assets", "5元", "2020-01-01")
    done = merge_subjects(kept.pk, merged.pk, reason="同一企业", by=clerk("4101/"), now=LATER)
    assert value(kept, "assets") == 5
    assert value(kept, "assets", known_at=NOW) is None
    undo_merge(done.pk, by=clerk("4101/"), now=LATER + dt.timedelta(days=1))
    assert value(kept, "assets") is None
    assert value(merged, "assets") == 5
    assert value(kept, "assets", known_at=LATER) == 5


def test_the_cost_of_one_subjects_facts(here, django_assert_num_queries):
    one = firm("甲示例厂", here.erqi)
    queries.facts_of(one.pk, on=day("2020-04-01"))
    with django_assert_num_queries(6):
        queries.facts_of(one.pk, on=day("2020-04-01"))
