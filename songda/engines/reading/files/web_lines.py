"""The lines of a web page's element 网页元素的行: blocks, breaks, lists with their numbers, tables as lines of cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from songda.engines.reading.files.cells import row_lines
from songda.engines.reading.files.labels import han, letters, roman, spaced

BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
     "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li",
     "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n\f\xa0\u2002-\u2006\u3000]+")
_NEWLINE = re.compile(r"[ \t\f]*[\r\n][ \t\r\n\f]*")
_WIDE = r"\u2e80-\u9fff\uff00-\uffef“”‘’…—"
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
_NUMBERED = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十]+|\d+)[）)、.．]")
_HAN_STYLE = re.compile(r"cjk-ideographic|chinese|han")
_LETTERED: dict[str, Callable[[int], str]] = {
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
}
# Lines that belong to the site, where they stand beside the text: made of such words alone, or beginning with one that says it.
_SITE_WORDS = "字号|字体|大|中|小|打印|打印本页|关闭|关闭窗口|分享|分享到|收藏|复制|返回|返回顶部|下载|朗读|转发|微信|微博|QQ空间|首页|纠错|收起|展开|我要纠错"
SITE_LINE = re.compile(
    rf"[\s【\[]*(?:(?:{_SITE_WORDS})[\s:：|｜/【】\[\]<>]*)+$"
    r"|[\s【\[]*(?:扫一扫|当前位置|您的位置|您现在的位置|您当前的位置|上一篇|下一篇|相关(?:解读|阅读|链接|文档|稿件|文章|新闻|附件)|责任编辑|浏览(?:次数|量)|阅读(?:次数|量)|点击(?:次数|数|量)"
    r"|访问(?:次数|量)|(?:信息|文章|稿件)?来源\s*[：:]|发布(?:时间|日期)|更新时间|版权所有|主办(?:单位)?\s*[：:]|承办(?:单位)?\s*[：:]|技术支持|网站标识码|网站地图|字号\s*[：:]|分享到|用微信|智能问答"
    r"|[^\s。]{0,12}ICP备|[^\s。]{0,8}公网安备)"
)


class _Writer:
    """Lines as they grow: `text` adds to the open line, `end` closes it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.label = ""  # of a list item, to stand before its first text
        self._open: list[str] = []

    def text(self, said: str | None) -> None:
        if self.label and said and said.strip():
            self._open.append(self.label)
            self.label = ""
        if said:
            self._open.append(said)

    def end(self) -> None:
        if self._open:
            line = _tidy("".join(self._open))
            self._open = []
            if line:
                self.lines.append(line)


def _tidy(said: str) -> str:
    """Blanks as a browser shows them; a line end of the source between Chinese characters is nothing."""
    joined = _BETWEEN_WIDE.sub("", _NEWLINE.sub("\n", said))
    return _BLANKS.sub(" ", joined).strip()


def lines_of(element: Any, *, outside: bool = False) -> list[str]:
    """The lines of `element`; `outside` the main text without what belongs to the site (分享, 打印, 字号 …)."""
    writer = _Writer()
    _walk(element, writer)
    writer.end()
    return [line for line in writer.lines if not (outside and SITE_LINE.match(line))]


def _walk(element: Any, writer: _Writer) -> None:
    """One element and what is in it; the parser allows 256 levels."""
    name = element.tag if isinstance(element.tag, str) else ""
    block = name in BLOCKS
    if block:
        writer.end()
    if name == "tr":
        writer.lines += row_lines([lines_of(cell) for cell in element if cell.tag in ("td", "th")])
        return
    if name == "br":
        writer.end()
    if name == "pre":
        writer.lines += [line.strip() for line in "".join(element.itertext()).split("\n") if line.strip()]
        return
    writer.text(element.text)
    items = 0
    for inner in element:
        if name == "ol" and inner.tag == "li":
            writer.label = _number(inner, items)
            items += 1
        _walk(inner, writer)
        writer.text(inner.tail)
    if block:
        writer.end()


def _number(item: Any, at: int) -> str:
    """The number a browser shows before an item of an ordered list, unless the text brings its own."""
    holder = item.getparent()
    style = f"{holder.get('style') or ''} {item.get('style') or ''}"
    if _NUMBERED.match("".join(item.itertext())[:20]) or ("list-style" in style and "none" in style):
        return ""
    number = _whole(holder.get("start")) + at
    if _HAN_STYLE.search(style):
        return f"{han(number)}、"
    return spaced(f"{_LETTERED.get(str(holder.get('type')), str)(number)}.")


def _whole(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 5 else 1
