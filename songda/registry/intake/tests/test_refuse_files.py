from __future__ import annotations

import zipfile

import pytest

from songda.kernel.errors import Invalid, TooMany
from songda.registry.intake.rules import guard, table
from songda.registry.intake.tests.rosters import HEADINGS, csv_file, row, workbook


def sheet(path, xml: bytes):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", xml)
    return path


def test_a_good_workbook_and_both_encodings_are_read(tmp_path):
    found = table.read(workbook(tmp_path / "a.xlsx", [row(1)], above=2))
    assert found.headings == tuple(HEADINGS)
    assert (found.first_row, len(found.rows)) == (4, 1)
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert table.read(csv_file(tmp_path / "a.csv", [row(1)], encoding)).rows[0][1] == "示例1号机械有限公司"


def test_broken_empty_old_and_encrypted_files(tmp_path):
    whole = workbook(tmp_path / "a.xlsx", [row(n) for n in range(200)]).read_bytes()
    wrong = {
        "损坏": whole[: len(whole) // 2], "为空": b"", "已损坏": b"\0\1\2\3", "加密": guard.OLE + b"\0" * 600 + guard.ENCRYPTED,
        ".xls": guard.OLE + b"\0" * 600, "编码无法识别": "名".encode() + b"\xff\xfe\xfa,",
    }  # fmt: skip
    for word, data in wrong.items():
        path = tmp_path / "wrong"
        path.write_bytes(data)
        with pytest.raises(Invalid, match=word):
            table.read(path)


def test_every_damaged_byte_of_a_workbook_gives_a_sentence_or_a_table(tmp_path):
    whole = bytearray(workbook(tmp_path / "a.xlsx", [row(1)]).read_bytes())
    for place in range(0, len(whole), 97):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        path = tmp_path / "damaged.xlsx"
        path.write_bytes(damaged)
        try:
            table.read(path)
        except (Invalid, TooMany) as refused:
            assert refused.advice


def test_a_workbook_without_the_headings_names_its_sheets(tmp_path):
    with pytest.raises(Invalid, match="没有找到名册表头（工作表：汇总）"):
        table.read(workbook(tmp_path / "a.xlsx", [row(1)], ["甲", "乙"], sheet="汇总"))
    with pytest.raises(Invalid, match="没有找到"):
        table.read(workbook(tmp_path / "b.xlsx", [], ["企业名称", "行业"]))


def test_ten_million_cells_are_refused_before_they_are_parsed(tmp_path):
    for xml in (
        b'<worksheet><dimension ref="A1:AN300000"/><sheetData/></worksheet>',
        b'<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>',
    ):
        with pytest.raises(TooMany, match="超过上限"):
            guard.checked(sheet(tmp_path / "wide.xlsx", xml))


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "LARGEST_UNPACKED", 5 << 20)
    with pytest.raises(TooMany, match="解压后"):
        guard.checked(sheet(tmp_path / "bomb.xlsx", b" " * (6 << 20)))


def test_a_file_that_lies_about_its_size_is_broken(tmp_path):
    path = sheet(tmp_path / "lies.xlsx", b"<worksheet>" + b" " * 4000)
    data = path.read_bytes()
    size = (4011).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (40).to_bytes(4, "little")))
    with pytest.raises(Invalid, match="损坏"):
        guard.checked(path)


def test_formulas_are_named_and_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [row(1), row(2, staff="=1+1")])
    with pytest.raises(Invalid, match="F3 含有公式"):
        guard.checked(path)


def test_a_file_over_the_limit_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "LARGEST_FILE", 10)
    with pytest.raises(TooMany):
        guard.checked(workbook(tmp_path / "a.xlsx", [row(1)]))
