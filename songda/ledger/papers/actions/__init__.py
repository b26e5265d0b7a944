"""Changes of papers: draft, write, issue with a number, withdraw, void; the counter of numbered series, for rooms above too."""

from __future__ import annotations

from songda.ledger.papers.actions.draft_paper import NewPaper, draft_paper, write_paper
from songda.ledger.papers.actions.end_paper import void_paper, withdraw_paper
from songda.ledger.papers.actions.issue_paper import issue_paper
from songda.ledger.papers.actions.numbers import next_ordinal
from songda.ledger.papers.actions.print_paper import print_paper

__all__ = ["NewPaper", "draft_paper", "issue_paper", "next_ordinal", "print_paper", "void_paper", "withdraw_paper", "write_paper"]
