"""The one mover: one wins, the other is told who; what is sent twice is done once; time never runs backwards."""

from __future__ import annotations

from importlib import import_module

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import CaseStep
from songda.ledger.cases.tests.ground import DAY, HOUR, anybody, demand, lay, walk
from songda.registry.people.tests.cast import NOW

pytestmark = pytest.mark.django_db
mover = import_module("songda.ledger.cases.actions.step_case")


@pytest.fixture
def case(cast):
    lay()
    return walk(demand(cast), "assign", "take")


def test_the_second_of_two_is_told_who_was_faster_and_with_what(case):
    seen = case.version
    step_case(case.pk, "pause", Said(version=seen), by=anybody("示例甲"), now=NOW + 3 * HOUR)
    for name in ("propose", "remark"):
        with pytest.raises(Conflict, match="示例甲刚刚办理了“暂停计时”"):
            step_case(case.pk, name, Said(version=seen), by=anybody("示例乙"), now=NOW + 3 * HOUR)
    case.refresh_from_db()
    assert (case.state, case.version) == ("paused", seen + 1)
    assert AuditEntry.objects.filter(action="case.propose").count() == 0


def test_a_step_that_the_state_forbids_names_the_state(case):
    with pytest.raises(Conflict, match="当前状态为“办理中”"):
        step_case(case.pk, "take", by=anybody(), now=NOW + 3 * HOUR)


def test_two_at_once_without_a_version_the_loser_of_the_race_is_told(case, monkeypatch):
    """The other commits between our reading and our UPDATE."""
    read = mover.case_to_step

    def overtaken(case_id, name, by):
        found = read(case_id, name, by)
        with monkeypatch.context() as patch:
            patch.setattr(mover, "case_to_step", read)
            step_case(case_id, "progress", by=anybody("示例甲"), now=NOW + 3 * HOUR)
        return found

    monkeypatch.setattr(mover, "case_to_step", overtaken)
    with pytest.raises(Conflict, match="示例甲刚刚办理了“登记进展”"):
        step_case(case.pk, "progress", by=anybody("示例乙"), now=NOW + 3 * HOUR)
    assert not CaseStep.objects.filter(name="示例乙").exists()


def test_sent_twice_it_is_done_once(case):
    said = Said(request_key="phone-1", note="已联系")
    first = step_case(case.pk, "contact", said, by=anybody(), now=NOW + 3 * HOUR)
    again = step_case(case.pk, "contact", said, by=anybody(), now=NOW + 4 * HOUR)
    assert again == first
    assert CaseStep.objects.filter(case=case).count() == 4
    assert AuditEntry.objects.filter(action="case.contact").count() == 1


def test_sent_twice_at_once_both_get_the_same_answer(case, monkeypatch):
    said = Said(request_key="phone-2")
    read = mover.case_to_step

    def overtaken(case_id, name, by):
        found = read(case_id, name, by)
        with monkeypatch.context() as patch:
            patch.setattr(mover, "case_to_step", read)
            step_case(case_id, name, said, by=by, now=NOW + 3 * HOUR)
        return found

    monkeypatch.setattr(mover, "case_to_step", overtaken)
    again = step_case(case.pk, "contact", said, by=anybody(), now=NOW + 3 * HOUR)
    assert again == CaseStep.objects.get(request_key="phone-2")


def test_a_submission_number_belongs_to_one_step_of_one_person(case):
    step_case(case.pk, "contact", Said(request_key="phone-3"), by=anybody(account_id=7), now=NOW + 3 * HOUR)
    for name, account in (("remark", 7), ("contact", 8)):
        with pytest.raises(Conflict, match="提交编号"):
            step_case(case.pk, name, Said(request_key="phone-3"), by=anybody(account_id=account), now=NOW + 3 * HOUR)


def test_a_clock_put_back_does_not_turn_the_order(case):
    step_case(case.pk, "pause", by=anybody(), now=NOW + DAY)
    back = step_case(case.pk, "resume", by=anybody(), now=NOW)  # the server's clock was put back by a day
    case.refresh_from_db()
    assert back.at == case.moved_at == NOW + DAY
    moments = list(case.steps.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert case.clocks.get(code="resolve").standing == "running"
    assert AuditEntry.objects.get(action="case.resume").at == NOW  # the log keeps what the clock said
    assert step_case(case.pk, "progress", by=anybody(), now=NOW + 2 * DAY).at == NOW + 2 * DAY


def test_steps_that_share_a_moment_keep_their_order(case):
    for name in ("pause", "resume", "pause", "resume"):
        step_case(case.pk, name, by=anybody(), now=NOW + DAY)
    assert case.clocks.get(code="resolve").standing == "running"


def test_a_switched_off_step_and_a_note_on_a_matter_at_rest_are_refused(case):
    walk(case, "withdraw", start=case.moved_at)
    with pytest.raises(Conflict, match="已办结"):
        step_case(case.pk, "remark", by=anybody(), now=NOW + DAY)
