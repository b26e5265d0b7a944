"""Text, tree and JSON say the same thing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from songda.engines.rules.check import check
from songda.engines.rules.form import digest, from_json, to_json
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.engines.rules.tests import strategies as some
from songda.engines.rules.tests.cast import CATALOGUE

_CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])


@_CALM
@given(st.data())
def test_the_print_of_a_condition_parses_back_to_it(data: Any) -> None:
    catalogue = data.draw(st.just(CATALOGUE) | some.catalogues())
    rule = data.draw(some.conditions(catalogue))
    check(rule, catalogue)
    text = show(rule, catalogue)
    again = parse_condition(text, catalogue)
    assert again == rule
    assert show(again, catalogue) == text


@_CALM
@given(st.data())
def test_the_print_of_a_formula_parses_back_to_it(data: Any) -> None:
    catalogue = data.draw(st.just(CATALOGUE) | some.catalogues())
    amount = data.draw(some.amounts(catalogue))
    text = show(amount, catalogue)
    assert parse_amount(text, catalogue) == amount


@_CALM
@given(st.data())
def test_json_gives_the_tree_back_and_the_digest_ignores_spans(data: Any) -> None:
    rule = data.draw(some.conditions(CATALOGUE) | some.amounts(CATALOGUE))
    stored = json.dumps(to_json(rule), ensure_ascii=False)
    assert from_json(json.loads(stored)) == rule
    text = show(rule, CATALOGUE)
    parsed = parse_amount(text, CATALOGUE) if hasattr(rule, "limits") else parse_condition(text, CATALOGUE)
    assert digest(parsed) == digest(rule)


@settings(max_examples=120, deadline=None)
@given(
    st.text(
        "参保企业且或非（(){}，,；：、→「」。≥<>=！+-×÷0123456789.万元人%年月日满在属于以上介于含至少项近 \n\u3000分段档",
        max_size=30,
    )
)
@example("1" * 5000)
@example("非" * 3000 + "参保企业")
@example("(" * 3000)
@example("参保企业 且 " * 1500 + "参保企业")
@example("用工人数 ≥ 1人" + " + 1人" * 900)
@example("非参保企业或" * 40 + "参保企业")
@example("٣人")
def test_no_text_raises_anything_but_a_rule_error(text: str) -> None:
    for parse in (parse_condition, parse_amount):
        try:
            rule = parse(text, CATALOGUE)
        except RuleError as error:
            problem = error.problems[0]
            assert 0 <= problem.start <= problem.end <= max(len(text), 1)
            assert problem.message
        else:
            assert parse(show(rule, CATALOGUE), CATALOGUE) == rule


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(["and", "compare", "literal"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["op", "schema", "rule", "items", "left"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=120, deadline=None)
@given(_JSON)
def test_no_json_raises_anything_but_a_rule_error(obj: Any) -> None:
    for wrapped in (obj, {"schema": 1, "rule": obj}):
        with pytest.raises(RuleError):
            from_json(wrapped)


def test_json_nested_too_deeply_is_refused() -> None:
    inner: Any = {"op": "holds", "fact": "insured"}
    for _ in range(300):
        inner = {"op": "not", "item": inner}
    with pytest.raises(RuleError):
        from_json({"schema": 1, "rule": inner})
