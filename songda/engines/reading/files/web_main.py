"""The main text of a web page 网页正文: found by where the prose is, not by names of classes.

Prose is text outside links, in pieces that have sentence marks or are long. From the body down, the child that holds most of it is
entered as long as there is one; what stands beside it (title, signature, date) is kept where it is no list of links and no site debris.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from songda.engines.reading.files.web_lines import BLOCKS, SITE_LINE
from songda.engines.reading.language.lines import label_at
from songda.engines.reading.language.numerals import shadow

_NEVER = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "svg", "iframe", "object", "embed", "select", "button", "input", "textarea",
     "option", "canvas", "audio", "video", "map", "dialog", "rt", "rp", "title", "link", "meta")
)  # fmt: skip
_MAYBE = frozenset(("header", "footer", "aside", "form"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TEXTS = frozenset(("p", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "pre", "dl"))
_MARKS = re.compile(r"[。，；：、]")
_DOCUMENT_LINE = re.compile(
    r"〔\d{4}〕|^\s*\d{4}年\d{1,2}月\d{1,2}日\s*$|^[一二三四五六七八九〇○零]{4}年|。|^(?:附件|抄送|关于)|的(?:通知|意见|决定|公告|通告)$|(?:政府|委员会|办公[厅室]|局)$"
)
_MOST = 0.7  # of the prose is in the child that is entered
_SMALL = 0.25  # of the prose may be dropped with a header, footer, aside or form
_LINKED = 0.4
_LONG = 25
_LONGEST_BESIDE = 2000

Placed = tuple[Literal["main", "beside"], Any]


def without_debris(body: Any) -> None:
    """Take out of `body`, in place, what is not seen or not read, as long as that is not most of the prose."""
    for element in [one for one in body.iter() if not isinstance(one.tag, str) or one.tag in _NEVER]:
        _drop(element)
    whole = max(sum(_prose(body).values()), 1)
    weights = _weights(body)
    for element in [one for one in body.iter() if one.tag in _MAYBE or _is_hidden(one)]:
        if weights.get(element, 0) <= _SMALL * whole:
            _drop(element)


def main_blocks(body: Any) -> list[Placed]:
    """The main block and, around it in order, what belongs to the document beside it."""
    weights = _weights(body)
    lengths = _lengths(body)
    before: list[Any] = []
    after: list[Any] = []
    at = body
    while True:
        inner = max(
            (one for one in at if isinstance(one.tag, str) and one.tag in BLOCKS), key=lambda one: weights[one], default=None
        )
        if inner is None or weights[inner] < _MOST * max(weights[at], 1) or at.tag == "tr" or inner.tag == "tr":
            break
        place = at.index(inner)
        before += [one for one in at[:place] if _belongs(one, lengths)]
        after = [one for one in at[place + 1 :] if _belongs(one, lengths)] + after
        at = inner
    return [*(("beside", one) for one in before), ("main", at), *(("beside", one) for one in after)]


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(str(element.get("style") or "")))


def _prose(body: Any) -> dict[Any, int]:
    """The characters of prose that stand directly in each element."""
    found: dict[Any, int] = {}
    linked: set[Any] = set()
    for element in body.iter():
        parent = element.getparent()
        if element.tag == "a" or parent in linked:
            linked.add(element)
        own = 0 if element in linked else _worth(element.text)
        found[element] = own
        if parent is not None and parent not in linked and element is not body:
            found[parent] = found.get(parent, 0) + _worth(element.tail)
    return found


def _worth(said: str | None) -> int:
    text = (said or "").strip()
    return len(text) if len(text) >= _LONG or _MARKS.search(text) else 0


def _weights(body: Any) -> dict[Any, int]:
    """The prose in each element with all that is in it."""
    total = _prose(body)
    return _summed(body, total)


def _summed(body: Any, total: dict[Any, int]) -> dict[Any, int]:
    for element in reversed(list(body.iter())):
        parent = element.getparent()
        if element is not body and parent is not None:
            total[parent] = total.get(parent, 0) + total[element]
    return total


def _lengths(body: Any) -> dict[Any, tuple[int, int]]:
    """All characters of each element, and those of them in links."""
    every: dict[Any, int] = {}
    links: dict[Any, int] = {}
    linked: set[Any] = set()
    for element in body.iter():
        parent = element.getparent()
        if element.tag == "a" or parent in linked:
            linked.add(element)
        own = len((element.text or "").strip())
        every[element] = every.get(element, 0) + own
        links[element] = links.get(element, 0) + (own if element in linked else 0)
        if parent is not None and element is not body:
            tail = len((element.tail or "").strip())
            every[parent] += tail
            links[parent] += tail if parent in linked else 0
    every, links = _summed(body, every), _summed(body, links)
    return {element: (every[element], links[element]) for element in every}


def _belongs(element: Any, lengths: dict[Any, tuple[int, int]]) -> bool:
    """Is this, beside the main block, a piece of the document: a title, a signature, a date, a paragraph?"""
    every, links = lengths[element]
    if not every or links > _LINKED * every or every > _LONGEST_BESIDE:
        return False
    if any(True for _ in element.iter("h1")):
        return True
    said = "".join(element.itertext()).strip()
    if SITE_LINE.match(said):
        return False
    return element.tag in _TEXTS or any(_is_document_line(line.strip()) for line in said.split("\n"))


def _is_document_line(line: str) -> bool:
    plain = shadow(line)
    return bool(_DOCUMENT_LINE.search(line)) or label_at(plain, 0, len(plain)) is not None
