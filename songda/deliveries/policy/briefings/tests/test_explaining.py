"""Explanations, their coverage, and articles (POL-10)."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.briefings import actions, queries
from songda.deliveries.policy.briefings.actions import Talk
from songda.deliveries.policy.briefings.models import Explanation, Interpretation
from songda.deliveries.policy.briefings.tests.talks import paper_for
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger import panels
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import lay
from songda.registry.people.models import Assignment
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, SINCE, hire


@pytest.fixture
def officer(matched):
    """The cast's officer, with the board's firms one and two."""
    for name in ("one", "two"):
        Assignment.objects.create(subject=matched.firms[name], post_id=matched.cast.officer.post_id, starts_on=SINCE)
    return matched.cast.officer


def test_the_officers_list_shows_what_fits_each_firm(matched, officer):
    firms = list(queries.firms_to_explain(officer))
    rows = {row.subject.name: [fit.version.title for fit in row.fits] for row in queries.fits_of(firms)}
    assert rows["示例企业one"] == ["示例措施maker", "示例措施small", "示例措施staff"]
    assert rows["示例企业two"] == ["示例措施either"]


@pytest.mark.row("POL-10")
def test_explained_counts_once_the_firm_says_so(matched, officer):
    one, version = matched.firms["one"], matched.versions["small"]
    made = actions.explain(one.pk, [version.pk, version.pk], Talk(), by=officer, now=NOW)
    assert actions.explain(one.pk, [version.pk], Talk(), by=officer, now=NOW) == made
    row = queries.fits_of([one])[0]
    assert (row.explained, row.confirmed, len(row.fits)) == (1, 0, 3)
    clerk = hire(Role.ENTERPRISE_CLERK, of=one)
    assert [need.count for need in queries.needs(clerk, NOW)] == [1]
    assert actions.confirm_explanations([made[0].pk], by=clerk, now=NOW) == 1
    assert actions.confirm_explanations([made[0].pk], by=clerk, now=NOW) == 0
    assert queries.fits_of([one])[0].confirmed == 1
    with pytest.raises(NotFound):
        actions.confirm_explanations([made[0].pk], by=hire(Role.ENTERPRISE_CLERK, of=matched.firms["two"]), now=NOW)


def test_without_the_firms_own_word_a_signed_paper_of_this_firm_is_needed(matched, officer):
    one, two = matched.firms["one"], matched.firms["two"]
    made = actions.explain(one.pk, [matched.versions["small"].pk], Talk(way="leader", leader_name="区领导"), by=officer, now=NOW)
    with pytest.raises(NotPermitted):
        actions.confirm_explanations([made[0].pk], by=officer, now=NOW)
    with pytest.raises(Invalid):
        actions.confirm_explanations([made[0].pk], by=officer, now=NOW, evidence_id=paper_for(two, officer, "他家.jpg").pk)
    paper = paper_for(one, officer)
    assert actions.confirm_explanations([made[0].pk], by=officer, now=NOW, evidence_id=paper.pk, name="厂长") == 1
    assert Explanation.objects.get().confirmed_name == "厂长"


@pytest.mark.row("POL-10")
def test_an_unanswered_question_stays_open_in_the_ledger(matched, officer):
    lay()
    one, version = matched.firms["one"], matched.versions["small"]
    actions.explain(one.pk, [version.pk], Talk(question="去年办过还能办吗？", answer="可以"), by=officer, now=NOW)
    assert Case.objects.count() == 0
    actions.explain(one.pk, [version.pk], Talk(question="境外员工算吗？"), by=officer, now=NOW)
    case = Case.objects.get()
    assert (case.subject_id, case.open, case.text) == (one.pk, True, "境外员工算吗？")
    assert [row.case_id for row in queries.questions_listed(officer, standing="case")] == [case.pk]


@pytest.mark.row("POL-10")
def test_coverage_by_measure_and_by_sector_is_firms_confirmed_of_firms(matched, officer):
    cast, versions, firms = matched.cast, matched.versions, matched.firms
    done = actions.explain(
        firms["one"].pk, [versions[code].pk for code in ("small", "staff", "maker")], Talk(), by=officer, now=NOW
    )
    actions.explain(firms["two"].pk, [versions["either"].pk], Talk(), by=officer, now=NOW)
    actions.confirm_explanations([one.pk for one in done], by=hire(Role.ENTERPRISE_CLERK, of=firms["one"]), now=NOW)
    rows = {row.version.measure.code: (row.confirmed, row.explained, row.firms) for row in queries.by_measure(cast.dispatcher)}
    assert rows == {"small": (1, 1, 2), "staff": (1, 1, 2), "either": (0, 1, 1), "maker": (1, 1, 2)}
    sector = queries.sector_coverage(cast.dispatcher, cast.zone.area_path, "行业 属于 {制造业}", on=DAY)
    assert (sector.confirmed, sector.explained, sector.firms) == (1, 1, 2)  # one and three; four's trade is not known
    assert sector.undecided == 3
    assert [gap.name for gap in sector.gaps] == ["示例企业three"]
    single = queries.sector_coverage(
        cast.dispatcher, cast.zone.area_path, "行业 属于 {制造业}", on=DAY, version=versions["small"]
    )
    assert (single.confirmed, single.firms) == (1, 2)
    with pytest.raises(Invalid):
        queries.sector_coverage(cast.dispatcher, cast.zone.area_path, "行业 不知 {制造业}", on=DAY)
    with pytest.raises(NotPermitted):
        queries.sector_coverage(cast.dispatcher, cast.other_zone.area_path, "", on=DAY)


def test_only_firms_in_sight_and_published_measures(matched, officer):
    version = matched.versions["small"]
    with pytest.raises(NotFound):
        actions.explain(matched.firms["three"].pk, [version.pk], Talk(), by=officer, now=NOW)
    with pytest.raises(NotPermitted):
        actions.explain(matched.firms["one"].pk, [version.pk], Talk(), by=matched.cast.editor, now=NOW)
    type(version).objects.filter(pk=version.pk).update(state="superseded")
    with pytest.raises(Invalid):
        actions.explain(matched.firms["one"].pk, [version.pk], Talk(), by=officer, now=NOW)


def test_an_article_is_published_by_another_and_replaces_the_one_before(matched):
    cast, version = matched.cast, matched.versions["small"]
    first = actions.write_interpretation(version.pk, "一图看懂", "小微企业都能办。", by=cast.editor, now=NOW)
    clerk = hire(Role.ENTERPRISE_CLERK, of=matched.firms["one"])
    assert queries.interpretation_of(version.measure_id, clerk) is None
    actions.publish_interpretation(first.pk, by=cast.publisher, now=NOW)
    assert queries.interpretation_of(version.measure_id, clerk) == first
    second = actions.write_interpretation(version.pk, "一图看懂（修订）", "小微企业都能办，线上即可。", by=cast.editor, now=NOW)
    actions.publish_interpretation(second.pk, by=cast.publisher, now=NOW)
    assert list(Interpretation.objects.order_by("number").values_list("state", flat=True)) == ["superseded", "published"]
    assert not queries.is_stale(second)
    type(version).objects.filter(pk=version.pk).update(state="superseded")
    version.pk, version.number, version.rule_version, version._state.adding = None, 2, None, True
    version.save()
    assert queries.is_stale(second)
    with pytest.raises(Conflict):
        actions.publish_interpretation(first.pk, by=cast.publisher, now=NOW)


def test_the_firms_record_and_the_form_of_a_visit_show_it(matched, officer):
    one = matched.firms["one"]
    actions.explain(one.pk, [matched.versions["small"].pk], Talk(), by=officer, now=NOW)
    shown = panels.shown(one.pk, by=officer, now=NOW, names=["briefings"])
    assert "示例措施small" in shown[0].html
    assert [line.note for line in panels.lines("explained", one.pk, by=officer, now=NOW)] == ["已讲解，待企业确认"]
