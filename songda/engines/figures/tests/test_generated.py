"""Invented bulletins: relations found, planted errors caught, few false alarms; the held-out family is counted apart."""

from __future__ import annotations

import pytest

from songda.engines.figures.tests.counting import count


@pytest.mark.parametrize("family", ["a", "b"])
def test_most_relations_are_found_and_errors_caught(family: str) -> None:
    tally = count(family, 60, seed=5)
    assert tally.found >= 0.95 * tally.planted > 0
    assert tally.caught >= 0.95 * tally.errors > 0
    assert tally.false <= 0.02 * tally.sound
    assert tally.alarmed <= 0.02 * tally.clean
