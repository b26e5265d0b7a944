"""The outline: every numbering style, which level carries the articles, and where they end."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Article, Document
from songda.engines.reading.lines import Style, label_at
from songda.engines.reading.numerals import shadow
from songda.engines.reading.outline import outline


def _articles(text: str) -> tuple[Article, ...]:
    return outline(Document(text)).articles


def _numbers(text: str) -> list[str]:
    return [article.number for article in _articles(text)]


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("一、减税", Style.HAN, 1),
        ("二十六、减税", Style.HAN, 26),
        ("（十二）减税", Style.HAN_BRACKET, 12),
        ("(三)减税", Style.HAN_BRACKET, 3),
        ("7.减税", Style.ARABIC, 7),
        ("7．减税", Style.ARABIC, 7),
        ("7、减税", Style.ARABIC, 7),
        ("3. 2021年起", Style.ARABIC, 3),
        ("（4）减税", Style.ARABIC_BRACKET, 4),
        ("⑤减税", Style.CIRCLED, 5),
        ("第十二条 减税", Style.CLAUSE, 12),
        ("第12条减税", Style.CLAUSE, 12),
        ("第二章 总 则", Style.CHAPTER, 2),
        ("方向3：减税", Style.DIRECTION, 3),
        ("第五，减税", Style.HAN, 5),
    ],
)
def test_labels(line: str, style: Style, number: int) -> None:
    """One label of each style, half and full width."""
    label = label_at(shadow(line), 0, len(line))
    assert label is not None
    assert (label.style, label.number) == (style, number)


@pytest.mark.parametrize(
    "line",
    ["2.24前申报", "0.5个百分点", "第一条、第二条所称", "第3款规定", "一、二类新药", "三、四线城市", "2021年3月", "附件：1.表"],
)
def test_no_labels(line: str) -> None:
    """Dates, decimals and references at the head of a line are not labels."""
    assert label_at(shadow(line), 0, len(line)) is None


def test_numbering_that_runs_through_sections() -> None:
    """1.–4. going on under 二、 are the articles; 一、二、 are their sections."""
    text = "一、降成本\n1.减租。给予减租。\n2.减费。给予减费。\n二、稳用工\n3.补贴。给予补贴。\n4.培训。给予培训。\n"
    articles = _articles(text)
    assert [article.number for article in articles] == ["1", "2", "3", "4"]
    assert [article.section.text for article in articles if article.section] == ["一、降成本"] * 2 + ["二、稳用工"] * 2
    assert articles[2].title is not None
    assert articles[2].title.text == "补贴"


def test_numbering_that_starts_again_under_plain_headings() -> None:
    """Under short headings, items that restart are the articles, and an annex is the document's."""
    text = "一、创新\n1.甲事项给予奖励。\n2.乙事项给予奖励。\n二、人才\n1.丙事项给予奖励。\n2.丁事项给予奖励。\n附 则\n1.本政策自印发之日起施行。\n"
    assert _numbers(text) == ["1", "2", "1", "2"]
    closing = outline(Document(text)).closing
    assert closing is not None
    assert closing.text.startswith("附 则")


def test_items_inside_articles_are_not_articles() -> None:
    """一、 with text of its own holds （一）（二） as items."""
    text = (
        "一、对符合下列情形的企业，给予支持，具体标准由部门制定。\n（一）甲情形。\n（二）乙情形。\n"
        "二、对其他企业，给予指导，由各部门落实到位。\n三、对园区，给予服务，由管理机构落实。\n"
    )
    assert _numbers(text) == ["1", "2", "3"]


def test_chinese_and_arabic_clauses() -> None:
    """第X条 under chapters, in either script."""
    assert _numbers("第一章 总 则\n第一条 为了促进发展，制定本办法。\n第二章 扶持\n第二条 给予奖励。\n") == ["1", "2"]
    assert _numbers("一、支持\n(一)投资\n第1条对项目给予奖励。\n(二)绩效\n第2条对企业给予奖励。\n") == ["1", "2"]


def test_jumps_and_losses_are_kept_as_they_are() -> None:
    """A lost label does not renumber what follows."""
    assert _numbers("1.甲给予奖励。\n2.乙给予奖励。\n丙给予奖励。\n4.丁给予奖励。\n") == ["1", "2", "4"]


def test_attachments_are_not_articles() -> None:
    """附件：1.… and the list below it."""
    assert _numbers("1.甲给予奖励。\n2.乙给予奖励。\n特此通知。\n附件：1.申请表\n2.汇总表\n") == ["1", "2"]


def test_closing_paragraph_belongs_to_the_document() -> None:
    """An unnumbered closing paragraph and the signature are not part of the last article."""
    text = "1.甲。给予奖励。\n2.乙。给予奖励。\n各地要提高认识，抓好落实。\n云溪市人民政府\n2021年3月8日\n"
    last = _articles(text)[-1]
    assert last.body.text == "2.乙。给予奖励。"


def test_text_that_lost_its_line_breaks() -> None:
    """Labels in sequence inside one long line are found; the closing sentence is parted from the last article."""
    text = "某市若干措施 为支持企业，制定如下措施：一、减租。给予减租。二、补贴。给予补贴。三、优先。给予优先。本措施自发布之日起施行。"
    document = outline(Document(text))
    assert [article.number for article in document.articles] == ["1", "2", "3"]
    assert document.closing is not None


def test_text_without_numbering() -> None:
    """Paragraphs that promise something stand as articles with an empty label."""
    articles = _articles(
        "支持企业政策\n对小微企业给予租金补贴，每户最高1万元。\n有关部门应当加强宣传。\n对中型企业给予贷款贴息。\n"
    )
    assert [(article.number, article.label.text) for article in articles] == [("1", ""), ("2", "")]
