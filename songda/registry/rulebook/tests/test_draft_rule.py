from __future__ import annotations

import pytest

from songda.engines.rules.tree import Amount, And
from songda.kernel.errors import Invalid, NotPermitted
from songda.registry.rulebook import queries
from songda.registry.rulebook.actions import copy_rule, draft_rule
from songda.registry.rulebook.tests.books import AMOUNT, CASES, NOW, TEXT

pytestmark = pytest.mark.usefixtures("catalogue")


def drafted(by, **more):
    return draft_rule(
        "rent-help", **{"title": "租金补贴", "text": TEXT, "amount_text": AMOUNT, "cases": CASES, **more}, by=by, now=NOW
    )


def test_the_canonical_text_the_tree_and_the_digest_are_kept(cast):
    version = drafted(cast.editor)
    assert version.text == "企业规模 属于 {小型；微型} 且 用工人数 ≥ 10人"
    assert isinstance(queries.condition_of(version), And)
    assert isinstance(queries.amount_of(version), Amount)
    assert version.number == 1
    assert len(version.digest) == len(version.catalogue_digest) == 64


def test_the_same_meaning_has_the_same_digest_and_another_number(cast):
    first, second = drafted(cast.editor), drafted(cast.editor, text="企业规模 属于 {小型；微型} 并且 用工人数 不少于 10人")
    assert (first.number, second.number) == (1, 2)
    assert first.digest == second.digest
    assert drafted(cast.editor, text="用工人数 ≥ 10人").digest != first.digest


def test_a_wrong_text_is_refused_with_its_place_and_the_nearest_name(cast):
    with pytest.raises(Invalid) as refused:
        drafted(cast.editor, text="企业规模 属于 {小型} 且 用工人敷 ≥ 10人")
    fields = refused.value.fields
    start = int(fields["position"].split("-")[0])
    assert "企业规模 属于 {小型} 且 用工人敷 ≥ 10人"[start:].startswith("用工人敷")
    assert "用工人数" in fields["nearest"]
    assert "text" in fields


def test_a_wrong_formula_is_refused_under_its_own_field(cast):
    with pytest.raises(Invalid) as refused:
        drafted(cast.editor, amount_text="月租金 × 2人")
    assert "amount_text" in refused.value.fields


def test_a_case_that_cannot_be_read_is_refused_by_name(cast):
    with pytest.raises(Invalid, match="坏案例"):
        drafted(cast.editor, cases=[{"name": "坏案例", "on": "2020-03-18", "given": {"用工人敷": "1人"}, "expect": "是"}])


def test_who_does_not_write_rules_is_refused(cast):
    with pytest.raises(NotPermitted):
        drafted(cast.clerk)


def test_a_copy_says_the_same_and_is_unsigned(cast):
    version = drafted(cast.editor)
    copy = copy_rule(version.pk, by=cast.editor, now=NOW)
    assert (copy.number, copy.digest, copy.signed_at) == (2, version.digest, None)
    assert queries.cases_of(copy) == queries.cases_of(version)
