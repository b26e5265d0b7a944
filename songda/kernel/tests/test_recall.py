"""One question, one answer, as long as a page is made."""

from __future__ import annotations

import pytest

from songda.kernel.recall import recalled, recalling

ASKED: list[tuple[int, int]] = []


@recalled
def ask(a, *, b=0):
    ASKED.append((a, b))
    return [a, b]


@recalling()
def page():
    return ask(1, b=2) is ask(1, b=2)


@pytest.fixture(autouse=True)
def _nothing_asked():
    ASKED.clear()


def test_a_page_asks_once_for_each_question():
    with recalling():
        assert ask(1) is ask(a=1, b=0)
        assert ask(1) is not ask(2)
        assert page(), "a page within a page is one page"
        assert ask(1) is ask(1)
    assert ASKED == [(1, 0), (2, 0), (1, 2)]


def test_nothing_is_kept_after_it_or_outside():
    assert page()
    assert page()
    assert ask(1) is not ask(1)
    assert ASKED == [(1, 2), (1, 2), (1, 0), (1, 0)]


def test_a_page_that_fails_leaves_nothing():
    with pytest.raises(ZeroDivisionError), recalling():
        ask(1)
        raise ZeroDivisionError
    assert ask(1) is not ask(1)
