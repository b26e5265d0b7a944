"""Reading web pages 读取网页: encoding, the main text, blocks as lines, tables as lines of cells."""

from __future__ import annotations

import importlib
import re
from typing import Any

from songda.engines.reading.errors import ReadingError
from songda.engines.reading.files.plain_text import attempt
from songda.engines.reading.files.web_lines import lines_of
from songda.engines.reading.files.web_main import main_blocks, without_debris

_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|article|section|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,20})", re.IGNORECASE)
_WHITE = re.compile(r"\s+")
_HEAD = 4096
_CHINESE = {"gb2312", "gbk", "gb-2312", "gb_2312-80", "x-gbk", "cp936"}
_FEW_WRONG = 0.001
_SITE_NORM = {"ArticleTitle": "标题", "PubDate": "发布日期", "ContentSource": "来源"}
_COPY = "请在浏览器中打开网页，把正文复制到文本文件（UTF-8）后再读入。"


def is_web_page(data: bytes) -> bool:
    """Does this begin as a web page does?"""
    return _BEGINS.match(data.removeprefix(b"\xef\xbb\xbf")[:_HEAD].replace(b"\x00", b"").lstrip(b"\xff\xfe")) is not None


def web_page_text(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The main text of a page, a block a line; and what the page says of itself by the norm for government sites."""
    text, notes = _page(data)
    root = _parsed(text)
    body = next((one for one in root.iter("body")), root)
    without_debris(body)
    lines = [line for kind, block in main_blocks(body) for line in lines_of(block, outside=kind == "beside")]
    found = "\n".join(lines)
    return found, (*notes, *_said_of_itself(root, found))


def _page(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page as characters: by its mark, its declaration, else UTF-8 or GB18030."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    said = _CHARSET.search(data[:_HEAD])
    declared = said.group(1).decode("ascii", "replace").lower() if said else "utf-8"
    declared = "gb18030" if declared in _CHINESE else declared
    for encoding in (declared, "utf-8", "gb18030"):
        text = attempt(data, encoding)
        if text is not None:
            return text, ()
    text = data.decode("gb18030" if declared == "gb18030" else "utf-8", "replace")
    wrong = text.count("\ufffd")
    if wrong > max(1, _FEW_WRONG * len(text)):
        raise ReadingError("undecodable", "网页的文字编码无法可靠解码。", _COPY)
    return text, (f"网页中有 {wrong} 处文字无法解码（显示为 \ufffd），请核对。",)


def _parsed(text: str) -> Any:
    html = importlib.import_module("lxml.html")  # only when a page is read
    etree = importlib.import_module("lxml.etree")
    parser = html.HTMLParser(
        encoding="utf-8", recover=True, huge_tree=False, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as trouble:
        raise ReadingError("empty", "网页中没有文字。", _COPY) from trouble
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadingError("bomb", "网页的嵌套异常深或内容异常庞大，已拒绝读取。", _COPY)
    return root


def _said_of_itself(root: Any, text: str) -> tuple[str, ...]:
    found = {
        str(meta.get("name")): str(meta.get("content") or "").strip()[:200] for meta in root.iter("meta") if meta.get("name")
    }
    plain = _WHITE.sub("", text)
    news = [name for name in _SITE_NORM if found.get(name) and _WHITE.sub("", found[name]) not in plain]
    return tuple(f"网页注明的{_SITE_NORM[name]}：{found[name]}" for name in news)
