"""Leave: who may note it, who stands in, and what the deputy then sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.people import actions, queries
from songda.registry.people.actions import Leave
from songda.registry.people.models import Post
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, hire
from songda.registry.subjects.access import visible_to

WEEK = DAY + dt.timedelta(days=6)


@pytest.fixture
def colleague(cast):
    return hire(Role.SERVICE_OFFICER, at=cast.street_office, name="示例同事")


def acting(actor, on=DAY):
    return queries.actor_for(Post.objects.select_related("person__account", "organisation").get(pk=actor.post_id), on=on)


def test_the_deputy_sees_the_firms_of_who_is_away_for_those_days_only(cast, colleague):
    assert list(visible_to(acting(colleague))) == []
    actions.note_absence(cast.officer.post_id, Leave(DAY, WEEK, colleague.post_id), by=cast.officer, now=NOW)
    assert acting(colleague).covers == (cast.officer.post_id,)
    deputy = replace(acting(colleague), area_paths=(cast.zone.area_path,))
    assert list(visible_to(deputy)) == [cast.firm]
    assert acting(colleague, WEEK + dt.timedelta(days=1)).covers == ()


def test_stand_in_follows_deputies_and_ends_in_nobody(cast, colleague):
    officer = Post.objects.get(pk=cast.officer.post_id)
    assert queries.stand_in(officer, DAY) == officer
    absence = actions.note_absence(officer.pk, Leave(DAY, WEEK, colleague.post_id), by=cast.officer, now=NOW)
    assert queries.stand_in(officer, DAY).pk == colleague.post_id
    actions.note_absence(colleague.post_id, Leave(DAY, WEEK), by=colleague, now=NOW)
    assert queries.stand_in(officer, DAY) is None
    actions.end_absence(absence.pk, by=cast.officer, now=NOW)
    assert queries.stand_in(officer, DAY) == officer


def test_what_is_refused(cast, colleague):
    own, other = cast.officer.post_id, colleague.post_id
    with pytest.raises(NotPermitted):
        actions.note_absence(other, Leave(DAY, WEEK), by=cast.officer, now=NOW)
    for leave in (Leave(WEEK, DAY), Leave(DAY, DAY, cast.desk.post_id), Leave(DAY, DAY, own)):
        with pytest.raises(Invalid):
            actions.note_absence(own, leave, by=cast.officer, now=NOW)
    actions.note_absence(other, Leave(DAY, DAY), by=cast.security_admin, now=NOW)
    with pytest.raises(Invalid):
        actions.note_absence(own, Leave(DAY, WEEK, other), by=cast.officer, now=NOW)
    actions.note_absence(own, Leave(DAY, WEEK), by=cast.officer, now=NOW)
    with pytest.raises(Conflict):
        actions.note_absence(own, Leave(WEEK, WEEK), by=cast.officer, now=NOW)
