from __future__ import annotations

import pytest

from songda.registry.subjects.rules import uscc

REAL = "91110000600037341L"  # the vector of the standard's own description


@pytest.mark.row("SUP-01")
def test_the_standard_vector_is_right():
    assert uscc.problem(REAL) == ""
    assert uscc.complete(REAL[:16]) == REAL


@pytest.mark.parametrize("place", range(18))
def test_any_single_wrong_character_is_found(place):
    for other in uscc.ALPHABET:
        if other != REAL[place]:
            wrong = REAL[:place] + other + REAL[place + 1 :]
            assert uscc.problem(wrong), wrong


@pytest.mark.parametrize(
    "head", ["A1410100MF000001", "N2410122MF000001", "Y1410100MF000001", "92410105MA000001", "93410181NA000001"]
)
def test_authorities_that_the_library_refuses_are_accepted(head):
    assert uscc.problem(uscc.complete(head)) == ""


def test_full_width_blanks_and_lower_case_are_normalised():
    assert uscc.normalise(" ９１１１００００-600037341l\u3000") == REAL


def test_sentences_say_what_is_wrong():
    assert "18位" in uscc.problem("9111")
    assert "O" in uscc.problem("9111000060003734OL")
    assert "94" in uscc.problem("94" + REAL[2:])
    assert "行政区划" in uscc.problem("91A10000600037341L")
    assert "组织机构代码" in uscc.problem("911100006000373" + "5" + "1L")
    assert "末位" in uscc.problem(REAL[:17] + "M")
