"""Papers in the full-text index 检索, kept in the transaction of the change."""

from __future__ import annotations

from songda.kernel import clock
from songda.kernel.search.actions import Told, put
from songda.ledger.papers.models import Paper
from songda.ledger.papers.queries.listing import INDEX
from songda.ledger.papers.rules.kinds import PaperKind


def index_paper(paper: Paper, kind: PaperKind) -> None:
    """Enter a paper as it now stands: title, number, kind and text, and the words of a list's frozen rows."""
    words = [kind.label, paper.subject.name if paper.subject else "", *paper.fields.values()]
    words += [" ".join(cells) for cells in paper.rows.order_by("ordinal").values_list("cells", flat=True)]
    facets = {"kind": [kind.code], "state": [paper.state], "unit": [paper.unit.code]}
    day = paper.issued_on or clock.day_of(paper.drafted_at)
    put(INDEX, paper.pk, Told(paper.title, paper.number or "", "\n".join(one for one in words if one), day, facets))
