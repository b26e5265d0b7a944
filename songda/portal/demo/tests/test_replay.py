"""What the texts count comes out of the ledger's own queries, at its moment and again at any later one."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from songda.deliveries.service.helping.models import Charge, Team
from songda.deliveries.service.helping.queries import helped_by
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.queries import counts_as_of
from songda.portal.demo.replay import replay, texts
from songda.registry.actors import system
from songda.registry.organisations import queries as organisations
from songda.registry.people.models import Post
from songda.registry.people.queries import actor_for
from songda.registry.subjects.models import Subject

NOW = dt.datetime(2020, 3, 18, 1, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packed")]
SHANGJIE, HUIJI = texts()


@pytest.fixture
def desk(settings, tmp_path):
    """Replay one text on ground of its own; the unit's desk, which then counts."""
    settings.MEDIA_ROOT = tmp_path

    def play(one, projects=0):
        home = organisations.by_code(one.area)
        for kind, count in (("enterprise", 30), ("project", projects)):
            for n in range(count):
                Subject.objects.create(
                    name=f"示例{kind}{n}", name_key=f"{kind}{n:04d}", name_core=f"{n}", local_number=f"{kind}{n}", kind=kind, home=home,
                    area_path=home.area_path, demonstration=True,
                )  # fmt: skip
        replay(one, demonstration=True, by=system("演示"), now=NOW)
        unit = organisations.by_code(one.unit)
        return unit, actor_for(Post.objects.get(organisation=unit, role="department_desk"), on=NOW.date())

    return play


@pytest.mark.row("SVC-06")
@pytest.mark.row("SVC-07")
def test_shangjie_closed_eight_and_moves_five_on_as_the_text_says(desk):
    unit, actor = desk(SHANGJIE)
    found = helped_by(actor, unit.pk, SHANGJIE.at)
    assert (found.matters, found.closed, found.open, found.rate) == (13, 8, 5, "61.54%")
    counts = counts_as_of(actor, SHANGJIE.at)
    assert (counts.total, counts.closed, counts.open, counts.on_spot) == (13, 8, 5, 0)
    early = counts_as_of(actor, SHANGJIE.at - 12 * DAY)
    assert early.closed < 8
    assert counts_as_of(actor, SHANGJIE.at + 30 * DAY).closed == 8


@pytest.mark.row("SVC-06")
@pytest.mark.row("SVC-48")
def test_huiji_helped_24_firms_with_27_matters_by_8_groups_for_182_projects(desk):
    unit, actor = desk(HUIJI, projects=182)
    found = helped_by(actor, unit.pk, HUIJI.at)
    assert (found.firms, found.matters, found.closed, found.groups) == (24, 27, 27, 8)
    shares = Counter(Charge.objects.filter(ends_on=None).values_list("team", flat=True))
    assert sorted(shares.values()) == [22, 22, 23, 23, 23, 23, 23, 23]
    assert set(Team.objects.values_list("leader_rank", flat=True)) == {"section"}


def test_only_in_a_demonstration():
    with pytest.raises(NotPermitted):
        replay(SHANGJIE, demonstration=False, by=system("演示"), now=NOW)
