"""The officials' page on rules is true: what it shows is read, what it says is refused is refused with those words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.engines.rules.tests.cast import CATALOGUE

PAGE = Path(__file__).parents[4] / "docs" / "handbook" / "rules.zh.md"
BLOCKS = re.findall(r"```(rule|amount|refused)\n(.*?)\n```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
ROWS = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "`" in line]


@pytest.mark.parametrize(("kind", "text"), BLOCKS)
def test_the_pages_examples(kind: str, text: str) -> None:
    if kind == "refused":
        rule, message = text.split("\n")
        with pytest.raises(RuleError) as caught:
            parse_condition(rule, CATALOGUE)
        assert str(caught.value) == message
    else:
        parse = parse_condition if kind == "rule" else parse_amount
        assert show(parse(text, CATALOGUE), CATALOGUE) == re.sub(r"\n\s*", " ", text)


@pytest.mark.parametrize("row", ROWS)
def test_the_pages_tables(row: str) -> None:
    for text in re.findall(r"`([^`]+)`", row):
        if text == "以最近值计":
            continue
        try:
            parse_condition(text, CATALOGUE)
        except RuleError:
            parse_amount(text, CATALOGUE)


def test_the_page_shows_every_kind_of_example() -> None:
    assert {kind for kind, _ in BLOCKS} == {"rule", "amount", "refused"}
    assert len(ROWS) > 20
