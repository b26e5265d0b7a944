"""The outline: every numbering style, which level carries the articles, and where they end."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Article, Document
from songda.engines.reading.language.lines import Style, label_at
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.structure.outline import outline


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
        ("第五，减税", Style.ORDINAL, 5),
        ("三是减税", Style.ORDINAL, 3),
        ("⒊减税", Style.ARABIC, 3),
        ("㈣减税", Style.HAN_BRACKET, 4),
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
    """Under short headings, items that restart are the articles; those of the annex 附则 are articles too."""
    text = "一、创新\n1.甲事项给予奖励。\n2.乙事项给予奖励。\n二、人才\n1.丙事项给予奖励。\n2.丁事项给予奖励。\n附 则\n1.本政策自印发之日起施行。\n"
    assert _numbers(text) == ["1", "2", "1", "2", "1"]
    last = _articles(text)[-1]
    assert last.section is not None
    assert last.section.text == "附 则"


def test_annex_in_plain_paragraphs_is_the_closing() -> None:
    """附则 without numbers belongs to the document."""
    document = outline(
        Document("一、创新\n1.甲事项给予奖励。\n二、人才\n2.乙事项给予奖励。\n三、附则\n本政策自印发之日起施行。\n")
    )
    assert [article.number for article in document.articles] == ["1", "2"]
    assert document.closing is not None
    assert document.closing.text.startswith("三、附则")


def test_headings_with_text_of_their_own_are_articles_where_numbering_starts_again() -> None:
    """二、 holds plain text: it stands as an article beside the items of 一、 and 三、."""
    text = "一、扶持\n1.甲给予奖励。\n2.乙给予奖励。\n二、网办\n引导企业网上办理。\n三、要求\n1.丙。\n2.丁。\n"
    assert _numbers(text) == ["1", "2", "2", "1", "2"]


def test_items_of_a_regulation_are_not_its_sections() -> None:
    """（一）（二） below 第X条 are items, not headings above the next 第X条."""
    articles = _articles("第一条 有下列情形的，予以处理：\n（一）甲；\n（二）乙。\n第二条 本办法自发布之日起施行。\n")
    assert [article.section for article in articles] == [None, None]
    assert articles[0].body.text.endswith("（二）乙。")


def test_contents_are_not_articles() -> None:
    """目录 lists what comes later."""
    text = "目录\n第一章 总则……1\n第二章 扶持……3\n第一章 总则\n第一条 甲。\n第二章 扶持\n第二条 给予奖励。\n"
    assert _numbers(text) == ["1", "2"]


def test_an_attachment_with_numbers_of_its_own() -> None:
    """What an attachment numbers is not the policy's, unless the text is a notice around the attached policy."""
    policy = "一、甲给予奖励。\n二、乙给予奖励。\n三、丙给予奖励。\n"
    assert _numbers(f"云溪市若干措施\n{policy}附件1\n申请流程\n一、受理\n二、审核\n") == ["1", "2", "3"]
    assert _numbers(f"关于印发的通知\n一、请落实。\n二、请宣传。\n附件\n云溪市若干措施\n{policy}") == ["1", "2", "3"]


def test_plain_headings_above_numbering_that_starts_again() -> None:
    """Short lines without a number part two lists that both begin at 一、."""
    articles = _articles(
        "面向单位\n一、甲补贴\n给予补贴。\n二、乙补贴\n给予补贴。\n面向个人\n一、丙补贴\n给予补贴。\n二、丁补贴\n给予补贴。\n"
    )
    assert [article.number for article in articles] == ["1", "2", "1", "2"]
    assert [article.section.text for article in articles if article.section] == ["面向单位"] * 2 + ["面向个人"] * 2


def test_labels_alone_on_a_line_and_numbers_before_a_blank() -> None:
    """A label may be parted from its text by a line break; 1 甲 counts where nothing else numbers the text."""
    articles = _articles("一、\n减租\n给予减租。\n\n二、\n减费\n给予减费。\n")
    assert [(article.number, article.title.text if article.title else "") for article in articles] == [
        ("1", "减租"),
        ("2", "减费"),
    ]
    assert _numbers("1 甲事项给予奖励\n2 乙事项给予奖励\n3 丙事项给予奖励\n") == ["1", "2", "3"]


def test_topics_below_arabic_numbers() -> None:
    """方向1 … going on below 1. 2. are the articles."""
    articles = _articles("1．创新\n方向1 甲奖励。给予奖励。\n方向2 乙奖励。给予奖励。\n2．投资\n方向3 丙奖励。给予奖励。\n")
    assert [article.number for article in articles] == ["1", "2", "3"]


def test_cells_of_a_table_are_not_articles() -> None:
    """Numbers that hop about are the cells of a table that lost its lines."""
    text = "一、物资\n2.甲说明。\n4.乙说明。\n2.丙说明。\n二、服务\n2.丁说明。\n3.戊说明。\n2.己说明。\n7.庚说明。\n"
    assert _numbers(text) == ["1", "2"]


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


def test_lost_labels() -> None:
    """A paragraph that must be the missing number is an article with an empty label; a jump stays as it is."""
    articles = _articles("1.甲给予奖励。\n2.乙给予奖励。\n丙给予奖励。\n4.丁给予奖励。\n")
    assert [(article.number, article.label.text) for article in articles] == [("1", "1."), ("2", "2."), ("3", ""), ("4", "4.")]
    closed = "1.甲给予奖励。\n另有说明。\n（责任单位：市财政局）\n2.乙。\n说明。\n（责任单位：市财政局）\n丙给予奖励。\n4.丁。\n说明。\n"
    assert [article.number for article in _articles(closed)] == ["1", "2", "3", "4"]
    assert _numbers("1.甲给予奖励。\n2.乙给予奖励。\n4.丁给予奖励。\n") == ["1", "2", "4"]


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


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("若干措施一、减负担1.减租。给予减租。2.减费。给予减费。二、稳就业3.补贴。给予补贴。附件：1.表格2.名单", ["1", "2", "3"]),
        ("办法第一章 总 则第一条 为了发展。第二章 扶持第二条 给予奖励。第三条 依照第二条执行。", ["1", "2", "3"]),
        (
            "一、减租。责任单位：市财政局二、减费。责任单位：市税务局 三、补贴。（责任单位：市人社局）四、培训。",
            ["1", "2", "3", "4"],
        ),
        ("报道。第一，给予减租。第二，给予减费。第三，给予补贴。", ["1", "2", "3"]),
    ],
)
def test_labels_run_into_headings(text: str, numbers: list[str]) -> None:
    """In a text of one line, labels follow headings, units and chapters without a mark; the attachments' are not articles."""
    assert _numbers(text) == numbers


def test_questions_and_answers() -> None:
    """Each 问 begins an article, whatever the answers number."""
    text = "政策问答\n问：哪些企业可享受？\n答：小微企业。\n1.在本市注册；\n2.正常经营。\n问：如何申请？\n答：免申即享。\n"
    assert [(article.number, article.label.text) for article in _articles(text)] == [("1", "问："), ("2", "问：")]


def test_text_without_numbering() -> None:
    """Paragraphs that promise something stand as articles with an empty label."""
    articles = _articles(
        "支持企业政策\n对小微企业给予租金补贴，每户最高1万元。\n有关部门应当加强宣传。\n对中型企业给予贷款贴息。\n"
    )
    assert [(article.number, article.label.text) for article in articles] == [("1", ""), ("2", "")]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("第五条【研发补助】对企业给予补助。", "研发补助"),
        ("第五条（研发补助）对企业给予补助。", "研发补助"),
        ("第五条（以下简称甲）对企业给予补助。", None),
        ("第五条  加大研发支持  对企业给予补助。", "加大研发支持"),
        ("5．建设产业基地：加强供给，给予支持。", "建设产业基地"),
        ("5．企业应当符合以下条件：在库。", None),
        ("5．为困难企业办理延期纳税。企业可以申请。", "为困难企业办理延期纳税"),
        ("5．对困难企业给予补贴。企业可以申请。", None),
    ],
)
def test_titles_of_articles(line: str, title: str | None) -> None:
    """In brackets, before a wide blank, a colon or a stop; sentences are none."""
    found = _articles(f"{line}\n{line.replace('五', '六').replace('5', '6')}\n")[0].title
    assert (found.text if found else None) == title
