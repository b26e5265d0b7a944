"""Departments 责任单位: the units an article names by label or in a bracket of their own, split and in order, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from songda.engines.reading.document import Article, Department, Document, Quote
from songda.engines.reading.language.numerals import shadow
from songda.engines.reading.promises.units import UNIT, role_of, units

_WORD = r"(?:牵头|责任|配合|协办|协助|主办|对接|实施|落实|承办|主管|参与|参加|协同|负责|主责|兑现|受理|承接|办理|执行){1,2}"
_BODY = r"(?:单位|部门|处室|科室|机构|主体)"
_LABEL = re.compile(
    rf"(?P<word>{_WORD}){_BODY}(?:及(?:联系方式|责任人|分工))?[】〕\]]?\s*(?:为|是)?\s*:\s*"
    rf"|(?P<said>{_WORD}){_BODY}为(?=[省市区县各])"
    rf"|(?<=[(〔\[【])(?P<bare>{_WORD}){_BODY}[】〕\]]?\s*(?=[\u4e00-\u9fa5])"
    rf"|(?<=[(〔\[【;,，])(?P<short>牵头|配合|协办|责任)\s*:\s*"
)
_OPEN, _SHUT = "(〔[【", ")〕]】"
_OTHER_FIELD = re.compile(r"[;,，、。 ]\s*[^;,，、:。\n()〔〕\[\]【】]{0,12}:")  # ；联系人：…
_BETWEEN = re.compile(r"[)〔〕\[\]【】(。;:,，、\s]*")  # what may stand between two labels of one block
_BARE = re.compile(r"[(〔\[【]([^()〔〕\[\]【】。;:]*(?:\([^()]*\)[^()〔〕\[\]【】。;:]*)*)[)〕\]】]\s*。?[ \t]*(?=\n|$)")
_LONGEST_BLOCK = 600


@dataclass(frozen=True, slots=True)
class Block:
    """One place where units are named: its span with brackets and label, its units, and the contact given beside them."""

    start: int
    end: int
    units: tuple[Department, ...]
    contact: Quote | None = None


def departments(document: Document) -> Document:
    """The document with the units of each article."""
    articles = [
        replace(article, departments=tuple(chain.from_iterable(block.units for block in blocks(document.text, article))))
        for article in document.articles
    ]
    return replace(document, articles=tuple(articles))


def blocks(text: str, article: Article) -> tuple[Block, ...]:
    """Where the article names its units: by label, or, where no label is, in closing brackets that hold only units."""
    return tuple(_labelled(text, article)) or tuple(_bare(text, article))


def _labelled(text: str, article: Article) -> Iterator[Block]:
    held: Block | None = None
    for block in _one_by_one(text, article):
        if held and _BETWEEN.fullmatch(shadow(text), held.end, block.start):
            held = Block(held.start, block.end, (*held.units, *block.units), block.contact or held.contact)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _one_by_one(text: str, article: Article) -> Iterator[Block]:
    plain = shadow(text)
    low, high = article.body.start, article.body.end
    for match in _LABEL.finditer(plain, low, high):
        start, inside = _opened(plain, match.start(), low)
        following = _LABEL.search(plain, match.end(), high)
        end = _end_of_units(plain, match.end(), following.start() if following else high, inside=inside)
        role = role_of(next(word for word in match.groups() if word))
        shut, contact = _contact(text, end, following.start() if following else high, inside=inside)
        found = tuple(units(text, match.end(), end, role))
        if not match["said"] or all(UNIT.search(shadow(one.name)) for one in found):
            yield Block(start, shut, found, contact)


def _opened(plain: str, at: int, low: int) -> tuple[int, bool]:
    """Where the bracket before a label begins, and whether the label stands within one."""
    left = max(low, at - _LONGEST_BLOCK)
    bracket = max(plain.rfind(sign, left, at) for sign in _OPEN)
    closed = max(plain.rfind(sign, left, at) for sign in _SHUT)
    if bracket > closed and "。" not in plain[bracket:at]:
        before = plain[bracket + 1 : at]
        return (bracket if ":" in before or not before.strip() else at), True
    return at, False


def _end_of_units(plain: str, low: int, high: int, *, inside: bool) -> int:
    """Units run to a bracket that closes theirs, to the next label, or to the end of the sentence or line.

    Within a bracket, and after a mark that joins, the list goes on on the next line.
    """
    high = min(high, low + _LONGEST_BLOCK)
    sentence = plain.find("。", low, high)
    shut = inside and any(sign in plain[low : high if sentence < 0 else sentence] for sign in _SHUT)
    depth = 0
    for at in range(low, high):
        sign = plain[at]
        depth += (sign in _OPEN) - (sign in _SHUT)
        line_ends = sign == "\n" and not shut and plain[at - 1] not in "、，,"
        if depth < 0 or line_ends or (depth == 0 and _ends_list(plain, at, high)):
            return at
    return high


def _ends_list(plain: str, at: int, high: int) -> bool:
    return plain[at] == "。" or (plain[at] in ";,，、 " and _OTHER_FIELD.match(plain, at, high) is not None)


def _contact(text: str, low: int, high: int, *, inside: bool) -> tuple[int, Quote | None]:
    """Where the block ends, and the fields after its units (联系人：…；联系电话：…)."""
    plain = shadow(text)
    line = plain.find("\n", low, high)
    end = high if line < 0 else line
    if inside:
        shut = next((at for at in range(low, end) if plain[at] in _SHUT), end)
        said = Quote.of(text, low, shut)
        return min(shut + 1, high), _as_contact(text, said)
    if _OTHER_FIELD.match(plain, low, end):
        return end, _as_contact(text, Quote.of(text, low, end))
    return low, None


def _as_contact(text: str, said: Quote) -> Quote | None:
    start = said.start + len(said.text) - len(said.text.lstrip(";；,，、。 "))
    return Quote.of(text, start, said.end) if re.search(r"\d{3,}|@", said.text) else None


def _bare(text: str, article: Article) -> Iterator[Block]:
    """（省发展改革委牵头，省财政厅配合） or （省商务厅、各市政府）: a closing bracket that holds only units."""
    plain = shadow(text)
    for match in _BARE.finditer(plain, article.body.start, article.body.end):
        found = tuple(units(text, match.start(1), match.end(1), "responsible"))
        if found and all(UNIT.search(shadow(one.name)) for one in found):
            yield Block(match.start(), match.end(), found)
