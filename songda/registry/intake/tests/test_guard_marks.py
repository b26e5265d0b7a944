"""Sheets that lie about where their cells are: refused before a reader reserves memory by what they say (one such file ends the process)."""

from __future__ import annotations

from pathlib import Path

import pytest

from songda.kernel.errors import Refused
from songda.registry.intake.rules import table
from tests.hostile.workbooks import SHEET, packed, sheet_of

NS = b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
LIES = {
    "ends before it begins": b'<dimension ref="B2:A1"/><sheetData><row r="3"><c r="A3"><v>1</v></c></row></sheetData>',
    "no number": b'<sheetData><row r="3"><c r="A99999999999999999999"><v>1</v></c></row></sheetData>',
    "other quotes": b"<dimension ref='A1:XFD1048576'/><sheetData>" + FAR.replace(b'"', b"'") + b"</sheetData>",
    "blanks": b"<sheetData>" + FAR.replace(b"=", b" = ") + b"</sheetData>",
    "another prefix": b"<x:sheetData %s>" % NS + FAR.replace(b"<", b"<x:").replace(b"<x:/", b"</x:") + b"</x:sheetData>",
    "a row without its number": b'<sheetData><row><c r="XFD"><v>1</v></c></row></sheetData>',
    "a mark within a mark": b'<sheetData><row r="1"><c a=">" r="XFD1048576"><v>1</v></c></row></sheetData>',
    "a long mark": b'<sheetData><row r="1"><c %sr="XFD1048576"><v>1</v></c></row></sheetData>' % (b" " * 70_000),
    "a formula without its place": b'<sheetData><row r="1"><c><f>1+1</f><v>2</v></c></row></sheetData>',
}


@pytest.mark.parametrize("body", LIES.values(), ids=LIES)
def test_a_lie_is_refused(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(sheet_of(body))
    with pytest.raises(Refused):
        table.read(path)


def test_a_sheet_kept_elsewhere_is_looked_at_too(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(packed({"xl/pictures/a.png": b'<worksheet><sheetData><dimension ref="B2:A1"/>', SHEET: b"<worksheet/>"}))
    with pytest.raises(Refused, match="损坏"):
        table.read(path)


def test_a_reader_that_gives_up_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """As the reader's own."""

    def panics(_path: str) -> None:
        raise PanicException

    monkeypatch.setattr(table, "CalamineWorkbook", type("Book", (), {"from_path": staticmethod(panics)}))
    path = tmp_path / "table.xlsx"
    path.write_bytes(sheet_of(b"<sheetData></sheetData>"))
    with pytest.raises(Refused, match="损坏"):
        table.read(path)


@pytest.mark.parametrize("data", [b'a,"b\nc', b"a,b\x00c", b"a," * 600_000, b"\n" * 400_000, b'"' + b"a" * 200_000])
def test_csv_has_limits(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(Refused):
        table.read(path)
