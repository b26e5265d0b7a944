"""The officials' page on rules is true in a new pack: what it shows is read, what it says is refused is refused with those words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.portal.packs.beginning import start_pack
from songda.portal.packs.catalogue import catalogue_of

PAGE = (Path(__file__).parents[4] / "docs" / "handbook" / "rules.zh.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(rule|amount|refused)\n(.*?)\n```", PAGE, re.DOTALL)
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and "`" in line]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory) -> Catalogue:
    path = tmp_path_factory.mktemp("packs") / "ours"
    start_pack(path, code="linjiang-2026", name="临江市")
    return catalogue_of(path)


@pytest.mark.parametrize(("kind", "text"), BLOCKS)
def test_the_pages_examples(kind: str, text: str, catalogue: Catalogue) -> None:
    if kind == "refused":
        rule, message = text.split("\n")
        with pytest.raises(RuleError) as caught:
            parse_condition(rule, catalogue)
        assert str(caught.value) == message
    else:
        parse: Callable[[str, Catalogue], object] = parse_condition if kind == "rule" else parse_amount
        assert show(parse(text, catalogue), catalogue) == re.sub(r"\n\s*", " ", text)


@pytest.mark.parametrize("row", ROWS)
def test_the_pages_tables(row: str, catalogue: Catalogue) -> None:
    for text in re.findall(r"`([^`]+)`", row):
        if text == "以最近值计":
            continue
        try:
            parse_condition(text, catalogue)
        except RuleError:
            parse_amount(text, catalogue)


def test_the_page_shows_every_kind_of_example() -> None:
    assert {kind for kind, _ in BLOCKS} == {"rule", "amount", "refused"}
    assert len(ROWS) > 20
