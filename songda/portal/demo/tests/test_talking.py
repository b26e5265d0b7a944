"""The stage of new documents, windows, briefings, explanations and letters, on a small ground; run once."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.briefings.models import Attendance, Briefing, Explanation, Interpretation, LetterCopy, Question
from songda.deliveries.policy.matching.actions import match_versions
from songda.deliveries.policy.matching.tests.board import board
from songda.deliveries.policy.watch import queries
from songda.deliveries.policy.watch.models import Arrival, Bid, Reminder
from songda.kernel.errors import NotPermitted
from songda.ledger.cases.tests.ground import lay
from songda.portal.demo.talking import DEPOSIT, PERMIT, talk, talked
from songda.registry.actors import system
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Account, Assignment, Contact
from songda.registry.people.tests.cast import NOW, SINCE, place

__all__ = ["board"]


@pytest.fixture
def ground(board, settings):
    """The cast's zone under the city's codes, with the accounts the stage acts through and firms that measures fit."""
    cast = board.cast
    Organisation.objects.filter(pk=cast.zone.pk).update(code="410172")
    Organisation.objects.filter(pk=cast.other_zone.pk).update(code="410108")
    for code, parent in (
        ("gx-innovation", cast.zone),
        ("gx-hr", cast.zone),
        ("hj-construction", cast.other_zone),
        ("hj-policy-group", cast.other_zone),
    ):
        place(code, f"示例{code}", "department", parent)
    for name in ("editor", "publisher", "dispatcher", "officer"):
        Account.objects.filter(pk=getattr(cast, name).account_id).update(username=name)
    for firm in board.firms.values():
        Assignment.objects.create(subject=firm, post_id=cast.officer.post_id, starts_on=SINCE)
        Contact.objects.create(subject=firm, channel="inbox", address=f"i{firm.pk}", starts_on=SINCE)
    match_versions(board.snapshot(), board.versions.values(), by=system(), now=NOW)
    lay()
    return board


@pytest.mark.row("POL-09")
@pytest.mark.row("POL-33")
@pytest.mark.row("POL-35")
def test_the_stage_leaves_two_notices_three_windows_and_two_briefings(ground):
    with pytest.raises(NotPermitted):
        talk(demonstration=False, by=system(), now=NOW)
    talk(demonstration=True, by=system("演示"), now=NOW)
    assert talked()
    found = {one.title: one.state for one in Arrival.objects.filter(issuer="郑州市城乡建设局")}
    assert found == {DEPOSIT: "summarised", PERMIT: "received"}
    assert Reminder.objects.filter(kind="digest_late", arrival__title=PERMIT).exists()
    assert dict(Bid.objects.values_list("sort", "state")) == {"fund": "preparing", "pilot": "won", "project": "missed"}
    assert {one.state for one in Briefing.objects.all()} == {"held", "open"}
    assert Attendance.objects.exists()
    assert Question.objects.filter(case__isnull=False).count() == 1
    assert Explanation.objects.filter(confirmed_at__isnull=False).exists()
    assert Interpretation.objects.get().state == "published"
    assert LetterCopy.objects.exists()
    assert queries.missed(ground.cast.dispatcher).count() == 1
