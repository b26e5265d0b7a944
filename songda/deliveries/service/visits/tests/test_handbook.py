"""The drawing in the handbook is the table in the code."""

from __future__ import annotations

from pathlib import Path

from songda.deliveries.service.visits.states import VISIT

PAGE = Path(__file__).parents[5] / "docs" / "handbook" / "visits.zh.md"


def test_the_page_holds_the_generated_diagram():
    assert VISIT.diagram() in PAGE.read_text(encoding="utf8")
