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
