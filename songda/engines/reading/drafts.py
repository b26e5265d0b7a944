"""Reading a policy text 政策文本阅读: `read(text)` gives a draft document with every value tied to its words.

The pipeline is a tuple of functions of one shape, `Document` → `Document`; each adds what it can read and guesses nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from songda.engines.reading.document import (
    Article,
    Condition,
    Department,
    Document,
    Figure,
    Measure,
    Moment,
    Named,
    Quote,
    Section,
)
from songda.engines.reading.doubts import doubts
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.head.frame import frame
from songda.engines.reading.head.genre import genre
from songda.engines.reading.head.references import references
from songda.engines.reading.head.validity import validity
from songda.engines.reading.labelled.cards import cards
from songda.engines.reading.labelled.guides import guides
from songda.engines.reading.limits import MOST_CHARACTERS
from songda.engines.reading.promises.actors import actors
from songda.engines.reading.promises.definitions import definitions
from songda.engines.reading.promises.departments import departments
from songda.engines.reading.promises.joining import joining
from songda.engines.reading.promises.measures import measures
from songda.engines.reading.promises.papers import papers
from songda.engines.reading.promises.requirements import requirements
from songda.engines.reading.structure.outline import outline
from songda.engines.reading.structure.outline_doubts import outline_doubts
from songda.engines.reading.values.value_doubts import value_doubts

__all__ = [
    "STEPS",
    "Article",
    "Condition",
    "Department",
    "Document",
    "Figure",
    "Measure",
    "Moment",
    "Named",
    "Quote",
    "Section",
    "read",
]

Step = Callable[[Document], Document]
STEPS: tuple[Step, ...] = (
    cards,
    outline,
    guides,
    frame,
    validity,
    references,
    genre,
    outline_doubts,
    departments,
    measures,
    requirements,
    actors,
    joining,
    papers,
    definitions,
    value_doubts,
    doubts,
)


def read(text: str, steps: tuple[Step, ...] = STEPS) -> Document:
    """The draft of a policy text; a ReadingError where it is empty or longer than two million characters."""
    if not text.strip():
        raise ReadingError("empty", "文本为空。", "请检查文件内容。")
    if len(text) > MOST_CHARACTERS:
        raise ReadingError("too_long", f"文本有 {len(text)} 字，超过 {MOST_CHARACTERS} 字上限。", "请按文件拆分后再读入。")
    document = Document(text)
    for step in steps:
        document = step(document)
    return document
