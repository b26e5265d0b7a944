"""References 引用: other documents a text names 《…》（文号), and whether it replaces them, carries them out, or only cites them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.document import Document, Quote, Reference
from songda.engines.reading.head.numbers import number_in
from songda.engines.reading.language.clauses import sentences
from songda.engines.reading.language.numerals import shadow

# Titles may hold titles: 《关于印发〈…〉的通知》 and, where marks are nested alike, 《关于落实《…》的通知》.
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》){2,120})》\s*(?:\((?P<number>[^()]{4,40})\))?")
# What may stand between a title and 废止: further titles, numbers, 等文件, 自本办法施行之日起.
_BESIDE = r"(?:[、，,和及以与]|《(?:[^《》]|《[^《》]*》)*》|\([^()]*\)|等|[\d一二三四五六七八九十]{0,3}[个件]?(?:文件|政策|规定|通知)|自[^，。;《》]{0,20}之?日起)"
_ENDED = re.compile(rf"(?:{_BESIDE}){{0,12}}(?:同时|相应|予以|即行|自行|一并|随之)*(?:废止|失效|停止执行|停止施行)")
_REPLACED = re.compile(r"(?:代替|替代|取代|废止|停止执行)(?:原)?\s*$")
_BASIS = re.compile(r"(?:根据|依据|贯彻落实|贯彻|落实|按照|为(?:深入|全面|认真)?(?:贯彻)?(?:落实|实施))[^。;]*$")
_SHORT = re.compile(r"以下(?:简)?称[^《》]{0,6}《([^《》]+)》")
_FORM = re.compile(r"(?:表|书|册|证|证明|执照|报告|须知|发票|合同|协议|声明|案例)(?:\([^()]*\))?$")
_RANKS = {"supersedes": 0, "implements": 1, "cites": 2}
_LIMIT = 400


def references(document: Document) -> Document:
    """The document with the documents it names, each once, in the order of the text; forms and short names are left out."""
    short = {match.group(1) for match in _SHORT.finditer(document.text)}
    found: dict[str, Reference] = {}
    for one in _named(document):
        held = found.get(one.title)
        own = one.kind != "supersedes" and _is_own(document, one.title)  # a new edition replaces the old one of its name
        if own or one.title in short or _FORM.search(shadow(one.title)):
            continue
        if held is None or _RANKS[one.kind] < _RANKS[held.kind]:
            found[one.title] = replace(one, number=one.number or (held.number if held else ""))
    return replace(document, references=tuple(sorted(found.values(), key=lambda one: one.quote.start)))


def _named(document: Document) -> Iterator[Reference]:
    text = document.text
    plain = shadow(text)
    preamble = document.opening.end if document.opening else 0
    basis = [one.quote for one in document.fields if document.genre == "card" and one.label.endswith("依据文件")]
    for start, end in sentences(text, 0, len(text)):
        if "《" not in plain[start:end]:
            continue
        for match in _TITLE.finditer(plain, start, end):
            carried = any(one.start <= match.start() < one.end for one in basis)
            kind = "implements" if carried else _kind(plain, match, (start, end), opening=match.start() < preamble)
            title = re.sub(r"\s+", "", text[match.start(1) : match.end(1)])
            span = number_in(match["number"] or "")
            number = text[match.start("number") + span[0] : match.start("number") + span[1]] if span else ""
            yield Reference(kind, title, number, Quote.of(text, match.start(), match.end() if span else match.end(1) + 1))


def _kind(plain: str, match: re.Match[str], sentence: tuple[int, int], *, opening: bool) -> str:
    """废止 after the title ends it; 根据、贯彻落实 before it in the preamble is its basis; all else cites."""
    before = plain[max(sentence[0], match.start() - _LIMIT) : match.start()]
    after = plain[match.end() : min(sentence[1], match.end() + _LIMIT)]
    if _REPLACED.search(before) or _ENDED.match(after):
        return "supersedes"
    return "implements" if opening and _BASIS.search(before) else "cites"


def _is_own(document: Document, title: str) -> bool:
    own = re.sub(r"\s+", "", document.title.value) if document.title else ""
    return bool(own) and (title == own or title in own or own in title)
