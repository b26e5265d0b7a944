"""The drawing in the handbook is the table in the code."""

from __future__ import annotations

from pathlib import Path

from songda.deliveries.policy.library.states import MEASURE

PAGE = Path(__file__).parents[5] / "docs" / "handbook" / "policy-library.zh.md"


def test_the_page_holds_the_generated_diagram():
    assert MEASURE.diagram() in PAGE.read_text(encoding="utf8")
