"""A unit's own program fills in its return; a statistician's records a value: once for a key, with the source, never approved by itself."""

import pytest

from songda.kernel import clock
from songda.office.indicators.models import Value
from songda.office.returns.models import Return
from songda.office.returns.tests.ground import MONDAY
from songda.registry.people.tests.cast import NOW
from songda.registry.programs.tests.test_calls import bearer, caller, send

LINES = {"checked": "20", "sound": "18", "mending": "2", "due": "1000", "present": "900"}


@pytest.fixture
def on_monday(ground, settings):
    desk, statistician = (caller(bearer(one)) for one in (ground.desk, ground.statistician))
    settings.CLOCK_SHIFT += MONDAY - clock.now()
    return desk, statistician


def test_a_program_fills_in_and_submits_what_its_unit_owes(ground, on_monday):
    desk, _statistician = on_monday
    body = {"lines": {key: {"number": number} for key, number in LINES.items()}, "submit": True}
    told = send(desk, f"returns/{ground.one.pk}/draft", body)
    assert told.status_code == 200, told.content.decode()
    assert {one["key"]: one["number"] for one in told.json()["lines"]}["rate"] == "90"
    kept = Return.objects.get(pk=ground.one.pk)
    assert (kept.state, kept.number) == ("submitted", 1)
    again = send(desk, f"returns/{ground.one.pk}/draft", body)
    assert (again.status_code, again.json()) == (200, told.json())
    assert Return.objects.get(pk=ground.one.pk).number == 1
    assert not Value.objects.exists()


def test_a_doubt_that_stops_is_told_to_the_program_and_nothing_is_submitted(ground, on_monday):
    desk, _statistician = on_monday
    body = {"lines": {key: {"number": "19" if key == "sound" else number} for key, number in LINES.items()}, "submit": True}
    told = send(desk, f"returns/{ground.one.pk}/draft", body)
    assert told.status_code == 400, told.content.decode()
    assert Return.objects.get(pk=ground.one.pk).state in ("expected", "draft")


def test_a_program_records_a_value_with_its_source_and_replaces_it_only_with_a_reason(ground, on_monday):
    _desk, statistician = on_monday
    body = {
        "code": "present", "organisation_id": ground.cast.zone.pk, "number": "900", "as_of": MONDAY.isoformat(), "source": "来文：统计局日报",
    }  # fmt: skip
    told = send(statistician, "values", body)
    assert told.status_code == 200, told.content.decode()
    assert (told.json()["number"], told.json()["origin"]) == ("900", "returned")
    assert send(statistician, "values", {**body, "number": "901"}, key="key-00000002").status_code == 409
    replaced = send(statistician, "values", {**body, "number": "901", "reason": "漏报一人"}, key="key-00000003")
    assert replaced.status_code == 200, replaced.content.decode()
    assert Value.objects.count() == 2
    shown = statistician.get("/api/v1/indicators/present/value", {"unit": ground.cast.zone.code, "as_of": NOW.isoformat()})
    assert shown.json()["number"] == "901"
