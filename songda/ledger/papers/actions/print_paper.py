"""Print a paper 打印 as PDF, Word or a web page, in the official layout."""

from __future__ import annotations

import datetime as dt

from songda.engines.printing import OFFICIAL
from songda.kernel.prints import to_docx, to_html, to_pdf
from songda.ledger.papers.access import paper_for, spec_of
from songda.ledger.papers.models import Paper
from songda.ledger.papers.queries.content import content_of
from songda.ledger.papers.rules.printed import printed
from songda.registry.actors import Actor

FORMS = ("pdf", "docx", "html")


def print_paper(paper_id: int, form: str, *, by: Actor, now: dt.datetime) -> tuple[Paper, bytes]:
    """A paper in sight and its print in one of `FORMS`. Printing changes nothing; the same issued paper prints the same."""
    paper = paper_for(paper_id, by)
    tree = printed(spec_of(paper.kind), content_of(paper, by, now))
    if form == "pdf":
        return paper, to_pdf(tree, layout=OFFICIAL)
    return paper, to_docx(tree) if form == "docx" else to_html(tree).encode()
