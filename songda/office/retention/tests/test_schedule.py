"""The table: what years mean, what a pack may say, that every table of the house stands in it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

from songda.ledger.cases.tests.ground import read
from songda.office.retention.queries.due import referred_to, relations_of, rows_of, table
from songda.office.retention.rules.purged import PURGED
from songda.office.retention.rules.schedule import Rule, faults, faults_of
from songda.office.retention.rules.table import HOLDINGS


def test_years_run_from_the_first_of_january_after():
    ten = Rule("cases", "10年", "depersonalise")
    assert ten.cutoff(dt.date(2030, 12, 31)) == dt.date(2020, 1, 1)  # 2020's records stay through 2030
    assert ten.cutoff(dt.date(2031, 1, 1)) == dt.date(2021, 1, 1)
    assert Rule("arrivals", "90天", "destroy").cutoff(dt.date(2020, 6, 8)) == dt.date(2020, 3, 10)


def test_the_packs_table_holds_together():
    assert list(faults(read("retention.yaml")["holdings"])) == []


@pytest.mark.parametrize(
    ("code", "period", "action", "word"),
    [
        ("cases", "10年", "destroy", "只能去标识"),
        ("sign-ins", "30天", "destroy", "183"),
        ("policies", "10年", "destroy", "不能销毁"),
        ("arrivals", "永久", "destroy", "keep"),
        ("calls", "1年", "depersonalise", "没有可去标识"),
    ],
)
def test_a_rule_that_must_not_be_is_told(code, period, action, word):
    told = " ".join(faults_of(Rule(code, period, action), HOLDINGS[code]))
    assert word in told


def test_a_table_without_a_holding_is_told():
    items = [one for one in read("retention.yaml")["holdings"] if one["code"] != "visits"]
    assert any(at is None and "visits" in fault for at, fault in faults(items))
    assert [at for at, fault in faults([*read("retention.yaml")["holdings"], items[0]])] == [len(items) + 1]


@pytest.mark.parametrize("holding", PURGED, ids=lambda one: one.code)
def test_a_holding_names_columns_that_are_there(holding, db):
    """Every column and path it speaks of exists, in the record and in its parts; nothing else points at a part that goes."""
    rows = rows_of(holding)
    given = {**holding.done, **holding.unless}
    paths = [f"{path}__isnull" for path in (holding.subject, holding.case) if path and path != "pk"]
    assert rows.filter(**given).filter(**dict.fromkeys(paths, True)).count() == 0
    for name in (holding.since, holding.place, *holding.blank):
        assert not name or rows.model._meta.get_field(name)
    for part in holding.parts:
        model = table(part.model)
        assert QuerySet(model).filter(**{f"{part.path}__in": []}).count() == 0
        for name in part.blank or {}:
            model._meta.get_field(name)
        if part.blank is None:
            inside = frozenset(holding.tables)
            assert [one for one in relations_of(model) if one.related_model._meta.label not in inside] == []


def test_a_misspelt_column_would_be_seen():
    with pytest.raises(FieldDoesNotExist):
        table("cases.Case")._meta.get_field("contact_nam")


def test_what_points_at_a_row_is_found_even_where_its_way_back_has_no_name(db):
    labels = {one.related_model._meta.label for one in relations_of(table("evidence.Evidence"))}
    assert {"cases.CaseEvidence", "service_visits.StopEvidence", "resumption.Lamp", "bulletins.Photo"} <= labels
    assert issubclass(table("evidence.Evidence"), Model) and referred_to(table("evidence.Evidence"))
