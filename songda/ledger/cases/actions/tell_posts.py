"""Telling posts 告知经办: who is given a case, who is relieved of it, whom the ladder names; on their page and by their own contacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from songda.kernel.jobs import enqueue
from songda.ledger.cases.models import Alert, Case, CaseStep
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.queries.recipients import recipient
from songda.ledger.notices.actions import notify_posts
from songda.ledger.notices.jobs import send_due
from songda.ledger.notices.queries.channels import INBOX, configured
from songda.ledger.notices.rules.letters import Word
from songda.registry.actors import Actor

GIVEN, RELIEVED, RUNG = "case_given", "case_relieved", "case_rung"  # topics of notice lines


def tell_holders(case: Case, before: int | None, step: CaseStep, *, by: Actor, now: dt.datetime) -> None:
    """Tell who has the case now (the post, or its unit's head), and who had it `before`. Nobody is told what it did itself."""
    given, _unit = recipient(case, "holder")
    if given is not None and given.pk != before and (case.lead_id or case.holder_id):
        _notify(case, [given.pk], (GIVEN, step.pk, _("交给您办理：%(title)s")), by=by, now=now)
    if before is not None and before != case.holder_id:
        _notify(case, [before], (RELIEVED, step.pk, _("不再由您经办：%(title)s")), by=by, now=now)


def tell_named(case: Case, alerts: Iterable[Alert], *, by: Actor, now: dt.datetime) -> None:
    """Tell each post that the ladder names, by the rung's own label."""
    labels = {level.code: level.label for spec in spec_of(case.kind).clocks for level in spec.ladder}
    for one in alerts:
        if one.post_id is not None:
            said = f"{labels.get(one.level, one.level)}：%(title)s"
            _notify(case, [one.post_id], (RUNG, one.pk, said), by=by, now=now)


def _notify(case: Case, post_ids: list[int], what: tuple[str, int, str], *, by: Actor, now: dt.datetime) -> None:
    topic, number, title = what
    others = [one for one in post_ids if one not in by.posts]
    if not others:
        return
    word = Word(title % {"title": case.title}, f"{case.number} {case.title}", topic, number, f"/cases/{case.pk}/", case.urgent)
    notify_posts(others, word, now=now)
    if set(configured()) - {INBOX}:
        enqueue(send_due)
