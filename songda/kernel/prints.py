"""Prints 排印件 that we give out: the engines' PDF, Word and web pages, stamped in a demonstration, with this installation's fonts."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from songda.engines import printing
from songda.engines.printing import OFFICIAL, Layout, Paper

__all__ = ["to_docx", "to_html", "to_pdf"]


def to_pdf(paper: Paper, *, layout: Layout = OFFICIAL) -> bytes:
    """The paper as PDF."""
    return printing.to_pdf(stamped(paper), layout=layout, fonts=settings.FONT_DIR)


def to_docx(paper: Paper, *, layout: Layout = OFFICIAL) -> bytes:
    """The paper as a Word file."""
    return printing.to_docx(stamped(paper), layout=layout)


def to_html(paper: Paper, *, layout: Layout = OFFICIAL) -> str:
    """The paper as a web page."""
    return printing.to_html(stamped(paper), layout=layout)


def stamped(paper: Paper) -> Paper:
    """In a demonstration, every paper says on every page that it is one, beside what else its stamp says."""
    mark = _("演示数据")
    if not settings.DEMONSTRATION or mark in paper.stamp:
        return paper
    return replace(paper, stamp=f"{paper.stamp} {mark}".strip())
