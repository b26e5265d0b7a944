"""A row is the same line on both databases, and comes back as it was."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from songda.kernel.audit.models import AuditEntry
from songda.portal.upkeep.lines import escaped, json_part, split, unescaped
from songda.portal.upkeep.tables import entry_of, lines_of, weighed
from songda.portal.upkeep.tests.installations import AWKWARD
from songda.registry.calendars.models import SpecialDay

MOMENT = dt.datetime(2020, 3, 10, 2, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["", AWKWARD, "\\N", "\\", "\\t", "a\tb\nc\rd\\", "四字𠮷"])
def test_a_value_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert "\t" not in escaped(text)
    assert "\n" not in escaped(text)


def test_nothing_is_not_the_word_for_it() -> None:
    assert split("\\N\t\\\\N\t", []) == [None, "\\N", ""]


def test_json_is_spelt_one_way() -> None:
    assert json_part('{"b": 1.50, "a": [1e3, 0.10, "\\u4e2d\\t"]}') == '{"a":[1000,0.1,"中\\\\t"],"b":1.5}'
    assert json_part(None) == "\\N"


def lines(model: type) -> list[str]:
    return b"".join(lines_of(model, connection)).decode().splitlines()


@pytest.mark.django_db
def test_both_databases_write_the_same_line() -> None:
    """Runs on SQLite and on PostgreSQL: the line is written out here."""
    entry = AuditEntry.objects.create(
        at=MOMENT, name="甲\t乙", action="a\\N", thing="x.y", thing_id="7", before={"z": 1, "a": [None, True]}, after={}
    )
    assert lines(AuditEntry)[-1] == "\t".join(
        (
            str(entry.pk),
            "2020-03-10 02:00:00",
            "\\N",
            "\\N",
            "甲\\t乙",
            "",
            "",
            "a\\\\N",
            "x.y",
            "7",
            "",
            '{"a":[null,true],"z":1}',
            "{}",
        )
    )


@pytest.mark.django_db
def test_days_marks_and_uuids_are_written_alike() -> None:
    number = uuid.UUID("0123456789abcdef0123456789abcdef")
    moment = MOMENT + dt.timedelta(microseconds=120)
    DBTaskResult.objects.create(
        id=number, args_kwargs={}, task_path="x", backend_name="default", run_after=moment, exception_class_path="", traceback=""
    )
    (line,) = lines(DBTaskResult)
    assert line.startswith(number.hex)
    assert "\t2020-03-10 02:00:00.000120\t" in line
    SpecialDay.objects.all().delete()
    day = SpecialDay.objects.create(day=dt.date(2020, 1, 31), working=False, name="春节")
    assert f"{day.pk}\t2020-01-31\t0\t春节" in lines(SpecialDay)[0]


@pytest.mark.django_db
def test_one_changed_letter_is_another_digest() -> None:
    day = SpecialDay.objects.create(day=dt.date(2031, 1, 31), working=False, name="甲")
    shape = entry_of(SpecialDay, connection, 0, "")
    before = weighed(SpecialDay, connection, shape)
    SpecialDay.objects.filter(pk=day.pk).update(name="乙")
    assert weighed(SpecialDay, connection, shape).digest != before.digest
