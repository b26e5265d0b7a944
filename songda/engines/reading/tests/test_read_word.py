"""Word: automatic numbers, tracked changes, links, fields, boxes, notes, tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from docx import Document as Word
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import read_bytes
from songda.engines.reading.tests.files import package, word_bytes

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _element(said: str) -> Any:
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {SPACE}", said))


def _lists(word: WordDocument, abstract: str, nums: str) -> None:
    """Put numberings of our own into the numbering part."""
    root = word.part.numbering_part.element
    for old in list(root):
        root.remove(old)
    for one in parse_xml(f"<w:numbering {SPACE}>{abstract}{nums}</w:numbering>"):
        root.append(one)


def _level(at: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def _numbered(word: WordDocument, text: str, number: int, level: int = 0) -> None:
    paragraph = word.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(_element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def _lines(word: WordDocument) -> list[str]:
    return read_bytes(word_bytes(word)).text.split("\n")


def test_numbers_over_three_levels() -> None:
    """Each level counts on, and begins again below the next of the level above."""
    word = Word()
    levels = _level(0, "chineseCountingThousand", "%1、") + _level(1, "chineseCounting", "（%2）") + _level(2, "decimal", "%3.")
    _lists(
        word,
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>',
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    for text, level in (("资金", 0), ("奖励", 1), ("首次", 2), ("再次", 2), ("补贴", 1), ("培训", 2), ("服务", 0), ("代办", 1)):
        _numbered(word, text, 1, level)
    assert _lines(word) == ["一、资金", "（一）奖励", "1. 首次", "2. 再次", "（二）补贴", "1. 培训", "二、服务", "（一）代办"]


@pytest.mark.parametrize(
    ("form", "text", "first", "twelfth"),
    [
        ("japaneseCounting", "第%1条", "第一条 甲", "第十二条 甲"),
        ("ideographDigital", "%1、", "一、甲", "一二、甲"),
        ("decimal", "%1．", "1． 甲", "12． 甲"),
        ("decimalEnclosedCircleChinese", "%1", "① 甲", "⑫ 甲"),
        ("upperLetter", "%1)", "A) 甲", "L) 甲"),
        ("lowerRoman", "%1.", "i. 甲", "xii. 甲"),
        ("chineseLegalSimplified", "%1、", "壹、甲", "拾贰、甲"),
        ("bullet", "\uf0b7", "甲", "甲"),
        ("none", "", "甲", "甲"),
    ],
)
def test_number_formats(form: str, text: str, first: str, twelfth: str) -> None:
    """The formats that Chinese documents use."""
    word = Word()
    _lists(
        word,
        f'<w:abstractNum w:abstractNumId="0">{_level(0, form, text)}</w:abstractNum>',
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    for _ in range(12):
        _numbered(word, "甲", 1)
    lines = _lines(word)
    assert (lines[0], lines[-1]) == (first, twelfth)


def test_lists_that_share_and_begin_anew() -> None:
    """Two lists of one abstract numbering count on together, unless the second begins anew."""
    word = Word()
    nums = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{more}</w:num>' for number, more in (
        (1, ""), (2, ""), (3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')))  # fmt: skip
    _lists(word, f'<w:abstractNum w:abstractNumId="0">{_level(0, "decimal", "%1、")}</w:abstractNum>', nums)
    for number in (1, 2, 3, 3):
        _numbered(word, "甲", number)
    assert _lines(word) == ["1、甲", "2、甲", "1、甲", "2、甲"]


def test_numbers_that_come_with_a_style() -> None:
    """A style brings its list, also to the styles based on it; number 0 takes it away."""
    word = Word()
    _lists(
        word,
        f'<w:abstractNum w:abstractNumId="0">{_level(0, "chineseCounting", "第%1章")}</w:abstractNum>',
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>',
    )
    style = word.styles["Heading 1"]
    style.element.get_or_add_pPr().append(_element('<w:numPr><w:numId w:val="7"/></w:numPr>'))
    based = word.styles.add_style("Chapter", 1)
    based.base_style = style
    word.add_paragraph("总则", style="Heading 1")
    word.add_paragraph("支持", style="Chapter")
    _numbered(word, "说明", 0)
    word.paragraphs[-1].style = style
    assert _lines(word) == ["第一章 总则", "第二章 支持", "说明"]


def test_numbered_articles_are_found() -> None:
    """What Word numbers reads as what is typed."""
    word = Word()
    _lists(
        word,
        f'<w:abstractNum w:abstractNumId="0">{_level(0, "chineseCounting", "第%1条")}</w:abstractNum>',
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    word.add_paragraph("支持企业办法")
    for text in ("对新认定的企业给予20万元奖励。", "对小微企业按利息的50%给予补贴。"):
        _numbered(word, text, 1)
    assert [article.number for article in read(read_bytes(word_bytes(word)).text).articles] == ["1", "2"]


def _with_runs(inner: str) -> list[str]:
    word = Word()
    paragraph = word.add_paragraph()
    for one in parse_xml(f"<w:p {SPACE}>{inner}</w:p>"):
        paragraph._p.append(one)
    return _lines(word)


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _field(instruction: str, result: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{marks[1]}{_run(result)}{marks[2]}"


@pytest.mark.parametrize(
    ("inner", "lines"),
    [
        (_run("给予") + f'<w:ins w:id="1">{_run("20万元")}</w:ins><w:del w:id="2"><w:r><w:delText>10万元</w:delText></w:r></w:del>' + _run("奖励"), ["给予20万元奖励"]),
        (f'<w:moveFrom w:id="1">{_run("旧处")}</w:moveFrom><w:moveTo w:id="2">{_run("新处")}</w:moveTo>', ["新处"]),
        (f'<w:hyperlink w:anchor="a">{_run("见附件")}</w:hyperlink><w:smartTag w:element="x">{_run("2021年")}</w:smartTag>', ["见附件2021年"]),
        (f'<w:sdt><w:sdtPr/><w:sdtContent>{_run("控件内")}</w:sdtContent></w:sdt>', ["控件内"]),
        (_run("第一行") + "<w:r><w:br/></w:r>" + _run("第二行"), ["第一行", "第二行"]),
        (_run("前") + '<w:r><w:br w:type="page"/></w:r><w:r><w:tab/></w:r>' + _run("后"), ["前 后"]),
        (_run("共") + _field(" PAGE ", "3") + _run("页") + _field(" REF a ", "附件一"), ["共页附件一"]),
        (f'<w:fldSimple w:instr=" NUMPAGES ">{_run("9")}</w:fldSimple>' + _run("文"), ["文"]),
        (_run("见") + _run("隐藏", "<w:vanish/>") + _run("文", '<w:vanish w:val="0"/>'), ["见文"]),
    ],
)  # fmt: skip
def test_runs(inner: str, lines: list[str]) -> None:
    """Insertions, links, controls, breaks and fields: in. Deletions, page numbers, hidden text: out."""
    assert _with_runs(inner) == lines


def test_a_deleted_paragraph_end_joins() -> None:
    """Where the end of a paragraph was deleted, its text runs on."""
    word = Word()
    word.add_paragraph("给予企业")._p.get_or_add_pPr().append(_element('<w:rPr><w:del w:id="1"/></w:rPr>'))
    word.add_paragraph("20万元奖励")
    assert _lines(word) == ["给予企业20万元奖励"]


def test_boxes_stand_after_their_paragraph() -> None:
    """A text box is read once, though the file holds it twice for older readers."""
    box = f"<w:txbxContent><w:p>{_run('框内')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f'<w:r><mc:AlternateContent {mc}><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    assert _with_runs(_run("段落") + twice) == ["段落", "框内"]


def test_notes_stand_at_the_end() -> None:
    """A footnote is text after the last line, and the reading says so."""
    body = f'<w:document {SPACE}><w:body><w:p>{_run("小微企业")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p></w:body></w:document>'
    notes = f'<w:footnotes {SPACE}><w:footnote w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p>{_run("指职工少于三百人的企业。")}</w:p></w:footnote></w:footnotes>'
    source = read_bytes(package({"word/document.xml": body, "word/footnotes.xml": notes}))
    assert source.text == "小微企业\n注1：指职工少于三百人的企业。"
    assert source.notes == ("脚注 1 处，列在正文之后。",)


def test_tables() -> None:
    """Short cells on one line; a label and a long text keep their lines; merged cells once; a table in a cell in its place."""
    word = Word()
    table = word.add_table(rows=3, cols=3)
    for row, texts in enumerate((("类别", "标准", "单位"), ("企业", "20万元", "科技局"), ("", "10万元", "财政局"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    inner = word.add_table(rows=1, cols=2)
    inner.cell(0, 0).text = "服务对象"
    inner.cell(0, 1).text = "企业\n个体户"
    nested = inner.cell(0, 1).add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "内甲", "内乙"
    assert [line for line in _lines(word) if line] == [
        "类别 标准 单位",
        "企业 20万元 科技局",
        "10万元 财政局",
        "服务对象 企业",
        "个体户",
        "内甲 内乙",
    ]


def test_contents_are_left_out() -> None:
    """A table of contents would double every heading."""
    contents = f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p>{_run("一、目录行 3")}</w:p></w:sdtContent></w:sdt>'
    body = f"<w:document {SPACE}><w:body>{contents}<w:p>{_run('一、正文')}</w:p></w:body></w:document>"
    assert read_bytes(package({"word/document.xml": body})).text == "一、正文"


def test_other_names_and_strict_documents() -> None:
    """The main part is found by its relationship, whatever its name; strict documents differ in their namespace only."""
    strict = f"<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body><w:p>{_run('正文')}</w:p></w:body></w:document>"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document2.xml"/></Relationships>'
    assert read_bytes(package({"_rels/.rels": relations, "word/document2.xml": strict})).text == "正文"


def test_without_body() -> None:
    """No body, no text."""
    with pytest.raises(ReadingError, match="正文"):
        read_bytes(package({"word/document.xml": f"<w:document {SPACE}/>"}))
