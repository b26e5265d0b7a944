"""OFD: text objects in their order, lines joined, pages without text told."""

from __future__ import annotations

import pytest

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import read_bytes
from songda.engines.reading.tests.files import ofd, package


def test_lines_become_paragraphs() -> None:
    """An indented line begins a paragraph, a full line goes on in the next; pieces on one base line are one line."""
    source = read_bytes(
        ofd(
            (
                (80, 30, "支持企业办法"),
                (30, 50, "第一条"),
                (45, 50, " 对新认定的高新技术企业，一次性给予二十万元奖励"),
                (20, 58, "，由市财政局拨付。本条所称企业，是指在本市登记注册并依法纳税的"),
                (20, 66, "企业。"),
                (30, 74, "第二条 本办法自印发之日起施行，由市科技局负责解释，其他事项另"),
                (20, 82, "行通知。"),
            )
        )
    )
    assert source.kind == "ofd"
    assert source.text.split("\n") == [
        "支持企业办法",
        "第一条 对新认定的高新技术企业，一次性给予二十万元奖励，由市财政局拨付。本条所称企业，是指在本市登记注册并依法纳税的企业。",
        "第二条 本办法自印发之日起施行，由市科技局负责解释，其他事项另行通知。",
    ]


@pytest.mark.parametrize(
    ("data", "code"), [(ofd(()), "scan"), (package({"OFD.xml": "<OFD/>"}), "damaged"), (package({"OFD.xml": "<"}), "damaged")]
)
def test_refused(data: bytes, code: str) -> None:
    """Without text, or without its parts."""
    with pytest.raises(ReadingError) as refusal:
        read_bytes(data)
    assert refusal.value.code == code
