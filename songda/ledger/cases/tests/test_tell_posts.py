"""Posts are told what is given to them, taken from them, and asked of them by the ladder; once, and never what they did themselves."""

from __future__ import annotations

import dataclasses

import pytest

from songda.ledger.cases.actions import Said, step_case, sweep_clocks
from songda.ledger.cases.models import Alert
from songda.ledger.cases.tests.ground import DAY, HOUR, anybody, demand, lay
from songda.ledger.notices.models import NoticeLine
from songda.registry.people.tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ground():
    lay()


def told(post_id):
    return list(NoticeLine.objects.filter(post=post_id).order_by("id").values_list("topic", flat=True))


def assign(case, cast, holder, at=NOW + HOUR, name="assign"):
    given = Said(changes={"lead_id": cast.bureau.pk, "holder_id": holder})
    return step_case(case.pk, name, given, by=anybody(), now=at)


def test_who_is_given_a_case_is_told_and_who_loses_it(cast):
    case, one, two = demand(cast), cast.desk.post_id, cast.officer.post_id
    assign(case, cast, one)
    assert told(one) == ["case_given"]
    assign(case, cast, two, NOW + 2 * HOUR, "replace")
    assert told(one) == ["case_given", "case_relieved"]
    assert told(two) == ["case_given"]


def test_nobody_is_told_what_it_did_itself(cast):
    case = demand(cast)
    by = dataclasses.replace(anybody(post_id=cast.desk.post_id), account_id=cast.desk.account_id)
    step_case(case.pk, "assign", Said(changes={"lead_id": cast.bureau.pk, "holder_id": cast.desk.post_id}), by=by, now=NOW + HOUR)
    assert told(cast.desk.post_id) == []


def test_the_ladder_tells_each_post_it_names_once(cast):
    case = demand(cast)
    assign(case, cast, cast.desk.post_id)
    for _twice in range(2):
        sweep_clocks(now=NOW + 30 * DAY)
    named = Alert.objects.filter(case=case).exclude(post=None)
    assert named.exists()
    lines = NoticeLine.objects.filter(topic="case_rung")
    assert sorted(lines.values_list("topic_id", "post_id")) == sorted(named.values_list("pk", "post_id"))
