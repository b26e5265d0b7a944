"""Chapters and their order, without a database."""

from __future__ import annotations

from songda.deliveries.policy.compendium.rules.contents import chapters, digest_of, in_order


def test_each_policy_is_printed_in_its_first_category():
    made = chapters([(2, "b", "乙", 1), (1, "a", "甲", 1), (2, "b", "乙", 2)])
    assert [(one.label, one.ordinals, one.first) for one in made] == [("甲", (1,), (1,)), ("乙", (1, 2), (2,))]


def test_order_is_by_category_then_as_told():
    filed = {10: ["b"], 11: ["c", "a"], 12: ["b"], 13: ["unknown"]}
    assert in_order(filed, ["a", "b", "c"], {10: (2,), 11: (9,), 12: (1,), 13: (0,)}) == [11, 12, 10, 13]


def test_a_digest_knows_every_value_and_no_order():
    assert digest_of([(1, "a"), (2, "b")]) == digest_of([(2, "b"), (1, "a")]) != digest_of([(1, "a"), (2, "c")])
    assert digest_of([("a", "b")]) != digest_of([("ab",)])
