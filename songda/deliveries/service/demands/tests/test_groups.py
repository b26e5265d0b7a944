"""The same problem again: what is proposed, what a group is, what is proposed for the policy, and what came of it."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.service.demands import actions, queries
from songda.deliveries.service.demands.rules.grouping import Instance, proposals
from songda.deliveries.service.demands.tests.board import NOW, fresh
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.ledger.cases.models import Group
from songda.registry.people.tests.cast import firm


def instances(*firms, days=1):
    return [Instance(n, one, "4101/03/", "labour", NOW - dt.timedelta(days=days)) for n, one in enumerate(firms)]


def test_three_firms_or_one_firm_twice_within_thirty_days():
    assert proposals(instances(1, 2), NOW) == []
    (three,) = proposals(instances(1, 2, 3), NOW)
    assert (three.case_ids, three.firms) == ((0, 1, 2), 3)
    (twice,) = proposals(instances(1, 2, 2), NOW)
    assert (twice.case_ids, twice.firms) == ((1, 2), 1)
    assert proposals(instances(1, 2, 3, days=31), NOW) == []


@pytest.mark.row("SVC-63")
def test_grouped_with_a_cause_and_a_proposal_for_a_change(board):
    cast = board.cast
    third = firm("示例三厂", cast.street_office, "D0077")
    cases = [board.file(of=one, by=cast.desk) for one in (cast.firm, cast.neighbour, third)]
    (proposal,) = queries.groupable(cast.dispatcher, now=NOW)
    assert proposal.case_ids == tuple(case.pk for case in cases)
    group = actions.group_demands(proposal.case_ids, "复工缺工", "rule", by=cast.dispatcher, now=NOW)
    assert (group.area_path, [fresh(case).group for case in cases]) == (cast.street_office.area_path, [group] * 3)
    assert queries.groupable(cast.dispatcher, now=NOW) == []
    with pytest.raises(Conflict):
        actions.group_demands(proposal.case_ids, "再并", "rule", by=cast.dispatcher, now=NOW)
    with pytest.raises(Invalid):
        actions.propose_change(group.pk, " ", by=cast.dispatcher, now=NOW)
    actions.propose_change(group.pk, "外地员工返岗核验由社区代办", by=cast.dispatcher, now=NOW, changed_on=dt.date(2020, 3, 20))
    group.refresh_from_db()
    assert (group.proposal, group.changed_on) == ("外地员工返岗核验由社区代办", dt.date(2020, 3, 20))
    assert list(queries.groups(cast.dispatcher)) == [group]
    assert list(queries.groups(cast.stranger)) == []
    with pytest.raises(NotFound):
        actions.group_demands([cases[0].pk, 0], "无", "", by=cast.dispatcher, now=NOW)


def test_one_alone_is_no_group(board):
    with pytest.raises(Invalid):
        actions.group_demands([board.file().pk], "缺工", "", by=board.cast.dispatcher, now=NOW)
    assert not Group.objects.exists()
