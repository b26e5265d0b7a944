"""A guide lists exactly what is open to its industry, and is stale from the moment anything it was made from changes (POL-11)."""

from __future__ import annotations

from itertools import product

import pytest

from songda.deliveries.policy.guides import actions, queries
from songda.deliveries.policy.guides.models import GuideVersion, IndustryGroup
from songda.deliveries.policy.guides.tests.measures import changed, in_force
from songda.deliveries.policy.library.actions import give_contact
from songda.deliveries.policy.library.tests.rules_at_hand import in_force as rules_in_force
from songda.deliveries.policy.library.tests.texts import CONTACT
from songda.engines.printing import to_html
from songda.engines.rules.facts import Datum
from songda.engines.rules.judge import answer
from songda.engines.rules.verdict import Answer
from songda.kernel.errors import Conflict, NotPermitted
from songda.ledger.notices.models import Notice, NoticeLine
from songda.registry.facts import queries as facts
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.rulebook.queries import condition_of

pytestmark = [pytest.mark.usefixtures("industries"), pytest.mark.row("POL-11")]
LEAVES = {"making": ("27", "17"), "medicine": ("27",), "catering": ("61",)}


def issue(cast, group="making"):
    return actions.issue_guide(group, cast.zone.area_path, by=cast.publisher, now=NOW)


def told(version):
    return sorted((one.measure for one in queries.items_of(version)), key=lambda one: one.pk)


def brute(measures, leaves):
    """Which measures some firm of these classes can have: every firm tried."""
    found, catalogue = [], facts.catalogue()
    for one in measures:
        rule = condition_of(one.rule_version)
        firms = product(leaves, (9, 10), (True, False))
        for leaf, staff, maker in firms:
            if maker and leaf == "61":
                continue  # the pack says: no such firm
            held = {"industry": Datum(leaf), "staff": Datum(staff), "maker": Datum(maker)}
            if answer(rule, held, on=DAY, catalogue=catalogue) is Answer.YES:
                found.append(one)
                break
    return found


@pytest.mark.parametrize("group", LEAVES)
def test_a_guide_lists_exactly_the_measures_open_to_its_industry(cast, group):
    measures = in_force(cast)
    assert told(issue(cast, group)) == brute(measures, LEAVES[group])


def test_the_industries_differ(cast):
    measures = in_force(cast)
    assert told(issue(cast, "making")) == measures
    assert told(issue(cast, "catering")) == measures[3:]


def test_a_changed_rule_makes_the_guide_stale_until_it_is_issued_anew(cast):
    measures = in_force(cast)
    first = issue(cast)
    assert current(first)
    with pytest.raises(Conflict, match="没有变化"):
        issue(cast)
    changed(measures[0], "行业 属于 制造业 且 用工人数 ≥ 10人 且 (参保企业 或 用工人数 ≥ 10人)", cast)
    assert not current(first)
    assert actions.note_stale(now=NOW) == 1
    assert GuideVersion.objects.get(pk=first.pk).stale_at == NOW
    again = issue(cast)
    assert current(again)
    assert again.number == 2
    assert [one.what for one in queries.changes(queries.items_of(first), queries.items_of(again))] == ["措施有新版本"]
    assert actions.note_stale(now=NOW) == 0


def test_new_rules_a_new_contact_and_a_new_group_make_it_stale(cast):
    measures = in_force(cast)
    first = issue(cast)
    rules_in_force(cast, measures[0], valid_from=DAY)
    assert not current(first)
    second = issue(cast)
    assert [one.measure for one in queries.items_of(second) if one.implementing] == [measures[0]]
    give_contact(measures[1].pk, {**CONTACT, "phone": "0371-0000 0199"}, by=cast.editor, now=NOW)
    assert not current(second)
    third = issue(cast)
    assert [one.measure for one in queries.items_of(third) if one.card.phone == "0371-0000 0199"] == [measures[1]]
    IndustryGroup.objects.filter(code="making").update(classes=["17"])
    assert not current(third)


def test_who_subscribed_is_told_what_changed(cast):
    measures = in_force(cast)
    first = issue(cast)
    Contact.objects.create(subject=cast.firm, channel="inbox", address="示例", starts_on=DAY)
    actions.subscribe(first.guide_id, by=cast.clerk, now=NOW)
    actions.subscribe(first.guide_id, by=cast.clerk, now=NOW)
    changed(measures[3], "用工人数 ≥ 10人 且 用工人数 ≥ 9人", cast)
    version = issue(cast)
    assert Notice.objects.filter(cause=f"guide:{version.pk}").count() == 1
    assert "措施有新版本" in NoticeLine.objects.get(topic="guide_version").text
    assert actions.unsubscribe(first.guide_id, by=cast.clerk, now=NOW) == 1


def test_only_a_publisher_of_the_place_issues(cast):
    in_force(cast)
    with pytest.raises(NotPermitted):
        actions.issue_guide("making", cast.zone.area_path, by=cast.editor, now=NOW)
    with pytest.raises(NotPermitted):
        actions.issue_guide("making", cast.other_zone.area_path, by=cast.publisher, now=NOW)


def test_a_stale_guide_says_so_on_paper(cast):
    measures = in_force(cast)
    rules_in_force(cast, measures[0], valid_from=DAY)
    version = issue(cast)
    page = to_html(queries.guide_paper(version, queries.items_of(version), current=True))
    assert "已过期" not in page
    assert "租赁合同" in page
    assert CONTACT["phone"] in page
    assert "已过期，待重新发布" in to_html(queries.guide_paper(version, queries.items_of(version), current=False))


def current(version):
    version = GuideVersion.objects.select_related("guide__group").get(pk=version.pk)
    return queries.is_current(version, queries.content_of(version.guide, DAY))
