"""Withdraw an issued paper 撤回, or void a draft 作废. A number once given stays with its paper."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.kernel.machines import move
from songda.ledger.papers.access import paper_to_work, spec_of
from songda.ledger.papers.actions.index import index_paper
from songda.ledger.papers.models import Paper
from songda.ledger.papers.states import PAPER
from songda.registry.actors import Actor


def withdraw_paper(paper_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Paper:
    """Take an issued paper back; it stays readable under its number, marked as withdrawn."""
    return _end(paper_id, "withdraw", "issue", reason, by, now)


def void_paper(paper_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Paper:
    """Give a draft up."""
    return _end(paper_id, "void", "draft", reason, by, now)


@transaction.atomic
def _end(paper_id: int, step: str, right: str, reason: str, by: Actor, now: dt.datetime) -> Paper:
    paper = paper_to_work(paper_id, by, right)
    told = reason.strip()[:200]
    if not told:
        raise Invalid(_("请写明原因。"), fields={"reason": _("请写明原因。")})
    before = paper.state
    move(PAPER, paper, step, ended_at=now, ended_name=by.name, reason=told)
    index_paper(paper, spec_of(paper.kind))
    record(f"paper.{step}", paper, by=by, now=now, before={"state": before}, after={"state": paper.state, "reason": told})
    return paper
