"""The list goes out as a workbook and comes back signed: all rows or none."""

from __future__ import annotations

import io

import openpyxl
import pytest

from songda.deliveries.policy.receipts import queries
from songda.deliveries.policy.receipts.actions import import_signatures, write_list
from songda.deliveries.policy.receipts.models import Receipt
from songda.deliveries.policy.receipts.queries import Wanted
from songda.deliveries.policy.receipts.tests.conftest import AREA, photo
from songda.kernel.errors import Invalid, NotPermitted
from songda.registry.people.tests.cast import NOW


@pytest.fixture
def listed(board, begin, tmp_path):
    """The list of a delivery as it went out: (delivery, workbook, where to save it)."""
    handout = begin()
    stream = io.BytesIO()
    assert write_list(handout.pk, Wanted(show="missing"), stream, by=board.cast.street, now=NOW) == 2
    stream.seek(0)
    return handout, openpyxl.load_workbook(stream), tmp_path / "signed.xlsx"


def fill(book, row, day="2020-03-10", receiver="办公室主任", name=None, method=None):
    sheet = book.active
    head = {cell.value: cell.column for cell in sheet[1]}
    for title, value in (("签收日期", day), ("签收人职务", receiver), ("企业名称", name), ("签收方式", method)):
        if value is not None:
            sheet.cell(row, head[title], value)
    if name is not None:
        sheet.cell(row, head["统一社会信用代码"], "")


def bring_back(board, handout, book, path, papers=True):
    book.save(path)
    given = [photo(None, AREA)] if papers else []
    return import_signatures(handout.pk, path, given, by=board.cast.street if not papers else board.cast.desk, now=NOW)


@pytest.mark.row("POL-06")
def test_the_list_that_went_out_comes_back(board, listed):
    handout, book, path = listed
    fill(book, 2)
    found = bring_back(board, handout, book, path)
    assert (found.kept, found.known, found.refused) == (1, 0, [])
    receipt = Receipt.objects.get()
    assert (receipt.method, receipt.receiver, receipt.officer_id) == ("paper", "办公室主任", board.cast.desk.post_id)
    assert queries.coverage_of(handout, board.cast.dispatcher).whole.received == 1
    again = bring_back(board, handout, book, path)
    assert (again.kept, again.known) == (0, 1)


def test_one_wrong_row_and_nothing_is_written(board, listed):
    handout, book, path = listed
    fill(book, 2, method="上门送达")
    fill(book, 3, day="三月十日")
    fill(book, 4, name="示例不在名单的企业")
    fill(book, 5, name="示例企业one", receiver="")
    found = bring_back(board, handout, book, path)
    assert [number for number, *_rest in found.refused] == [3, 4]
    assert "不是日期" in found.refused[0][2]
    assert not Receipt.objects.exists()


def test_without_the_signed_paper_it_is_refused(board, listed):
    handout, book, path = listed
    fill(book, 2)
    with pytest.raises(Invalid):
        bring_back(board, handout, book, path, papers=False)
    with pytest.raises(NotPermitted):
        import_signatures(handout.pk, path, [], by=board.cast.dispatcher, now=NOW)
    assert not Receipt.objects.exists()
