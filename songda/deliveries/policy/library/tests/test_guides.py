"""Guides 申报指南、实施细则 as received: a draft of implementing rules, every part tied to its words, none of it in force."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    confirm_implementing_rule,
    draft_rule_from,
    edit_implementing_rule,
    publish_implementing_rule,
    receive_version,
    revise_implementing_rule,
)
from songda.deliveries.policy.library.models import ImplementingRuleVersion
from songda.deliveries.policy.library.rules.guide import guide_of
from songda.deliveries.policy.library.tests.rules_at_hand import GUIDE
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, received
from songda.engines.reading.drafts import read
from songda.kernel.errors import Invalid

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def version(cast) -> ImplementingRuleVersion:
    return drafted_of(received(cast.editor, cast.zone.area_path, GUIDE, level="city"))


def drafted_of(document) -> ImplementingRuleVersion:
    return ImplementingRuleVersion.objects.filter(sources__document=document).distinct().get()


@pytest.mark.row("POL-03")
def test_a_guide_becomes_a_draft_with_every_part_in_its_words(version):
    assert (version.state, version.edited_at, version.title) == ("draft", None, "示例市稳岗补贴申报指南")
    assert "裁员率低于5.5%" in version.conditions
    assert version.papers == ["企业申请表（一式两份）", "上年度缴费凭证"]
    assert version.steps == ["网上申报", "材料初审", "名单公示", "资金拨付"]
    assert version.time_limit_days == 15
    assert version.payment_basis == "所需资金从失业保险基金中列支"
    assert version.contact.startswith("0000-0000000")
    assert set(queries.sources_by_part(version)) == {"conditions", "papers", "steps", "time_limit", "payment", "contact"}
    for source in version.sources.select_related("document", "article"):
        assert source.document.text[source.start : source.end] == source.quote
        assert source.article is None or source.article.start <= source.start < source.end <= source.article.end


def test_it_covers_the_measures_drafted_from_the_same_text(version):
    assert [one.benefit for one in queries.covered_measures(version)] == [
        "对不裁员的参保中小微企业，返还其上年度实际缴纳失业保险费的50%。"
    ]
    assert not queries.rules_in_force(NOW.date()).exists()


def test_limits_that_differ_are_left_to_a_person():
    both = GUIDE.replace("自受理之日起15个工作日内办结。", "初审5个工作日，复审10个工作日。")
    guide = guide_of(read(both))
    assert (guide.time_limit, guide.time_limit_days) == (None, None)
    assert guide_of(read(GUIDE.replace("15个工作日", "十五个工作日"))).time_limit_days == 15


def test_a_policy_is_no_guide(cast):
    document = received(cast.editor, cast.zone.area_path, PACKAGE)
    assert not ImplementingRuleVersion.objects.exists()
    with pytest.raises(Invalid) as refused:
        draft_rule_from(document.pk, by=cast.editor, now=NOW)
    assert refused.value.code == "no_guide"


def test_a_later_text_of_the_guide_is_the_next_version_and_nobodys_words_are_lost(cast, version):
    edit_implementing_rule(version.pk, {"department_id": cast.bureau.pk}, by=cast.editor, now=NOW)
    confirm_implementing_rule(version.pk, by=cast.editor, now=NOW)
    publish_implementing_rule(version.pk, by=cast.publisher, now=NOW)
    document = version.sources.first().document
    later = receive_version(document.pk, text=GUIDE.replace("15个工作日", "10个工作日"), by=cast.editor, now=NOW)
    after = drafted_of(later)
    assert (after.rule_id, after.number, after.time_limit_days, after.state) == (version.rule_id, 2, 10, "draft")
    assert set(version.coverages.values_list("measure_id")) <= set(after.coverages.values_list("measure_id"))


def test_a_revision_keeps_the_sources(cast, version):
    edit_implementing_rule(version.pk, {"department_id": cast.bureau.pk}, by=cast.editor, now=NOW)
    confirm_implementing_rule(version.pk, by=cast.editor, now=NOW)
    publish_implementing_rule(version.pk, by=cast.publisher, now=NOW)
    draft = revise_implementing_rule(version.pk, by=cast.editor, now=NOW)
    kept = [(one.part, one.quote) for one in version.sources.all()]
    assert kept == [(one.part, one.quote) for one in draft.sources.all()]
