"""Web pages: the main text without the site around it, blocks as lines, encodings."""

from __future__ import annotations

import pytest

from songda.engines.reading.source import read_bytes
from songda.engines.reading.tests.files import PARAGRAPHS, TITLE

LINKS = "".join(f'<li><a href="/{number}.html">市政府召开第{number}次常务会议，研究部署重点工作</a></li>' for number in range(30))
SITE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}_示例市人民政府</title><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2021-03-08"><script>var a = "给予100万元";</script><style>p {{ color: red }}</style></head>
<body onload="x()">{wrap}<div id="t"><ul>{links}</ul></div><div class="p">当前位置：<a>首页</a> &gt; <a>政策文件</a></div>
<div class="m"><h1>{title}</h1><div>发布时间：2021-03-08　来源：市政府办公室　字号：[<a>大</a> <a>中</a> <a>小</a>]　打印</div>
<div class="c">{text}</div><p style="text-align:right">示例市人民政府</p><p style="text-align:right">2021年3月8日</p>
<div>分享到：</div><div class="r"><h3>相关解读</h3><ul>{links}</ul></div></div>
<div style="display:none">隐藏的备用文字，给予900万元奖励。</div>
<div id="f"><p>主办单位：示例市人民政府办公室　　示ICP备00000000号</p><p>网站标识码：0000000000</p></div>{unwrap}</body></html>"""


def _page(text: str, charset: str = "utf-8", wrap: str = "", unwrap: str = "") -> bytes:
    return SITE.format(charset=charset, title=TITLE, links=LINKS, text=text, wrap=wrap, unwrap=unwrap).encode(charset)


def _paragraphs(holder: str) -> str:
    return "\n".join(holder.format(one) for one in PARAGRAPHS)


WHOLE = [TITLE, *PARAGRAPHS, "示例市人民政府", "2021年3月8日"]


@pytest.mark.parametrize(
    "text",
    [
        _paragraphs("<p>\u3000\u3000{}</p>"),
        _paragraphs("<p><span style='font-size:16pt'>&nbsp;&nbsp;&nbsp;&nbsp;{}</span></p>"),
        _paragraphs("{}<br/>"),
        f"<div><div>{_paragraphs('<div>{}</div>')}</div></div>",
        f"<table><tr><td>{_paragraphs('<p>{}</p>')}</td></tr></table>",
        "<div>" + _paragraphs("<p>{}</p>").replace("二、稳定", "</div><div>二、稳定") + "</div>",
    ],
)
def test_the_main_text_and_nothing_of_the_site(text: str) -> None:
    """Title, paragraphs, signature and date; no menus, tools, related links, scripts or hidden text; whatever holds the paragraphs."""
    source = read_bytes(_page(text))
    assert source.kind == "html"
    assert source.text.split("\n") == WHOLE
    assert source.notes == ("网页注明的发布日期：2021-03-08",)


def test_a_page_inside_one_form() -> None:
    """Pages that stand whole in a form keep their text."""
    assert read_bytes(_page(_paragraphs("<p>{}</p>"), wrap="<form action='x'>", unwrap="</form>")).text.split("\n") == WHOLE


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_declared_encodings(charset: str) -> None:
    """The declaration decides; gb2312 is read as the larger set that pages really use."""
    assert read_bytes(_page(_paragraphs("<p>{}</p>"), charset)).text.split("\n") == WHOLE


def test_encodings_that_are_wrong_or_missing() -> None:
    """UTF-8 and GB18030 are tried; a few broken bytes are told."""
    said = "<html><body><p>对小微企业给予补贴，每户不超过5万元。</p></body></html>"
    assert read_bytes(said.encode("gb18030")).text == "对小微企业给予补贴，每户不超过5万元。"
    assert read_bytes(b"<meta charset=gbk>" + said.encode()).text == "对小微企业给予补贴，每户不超过5万元。"
    assert read_bytes(b"\xff\xfe" + said.encode("utf-16-le")).text == "对小微企业给予补贴，每户不超过5万元。"
    broken = read_bytes(b"<html><body><p>" + ("措施" * 3000).encode() + b"\xff</p></body></html>")
    assert any("无法解码" in note for note in broken.notes)


@pytest.mark.parametrize(
    ("inner", "lines"),
    [
        ("<p>对企业\n   给予奖励。</p>", ["对企业给予奖励。"]),
        ("<p>SME loans\n are paid.</p>", ["SME loans are paid."]),
        ("<p>一行<br>二行<br/>三行</p>", ["一行", "二行", "三行"]),
        (
            "<table><tr><th>类别</th><th>标准</th></tr><tr><td>甲</td><td><p>5万元</p></td></tr></table>",
            ["类别 标准", "甲 5万元"],
        ),
        ("<ol><li>首项</li><li>次项</li></ol>", ["1. 首项", "2. 次项"]),
        ("<ol start=3 type=a><li>首项</li></ol>", ["c. 首项"]),
        ("<ol><li>一、首项</li></ol><ul><li>点</li></ul>", ["一、首项", "点"]),
        ("<ol style='list-style-type:cjk-ideographic'><li><p>首项</p></li></ol>", ["一、首项"]),
        ("<pre>第一行\n第二行</pre>", ["第一行", "第二行"]),
        ("<p>甲&mdash;乙&#12288;丙&lt;丁</p>", ["甲—乙 丙<丁"]),
        ("<p>没有<b>闭合<p>的<i>标签", ["没有闭合", "的标签"]),
    ],
)
def test_blocks_and_lines(inner: str, lines: list[str]) -> None:
    """Blocks, breaks, lists, tables and entities as a browser shows them."""
    assert read_bytes(f"<!DOCTYPE html><html><body><div>{inner}</div></body></html>".encode()).text.split("\n") == lines


def test_text_that_only_mentions_tags() -> None:
    """A plain text with a tag somewhere in it is plain text."""
    assert read_bytes("一、说明\n<p>不是网页。".encode()).kind == "text"
