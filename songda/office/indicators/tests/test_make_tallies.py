"""The tallies against plain SQL that shares nothing with the engine, on invented logs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from songda.engines.rules.catalogue_files import PlainLoader
from songda.kernel.clock import start_of
from songda.kernel.paths import path_end
from songda.ledger.cases.models import CaseStep
from songda.office.indicators import packs
from songda.office.indicators.actions import make_tallies
from songda.office.indicators.models import Tally
from songda.office.indicators.rules.sources import source_of
from songda.office.indicators.tests.ground import fill
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW, firm, place

FIRST, DAYS = dt.date(2020, 2, 26), 12
LAST = FIRST + dt.timedelta(days=DAYS - 1)
DAY = dt.timedelta(days=1)
REST = "('closed', 'declined', 'withdrawn', 'verified', 'cancelled', 'upheld', 'rejected')"
STEPS = "FROM cases_casestep s JOIN cases_case c ON c.id = s.case_id WHERE c.area_path >= %s AND c.area_path < %s"
SQL = {
    "case-steps": (STEPS, "s.at >= %s AND s.at < %s"),
    "cases-returned": (f"{STEPS} AND s.step = 'dispute'", "s.at >= %s AND s.at < %s"),
    "cases-objected": (f"{STEPS} AND s.step IN ('object', 'revisit_no')", "s.at >= %s AND s.at < %s"),
    "matters-resolved": (f"{STEPS} AND s.step = 'close'", "s.at >= %s AND s.at < %s"),
    "cases-closed": (f"{STEPS} AND s.after IN {REST} AND s.before NOT IN {REST}", "s.at >= %s AND s.at < %s"),
    "cases-opened": ("FROM cases_case c WHERE c.area_path >= %s AND c.area_path < %s", "c.opened_at >= %s AND c.opened_at < %s"),
    "policy-problems-opened": (
        "FROM cases_case c JOIN cases_kindversion v ON v.id = c.kind_id JOIN cases_kind k ON k.id = v.kind_id"
        " WHERE c.area_path >= %s AND c.area_path < %s AND k.code = 'policy-problem'",
        "c.opened_at >= %s AND c.opened_at < %s",
    ),
}
OPEN = f"""SELECT COUNT(*) FROM cases_case c WHERE c.area_path >= %s AND c.area_path < %s AND EXISTS (
  SELECT 1 FROM cases_casestep s WHERE s.case_id = c.id AND s.at < %s AND s.after NOT IN {REST} AND NOT EXISTS (
    SELECT 1 FROM cases_casestep l WHERE l.case_id = c.id AND l.at < %s AND l.seq > s.seq))"""


def asked(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.fetchone()[0])


def by_hand(code, path, day):
    begin, end = (connection.ops.adapt_datetimefield_value(start_of(one)) for one in (day, day + DAY))
    span = (path, path_end(path))
    if code == "cases-open":
        return asked(OPEN, *span, end, end)
    rows, when = SQL[code]
    return asked(f"SELECT COUNT(*) {rows} AND {when}", *span, begin, end)


@pytest.fixture
def city(cast):
    import yaml

    from songda.office.indicators.tests.conftest import FOLDER

    text = (FOLDER.parent / "indicators.yaml").read_text(encoding="utf-8")
    packs.load_indicators(yaml.load(text, PlainLoader)["indicators"], by=system(), now=NOW)
    second = place("410172777", "演示二街", "street", cast.zone, "777")
    third = firm("示例丙", second, "L-9", above_scale=True, industry="C37")
    homes = [(one.pk, one.area_path) for one in (cast.firm, cast.neighbour, cast.other_firm, third)]
    # Some begin before the first day, so that stocks have something to stand on.
    fill(homes, 80, first=FIRST - 4 * DAY, days=DAYS + 3, seed=5)
    return cast


@pytest.mark.row("SUP-08")
def test_tallies_are_what_plain_sql_says(city):
    run = make_tallies(FIRST, LAST, now=NOW)
    assert (run.changed, run.tallies) == (0, Tally.objects.count())
    units = (city.city, city.zone, city.other_zone)
    told = {(one.code, one.organisation_id, one.day): one.number for one in Tally.objects.filter(cell="")}
    compared = 0
    for code in (*SQL, "cases-open"):
        for unit in units:
            for at in range(DAYS):
                day = FIRST + at * DAY
                assert told.get((code, unit.pk, day), 0) == by_hand(code, unit.area_path, day), (code, unit, day)
                compared += told.get((code, unit.pk, day), 0)
    assert compared > 500


def test_a_district_is_its_streets_and_the_cells_make_the_whole(city):
    make_tallies(FIRST, LAST, now=NOW)
    streets = [one.area_path for one in city.zone.children.filter(kind="street")]
    assert len(streets) == 2
    for code, where in (("cases-opened", {"machine": ("demand",)}), ("case-steps", {})):
        count = source_of(code).count()
        for day in (FIRST, LAST):
            end = start_of(day + DAY) - dt.timedelta(microseconds=1)
            below = [count(where, path, since=day, as_of=end) for path in streets]
            kept = Tally.objects.filter(code=code, organisation=city.zone, day=day)
            whole = sum(kept.filter(cell="").values_list("number", flat=True))
            assert whole == sum(below)
            assert whole == sum(kept.exclude(cell="").values_list("number", flat=True))


def test_counts_and_rows_agree_with_the_tallies_of_the_day(city):
    """What a value freezes at 24:00 is what the tally of that day says; and the rows behind are as many."""
    make_tallies(FIRST, LAST, now=NOW)
    end = start_of(LAST + DAY) - dt.timedelta(microseconds=1)
    for code in ("cases-open", "cases-overdue", "firms", "cases-closed", "cases-closed-on-time", "projects"):
        one = packs_definition(code)
        source = source_of(one.source)
        since = LAST if one.spread == "flow" else None
        for unit in (city.city, city.zone):
            kept = Tally.objects.filter(code=code, organisation=unit, day=LAST, cell="").values_list("number", flat=True).first()
            assert source.count()(one.where, unit.area_path, since=since, as_of=end) == (kept or 0), code
            assert source.rows()(one.where, unit.area_path, since=since, as_of=end, actor=None).total == (kept or 0), code


def packs_definition(code):
    from songda.office.indicators.queries import definition

    return definition(code)


def test_made_again_only_what_changed_is_written_and_said(city):
    make_tallies(FIRST, LAST, now=NOW)
    before = set(Tally.objects.values_list("pk", flat=True))
    again = make_tallies(FIRST, LAST, now=NOW + DAY)
    assert (again.changed, again.changes, set(Tally.objects.values_list("pk", flat=True))) == (0, [], before)
    case = CaseStep.objects.filter(at__gte=start_of(FIRST), at__lt=start_of(LAST)).order_by("pk").first().case
    last = case.steps.order_by("-seq").first()
    late = start_of(FIRST + DAY)
    CaseStep.objects.create(case=case, seq=last.seq + 1, step="remark", before=last.after, after=last.after, at=late, name="示例")
    third = make_tallies(FIRST, LAST, now=NOW + 2 * DAY)
    told = {(one["code"], one["day"], one["cell"]) for one in third.changes}
    assert ("case-steps", (FIRST + DAY).isoformat(), "") in told
    assert third.changed == len(third.changes) == 4  # the whole and its cell, of the city and of one zone
    assert all(one["now"] == one["was"] + 1 for one in third.changes)
