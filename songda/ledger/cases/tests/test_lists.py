"""The ledger's lists as papers: queries with a date, frozen when issued (SUP-23)."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.errors import Conflict
from songda.ledger.cases.tests import ground as cases
from songda.ledger.papers import actions, queries
from songda.ledger.papers.actions import NewPaper
from songda.ledger.papers.models import PaperRow
from songda.ledger.papers.tests.ground import lay
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def ground(cast):
    cases.lay()
    lay(cast)
    return cast


@pytest.mark.row("SUP-23")
def test_a_list_is_a_query_with_a_date(ground, django_assert_max_num_queries):
    cases.demand(ground, title="缺少口罩")
    dispatcher, leader = ground.dispatcher, hire(Role.LEADER, at=ground.zone)
    draft = actions.draft_paper(NewPaper("needs", ground.zone.pk), by=dispatcher, now=NOW)
    paper = actions.issue_paper(draft.pk, by=leader, now=NOW)
    assert paper.title == "甲开发区复工复产需求清单（截至2020年3月10日）"
    cases.demand(ground, title="缺少司机", now=LATER)
    assert queries.rows_now("cases.needs", ground.zone.area_path, leader, LATER).rows == ()  # `plain` is a twin, no demand
    with django_assert_max_num_queries(4):
        content = queries.content_of(paper, leader, LATER)
    assert content.as_of == "2020年3月10日"
    assert queries.is_unchanged(paper, content.rows)


def test_frozen_rows_stay_when_the_ledger_goes_on(ground):
    cases.demand(ground, title="缺少口罩")
    leader = hire(Role.LEADER, at=ground.zone)
    draft = actions.draft_paper(NewPaper("service-ledger", ground.zone.pk), by=ground.dispatcher, now=NOW)
    paper = actions.issue_paper(draft.pk, by=leader, now=NOW)
    cases.demand(ground, title="缺少司机", now=LATER)
    rows = queries.content_of(paper, leader, LATER).rows
    assert [(row[2], row[5]) for row in rows.rows] == [("缺少口罩", "待分办")]  # in the words of its own machine
    assert len(queries.rows_now("cases.ledger", ground.zone.area_path, leader, LATER).rows) == 2
    PaperRow.objects.filter(paper=paper).update(cells=["被改的行", "", "", "", "", ""])
    with pytest.raises(Conflict, match="摘要不符"):
        actions.print_paper(paper.pk, "docx", by=leader, now=LATER)
