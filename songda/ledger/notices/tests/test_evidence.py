"""Evidence: firms and person-times, recomputed from the rows, never added."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.ledger.notices import queries
from songda.ledger.notices.access import deliveries_visible_to, link_token
from songda.ledger.notices.actions import answer_notice, send_due
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.queries.evidence import by_channel
from songda.ledger.notices.rules.outcomes import Fate, Outcome
from songda.ledger.notices.tests.post import Postman, reachable, tell, told
from songda.registry.people.tests.cast import DAY, NOW


@pytest.fixture
def sent(cast):
    """The firm is reached on two channels; at the neighbour's one fails and one is unknown; nobody can tell the other firm."""
    for subject in (cast.firm, cast.neighbour):
        reachable(subject, "dingtalk", f"d{subject.pk}")
        reachable(subject, "wecom", f"w{subject.pk}")
    tell(told(cast.firm, 1, 2), told(cast.neighbour, 1), told(cast.other_firm, 1), channels=("dingtalk", "wecom"))
    refused, silent = Outcome(Fate.REFUSED, reason="拒收"), Outcome(Fate.AMBIGUOUS, reason="未答复")
    answers = {f"d{cast.neighbour.pk}": refused, f"w{cast.neighbour.pk}": silent}
    postmen = {code: Postman(takes_key=False) for code in ("dingtalk", "wecom")}
    for postman in postmen.values():
        postman.on_send = lambda letter, it=postman: it.answers.append(answers.get(letter.to, Outcome(Fate.TAKEN)))
    send_due(clock=lambda: NOW, channels=postmen)
    return cast


@pytest.mark.row("POL-08")
def test_two_channels_are_one_firm_and_two_person_times(sent):
    found = queries.evidence_of(NoticeDelivery.objects.all())
    assert (found.firms, found.person_times) == (1, 2)
    assert (found.in_state("failed"), found.in_state("unknown")) == (1, 1)
    reached = [
        row for row in NoticeDelivery.objects.select_related("notice") if row.state in ("sent", "delivered", "opened", "acted")
    ]
    assert found.firms == len({row.notice.subject_id for row in reached})
    assert found.person_times == len(reached)


def test_tables_by_cause_topic_channel_and_day(sent):
    rows = NoticeDelivery.objects.all()
    (cause,) = queries.by_cause(rows, ["push:1"]).values()
    assert (cause.firms, cause.person_times, cause.failed, cause.unknown) == (1, 2, 1, 1)
    assert [(row.name, row.firms, row.person_times) for row in queries.by_topic(rows, "measure_version")] == [
        ("1", 1, 2),
        ("2", 1, 2),
    ]
    assert [(row.name, row.firms) for row in by_channel(rows)] == [("dingtalk", 1), ("wecom", 1)]
    assert [(row.name, row.person_times) for row in queries.by_day(rows, since=DAY)] == [(DAY.isoformat(), 2)]


def test_failures_are_listed_for_a_person(sent):
    assert [row.state for row in queries.failures(NoticeDelivery.objects.all())] == ["unknown", "failed"]


def test_interest_is_evidence_of_opening(sent):
    row = NoticeDelivery.objects.filter(notice__subject=sent.firm).first()
    answer_notice(link_token(row.key, row.notice.created_at), now=NOW + dt.timedelta(days=1))
    row.refresh_from_db()
    assert (row.state, row.opened_at, row.acted_at) == ("acted", NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=1))
    assert queries.evidence_of(NoticeDelivery.objects.all()).firms_opened == 1


def test_each_sees_the_deliveries_of_its_own_scope(sent):
    def seen(actor):
        return deliveries_visible_to(actor).count()

    assert (seen(sent.clerk), seen(sent.officer), seen(sent.street), seen(sent.dispatcher), seen(sent.stranger)) == (
        2,
        2,
        4,
        4,
        0,
    )
