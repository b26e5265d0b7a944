from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from songda.engines.match.column import NEVER
from songda.engines.rules.catalogue import Kind
from songda.engines.rules.days import day_number
from songda.kernel.errors import Conflict
from songda.registry.actors import system
from songda.registry.facts import queries
from songda.registry.facts.actions import Complete, state_coverage, take_snapshot
from songda.registry.facts.tests.cast import NOW, catalogue, tell
from songda.registry.subjects.actions import merge_subjects
from songda.registry.subjects.tests.cast import clerk, firm, place

pytestmark = pytest.mark.django_db
day = dt.date.fromisoformat
LATER = NOW + dt.timedelta(days=30)
MARCH = day("2020-03-18")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def firms():
    catalogue()
    here = place()
    one, two, three = firm("甲示例厂", here.erqi), firm("乙示例厂", here.erqi), firm("丙示例厂", here.gaoxin)
    tell(one, "industry", "3711", "2020-01-01")
    tell(one, "headcount", "310", "2020-01-01")
    tell(one, "revenue", "1900万元", "2020-01-15")
    tell(two, "headcount", "5", "2020-03-17")
    tell(two, "headcount", "7", "2020-03-20")  # after the day asked about
    tell(one, "revenue_years", "500万元", "2018-01-01")
    tell(one, "revenue_years", "600万元", "2019-01-01")
    tell(one, "accidents", "2019-05-01", "2020-01-01")
    tell(two, "accidents", "无", "2020-01-01")
    tell(one, "guarantee_list", "在", "2020-02-10")
    tell(one, "owner_veteran", "是", "2020-01-01")
    state_coverage("guarantee_list", Complete("4101/03/", day("2020-02-01")), source_code="desk", by=system(), now=NOW)
    return one, two, three


def read(snapshot):
    """Subject → row, from the file itself."""
    with duckdb.connect() as base:
        found = base.execute(f"SELECT * FROM read_parquet('{queries.snapshot_path(snapshot)}') ORDER BY subject")
        names = [column[0] for column in found.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def test_the_columns_of_each_kind(firms):
    one, two, three = (each.pk for each in firms)
    rows = read(take_snapshot(as_of=MARCH, known_at=NOW))
    assert list(rows) == [one, two, three]
    assert rows[one]["industry"] == "3711"
    assert (rows[one]["headcount"], rows[one]["headcount__asof"]) == (310, day_number(day("2020-01-01")))
    assert rows[one]["size"] == "small"
    assert rows[one]["revenue"] == 1_900_000_000
    assert (rows[one]["revenue_years__2018"], rows[one]["revenue_years__2019"]) == (500_000_000, 600_000_000)
    assert [rows[each]["accidents"] for each in (one, two, three)] == [day_number(day("2019-05-01")), NEVER, None]
    assert [rows[each]["guarantee_list"] for each in (one, two, three)] == [1, 0, None]
    assert rows[two]["headcount"] == 5
    assert rows[three]["headcount"] is None
    assert rows[three]["area_path"] == "4101/72/"
    assert not any(name.startswith("owner_veteran") for name in rows[one])


def test_what_nobody_has_told_is_a_column_of_its_type(firms):
    path = queries.snapshot_path(take_snapshot(as_of=day("2019-01-01"), known_at=NOW))  # before any fact but a series
    with duckdb.connect() as base:
        told = base.execute(f"DESCRIBE SELECT * FROM read_parquet('{path}')").fetchall()
        types = {row[0]: row[1] for row in told}
        known = base.execute(f"SELECT count(industry), count(headcount), count(headcount__asof), count(accidents) FROM '{path}'")
        assert known.fetchone() == (0, 0, 0, 0)
    assert [types[name] for name in ("industry", "headcount", "headcount__asof", "accidents")] == ["VARCHAR", *["BIGINT"] * 3]
    assert [name for name in types if name.startswith("revenue_years__")] == ["revenue_years__2018", "revenue_years__2019"]


@pytest.mark.row("SUP-08")
def test_what_was_published_is_reproduced_after_corrections(firms):
    one, two, _three = firms
    old = take_snapshot(as_of=MARCH, known_at=NOW)
    published = read(old)
    tell(one, "headcount", "9", "2020-01-01", now=LATER)
    tell(two, "revenue", "1亿元", "2020-02-01", now=LATER)
    merge_subjects(one.pk, two.pk, reason="同一企业", by=clerk("4101/"), now=LATER)

    again = take_snapshot(as_of=MARCH, known_at=NOW + dt.timedelta(seconds=1))  # asked anew, not the kept file
    assert again.pk != old.pk
    assert read(again) == published
    assert read(old) == published
    today = read(take_snapshot(as_of=MARCH, known_at=LATER))
    assert two.pk not in today
    assert today[one.pk]["headcount"] == 5  # told for 17 March of the row that was merged
    assert today[one.pk]["revenue"] == 10_000_000_000


def test_the_same_question_gives_the_same_file_and_a_changed_file_is_refused(firms):
    made = take_snapshot(as_of=MARCH, known_at=NOW)
    assert take_snapshot(as_of=MARCH, known_at=NOW).pk == made.pk
    path = queries.snapshot_path(made)
    assert path.stat().st_mode & 0o222 == 0
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(Conflict, match="内容已变"):
        queries.snapshot_frame(made)


def test_equal_facts_make_an_equal_file(firms):
    first = take_snapshot(as_of=MARCH, known_at=NOW)
    second = take_snapshot(as_of=MARCH, known_at=NOW + dt.timedelta(seconds=1))
    assert first.digest == second.digest


def test_an_areas_snapshot_holds_its_subjects_only(firms):
    one, two, _three = firms
    made = take_snapshot(as_of=MARCH, known_at=NOW, area_path="4101/03/")
    assert made.rows == 2
    assert list(read(made)) == [one.pk, two.pk]


def test_rows_and_columns_say_the_same(firms):
    """The reading of one subject (rules.standing) and of all at once (queries.held) are two programs with one meaning."""
    rows = read(take_snapshot(as_of=MARCH, known_at=NOW))
    names = queries.catalogue()
    for each in firms:
        facts = queries.facts_of(each.pk, on=MARCH, known_at=NOW)
        for fact in names.facts:
            if fact.personal or fact.kind is Kind.SERIES:
                continue
            known, column = facts.get(fact.code), rows[each.pk][fact.code]
            assert (known is None) == (column is None), fact.code
            if fact.kind is Kind.NUM and known:
                assert known.value * fact.measure.scale == column
            if fact.kind is Kind.CODE and known:
                assert known.value == column
            if fact.freshness_days and known:
                assert day_number(known.as_of) == rows[each.pk][f"{fact.code}__asof"]


def test_the_frame_for_matching(firms):
    made = take_snapshot(as_of=MARCH, known_at=NOW)
    frame = queries.snapshot_frame(made, ["headcount", "industry", "revenue_years"])
    assert frame.n == 3
    assert set(frame.columns) == {"headcount", "headcount__asof", "industry", "revenue_years__2018", "revenue_years__2019"}


def test_a_place_without_facts_or_firms():
    catalogue()
    assert take_snapshot(as_of=MARCH, known_at=NOW).rows == 0
