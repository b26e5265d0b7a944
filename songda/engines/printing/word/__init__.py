"""Word files: real styles, real headings, fields for the contents and the page numbers."""

from __future__ import annotations

from songda.engines.printing.word.document import to_docx

__all__ = ["to_docx"]
