"""Cards 政策卡片: pages of labelled fields without numbers of their own (服务对象 …, 条件要求 …). The step before the outline."""

from __future__ import annotations

from dataclasses import replace

from songda.engines.reading.document import Document, Field
from songda.engines.reading.labelled.fields import Head, field, glued_at, heads_in, heads_inside
from songda.engines.reading.language.field_words import kind_of_label
from songda.engines.reading.language.lines import Style, lines_of
from songda.engines.reading.language.numerals import shadow

_FEWEST, _SURE = 4, 3
_TELLING = frozenset({"who", "substance", "conditions", "papers", "process"})


def cards(document: Document) -> Document:
    """The document with its fields and the genre `card`, if it is one."""
    heads = _heads(document.text)
    if not _is_card(document.text, heads):
        return document
    plain = shadow(document.text)
    ends = [*(head.start for head in heads[1:]), len(document.text)]
    found = tuple(field(document.text, plain, head, end) for head, end in zip(heads, ends, strict=True))
    return replace(document, genre="card", fields=found)


def substance(document: Document) -> tuple[Field, ...]:
    """The fields of a card that say what is given (服务内容, 支持标准 …)."""
    return tuple(one for one in document.fields if kind_of_label(one.label) == "substance" and one.quote.text)


def _heads(text: str) -> list[Head]:
    plain = shadow(text)
    bare = [line for line in lines_of(text) if line.label is None]
    clean = [head for line in bare for head in heads_in(plain, line)]
    if len(clean) < _SURE:
        return list(heads_inside(plain)) if len(bare) <= _SURE else clean
    known = {head.label for head in clean}
    glued = [head for line in bare if (head := glued_at(plain, line.start, line.end)) and head.label not in known]
    return sorted([*clean, *glued], key=lambda head: head.start)


def _is_card(text: str, heads: list[Head]) -> bool:
    """Four labels and more, what is given among them, before anything is numbered, and no long text before them."""
    kinds = {head.kind for head in heads}
    if (
        len({head.label for head in heads}) < _FEWEST
        or "substance" not in kinds
        or len(kinds & _TELLING) + ("contact" in kinds) < 2
    ):
        return False
    numbered = next((line.start for line in lines_of(text) if line.label and line.label.style <= Style.ARABIC), len(text))
    telling = next(head.start for head in heads if head.kind in _TELLING)
    return telling < numbered and 3 * heads[0].start < len(text)
