"""The frame: number, issuer, day of issue and validity, in the places where documents put them."""

from __future__ import annotations

import pytest

from songda.engines.reading.document import Document
from songda.engines.reading.drafts import read

BODY = "一、减租。给予租金减免。\n二、补贴。给予补贴。\n"


def _issued(document: Document) -> str | None:
    return document.issued_on.value if document.issued_on else None


@pytest.mark.parametrize(
    ("head", "tail", "issued"),
    [
        ("", "云溪市人民政府 2021年3月8日\n", "2021-03-08"),
        ("", "云溪市人民政府\n2021年3月8日\n（此件公开发布）\n", "2021-03-08"),
        ("", "云溪市人民政府\n二〇二一年三月八日\n", "2021-03-08"),
        ("", "云溪市人民政府\n2021年3月8日\n云溪市人民政府办公室 2021年3月10日印发\n", "2021-03-08"),
        ("（2021年3月8日）\n", "", "2021-03-08"),
        ("[成文日期]\n2021-03-08\n", "", "2021-03-08"),
        ("发文机构 云溪市财政局\n发布日期 2021-03-08\n", "", "2021-03-08"),
        ("发布时间：2021-03-08 15:23:18\n", "", None),
        ("", "2021年月日\n", None),
        ("", "", None),
    ],
)
def test_day_of_issue(head: str, tail: str, issued: str | None) -> None:
    """Signature, brackets under the title or a field; the time of a web page and a blank are none."""
    assert _issued(read("云溪市支持企业若干措施\n" + head + BODY + tail)) == issued


@pytest.mark.parametrize(
    ("closing", "start", "until"),
    [
        ("本措施自发布之日起施行，有效期至2021年底。", "2021-03-08", "2021-12-31"),
        ("本措施执行期为2021年4月1日至2021年9月30日。", "2021-04-01", "2021-09-30"),
        ("本措施自2021年4月1日起实施，有效期三年。", "2021-04-01", None),
        ("本措施暂执行至2021年6月30日止。", None, "2021-06-30"),
        ("本措施适用截止时间为2021年6月30日。", None, "2021-06-30"),
        ("企业应于2021年6月30日前申报。", None, None),
    ],
)
def test_validity(closing: str, start: str | None, until: str | None) -> None:
    """Calendar dates of the document itself; a relative end stays in the words only."""
    document = read(f"云溪市支持企业若干措施\n{BODY}{closing}\n云溪市人民政府 2021年3月8日\n")
    assert (document.valid_from.value if document.valid_from else None) == start
    assert (document.valid_until.value if document.valid_until else None) == until


@pytest.mark.parametrize("number", ["云政发〔2021〕5号", "云政发[2021]5号", "云政发（2021）5 号"])
def test_document_number(number: str) -> None:
    """The brackets that documents use; a number cited inside the text is not the document's own."""
    text = f"云溪市支持企业若干措施\n{number}\n各区：\n根据《办法》（省发〔2020〕1号），制定本措施。\n{BODY}"
    found = read(text).number
    assert found is not None
    assert found.value == number
    without = read(text.replace(number + "\n", ""))
    assert without.number is None


def test_number_run_into_the_title() -> None:
    """A title may run straight into the number."""
    document = read(f"云溪市财政局 云溪市税务局关于减免费用的通知云财发〔2021〕11号\n{BODY}")
    assert document.title is not None
    assert document.title.value == "云溪市财政局 云溪市税务局关于减免费用的通知"
    assert document.number is not None
    assert document.number.value == "云财发〔2021〕11号"
    assert [issuer.value for issuer in document.issuers] == ["云溪市财政局", "云溪市税务局"]


def test_supersession_and_stacking_are_kept() -> None:
    """同时废止 and 就高不重复 are kept as words."""
    document = read(f"云溪市支持企业若干措施\n{BODY}本措施自发布之日起施行，原措施同时废止。本措施按就高不重复原则执行。\n")
    assert len(document.supersedes) == 1
    assert len(document.applicability) == 1


@pytest.mark.parametrize(
    ("closing", "length"),
    [
        ("本措施自发布之日起施行，有效期3年。", (3, "年")),
        ("本措施执行期暂定为自发布之日起三个月。", (3, "月")),
        ("本措施自发布之日起施行，暂定两年有效期。", (2, "年")),
        ("本措施自发布之日起30日后施行，有效期五年。", (5, "年")),
        ("本措施有效期至2021年12月31日。", None),
        ("本措施自2021年3月1日起施行。", None),
    ],
)
def test_validity_told_as_a_length(closing: str, length: tuple[int, str] | None) -> None:
    """A length has no calendar end."""
    assert read(f"云溪市支持企业若干措施\n{BODY}{closing}\n").validity_duration == length


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("云溪市关于支持\n企业发展的\n若干措施\n", "云溪市关于支持企业发展的若干措施"),
        ("云溪市政府关于印发《支持企业若干措施》的通知\n各区：\n", "支持企业若干措施"),
        ("云政发〔2021〕5号-云溪市支持企业若干措施\n", "云溪市支持企业若干措施"),
        ("关于印发若干措施的通知\n各区：\n现印发给你们。\n云溪市人民政府\n2021年3月8日\n支持企业若干措施\n", "支持企业若干措施"),
        ("支持企业若干措施 [主题分类]\n", "支持企业若干措施"),
        ("（最新）申报条件及优惠\n", "（最新）申报条件及优惠"),
    ],
)
def test_titles(head: str, title: str) -> None:
    """Broken lines are joined; the attached policy's own title wins; numbers and tags are no part of it."""
    found = read(head + BODY).title
    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"若干措施\n{BODY}云溪市财政局\n云溪市税务局\n2021年3月8日\n", ["云溪市财政局", "云溪市税务局"]),
        (f"中共云溪县委云溪县人民政府关于支持企业的意见\n{BODY}", ["中共云溪县委", "云溪县人民政府"]),
        (f"若干措施\n{BODY}本措施由云溪市经济局负责解释。\n", ["云溪市经济局"]),
        (f"补贴政策\n2021-03-08\n来源：云溪市人力资源局官网\n{BODY}", ["云溪市人力资源局"]),
        (f"若干措施\n发布机构：云溪市经济局；文号：云经规〔2021〕4号；生成日期：2021年3月8日。\n{BODY}", ["云溪市经济局"]),
        (f"若干措施\n{BODY}", []),
    ],
)
def test_issuers(text: str, names: list[str]) -> None:
    """Signatures over lines, joint titles, the interpreter, the source of a press page, fields in a line; else nobody."""
    assert [one.value for one in read(text).issuers] == names


def test_fields_in_one_line_of_the_head() -> None:
    """文号：…；生成日期：… give number and day; a press page gives its day beside its source."""
    document = read(f"若干措施\n发布机构：云溪市经济局；文号：云经规〔2021〕4号；生成日期：2021年3月8日。\n{BODY}")
    assert document.number is not None
    assert document.number.value == "云经规〔2021〕4号"
    assert _issued(document) == "2021-03-08"
    assert _issued(read(f"补贴政策\n发布日期：2021-03-08 11:24\n文章来源：市人社局官网\n{BODY}")) == "2021-03-08"


def test_interpreter() -> None:
    """Who interprets the document, verbatim."""
    document = read(f"若干措施\n{BODY}本措施由市经济局、市财政局会同有关部门负责解释。\n")
    assert document.interpreter is not None
    assert document.interpreter.text == "市经济局、市财政局"


def test_laws() -> None:
    """The head of a law says who passed it and when; of several days the last counts."""
    head = "云溪市促进条例\n2011年6月10日 云溪市第十届人民代表大会常务委员会第二次会议通过\n2020年3月1日 云溪市第十二届人民代表大会常务委员会第五次会议修订\n"
    document = read(head + "第一条 为了发展，制定本条例。\n第二条 给予奖励。\n")
    assert _issued(document) == "2020-03-01"
    assert [one.value for one in document.issuers] == ["云溪市第十届人民代表大会常务委员会"]
    assert document.title is not None
    assert document.title.value == "云溪市促进条例"


def test_frame_of_a_text_of_one_line() -> None:
    """Where blanks stand for lost line breaks, title, number, signature and day are still found."""
    text = f"云溪市政府关于支持企业的若干措施 云政发〔2021〕5号 各区： 为支持企业，制定本措施。 {BODY} 本措施自发布之日起施行。 云溪市人民政府 2021年3月8日"
    document = read(text.replace("\n", " "))
    assert document.title is not None
    assert document.title.value == "云溪市政府关于支持企业的若干措施"
    assert document.number is not None
    assert _issued(document) == "2021-03-08"
    assert [article.number for article in document.articles] == ["1", "2"]
