"""Printing 排印: a document tree as PDF, Word and web page in the official format (GB/T 9704-2012). No Django here."""

from __future__ import annotations

from songda.engines.printing.layout import BOOK, OFFICIAL, Face, HeadingStyle, Layout
from songda.engines.printing.numbering import chinese, number_of, numbered
from songda.engines.printing.paper import (
    Align,
    Attached,
    Block,
    Contents,
    Form,
    Heading,
    Imprint,
    Listing,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Run,
    Signed,
    Table,
    Text,
    paragraphs,
)
from songda.engines.printing.pdf import to_pdf
from songda.engines.printing.web import to_html
from songda.engines.printing.word import to_docx

__all__ = [
    "BOOK",
    "OFFICIAL",
    "Align",
    "Attached",
    "Block",
    "Contents",
    "Face",
    "Form",
    "Heading",
    "HeadingStyle",
    "Imprint",
    "Layout",
    "Listing",
    "PageBreak",
    "Paper",
    "Paragraph",
    "Picture",
    "Run",
    "Signed",
    "Table",
    "Text",
    "chinese",
    "number_of",
    "numbered",
    "paragraphs",
    "to_docx",
    "to_html",
    "to_pdf",
]
