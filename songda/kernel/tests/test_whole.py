"""What is a whole number, and what only looks like one."""

from __future__ import annotations

import pytest

from songda.kernel.whole import MOST, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("１２", 12), (str(MOST), MOST)])
def test_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "²", "①", "-1", "1.0", "1_0", " 1", "9" * 5_000, str(MOST + 1), "零"])
def test_no_number(text: str) -> None:
    assert whole_number(text) is None
