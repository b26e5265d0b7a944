"""The frame 文件头尾: title, issuers, document number, day of issue, applicability, supersession and interpreter, each with its span."""

from __future__ import annotations

import re
from dataclasses import replace

from songda.engines.reading.document import Document, Quote
from songda.engines.reading.head.issued import document_number, issued_on
from songda.engines.reading.head.issuers import issuers
from songda.engines.reading.head.standing import standing
from songda.engines.reading.head.titles import titles
from songda.engines.reading.language.lines import lines_of
from songda.engines.reading.language.numerals import shadow

_APPLIES = re.compile(r"适用于|适用对象|适用范围|执行对象|就高不重复|谁受益")
_SUPERSEDES = re.compile(r"同时废止|同时失效|同时停止|停止执行|相应废止|予以废止|即行废止|自行废止")
_INTERPRETER = re.compile(
    r"由(?P<who>(?:(?!由)[^，。；;,\n:]){2,60}?)(?:会同[^，。；;,\n]{2,30}?)?(?:共同|分别|按(?:各自)?职责)?(?:承担|负责)(?:政策|具体|相关|最终)*(?:的)?解释"
    r"|解释权(?:归|属于?)(?P<owner>[^，。；;,\n]{2,40}?)(?:所有)?(?=[，。；;,\n]|$)"
)


def frame(document: Document) -> Document:
    """The document with everything around its articles."""
    text = document.text
    lines = lines_of(text)
    head = [line for line in lines if document.opening is None or line.start < document.opening.end]
    found = titles(document, head)
    document = replace(document, title=found.chosen, interpreter=_interpreter(text))
    applies = tuple(standing(document, _APPLIES)) or tuple(one.quote for one in document.fields if _is_for(document, one.label))
    return replace(
        document,
        number=document_number(document, head),
        issued_on=issued_on(document, lines, head),
        issuers=issuers(document, lines, found),
        applicability=applies,
        supersedes=tuple(standing(document, _SUPERSEDES)),
    )


def _is_for(document: Document, label: str) -> bool:
    return document.genre == "card" and label.endswith("对象")


def _interpreter(text: str) -> Quote | None:
    """The unit that interprets the document: the last one named so."""
    found = None
    for match in _INTERPRETER.finditer(shadow(text)):
        found = Quote.of(text, *match.span("who" if match["who"] else "owner"))
    return found
