"""Pages of rows worked out in memory."""

from __future__ import annotations

from django.test import RequestFactory

from songda.kernel.screens.paging import page_of_rows


def pages(rows, size):
    after, found = "", []
    while True:
        page = page_of_rows(rows, RequestFactory().get("/", {"after": after}), size)
        found.append(page)
        if not page.after:
            return found
        after = page.after


def test_every_row_once_in_order():
    found = pages(list(range(7)), 3)
    assert [list(page.rows) for page in found] == [[0, 1, 2], [3, 4, 5], [6]]
    assert [page.first for page in found] == [True, False, False]
    assert {page.total for page in found} == {7}
    assert [list(page.rows) for page in pages([], 3)] == [[]]


def test_a_broken_cursor_begins_anew():
    assert list(page_of_rows([1, 2], RequestFactory().get("/", {"after": "x"}), 1).rows) == [1]
