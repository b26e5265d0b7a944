"""amend_fact: a corrected fact shows its effect at once."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.matching.actions import match_everything
from songda.deliveries.policy.matching.models import Match
from songda.engines.rules.verdict import Answer
from songda.kernel.errors import NotFound, NotPermitted
from songda.office.dispatch.actions import amend_fact
from songda.registry.actors import system
from songda.registry.facts.actions import NewSource, define_sources
from songda.registry.facts.models import Fact
from songda.registry.people.tests.cast import NOW


@pytest.fixture
def corrections(board):
    define_sources([NewSource("return", "企业填报")], by=system(), now=NOW)
    return board


def amend(board, name, code, text, by):
    return amend_fact(board.firms[name].pk, code, text, by=by, now=NOW + dt.timedelta(minutes=1))


@pytest.mark.row("POL-07")
def test_supplying_a_missing_fact_settles_what_waited_for_it(corrections):
    match_everything(by=system(), now=NOW)
    done = amend(corrections, "three", "above_scale", "是", corrections.cast.street)
    (turn,) = done.turned
    assert (turn.before.answer, turn.after.answer, turn.after.version.measure.code) == (Answer.UNKNOWN, Answer.YES, "staff")
    assert done.rematch.entered == (corrections.versions["staff"].pk,)
    assert Match.objects.filter(subject=corrections.firms["three"], version=corrections.versions["staff"], left_on=None).exists()


def test_refused_without_the_permission_and_outside_the_scope(corrections):
    with pytest.raises(NotPermitted):
        amend(corrections, "three", "above_scale", "是", corrections.cast.clerk)
    with pytest.raises(NotFound):
        amend(corrections, "three", "above_scale", "是", corrections.cast.stranger)
    assert not Fact.objects.filter(subject=corrections.firms["three"], fact__code="above_scale").exists()
