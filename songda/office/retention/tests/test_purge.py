"""From the list to the certificate: what goes, what stays, and that figures are what they were."""

from __future__ import annotations

import datetime as dt

import pytest
from axes.models import AccessLog

from songda.kernel.audit.actions import seal
from songda.kernel.audit.models import AuditEntry
from songda.kernel.audit.queries import verify as verify_trail
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.models import Case, CaseEvidence, CaseStep
from songda.ledger.cases.tests.ground import demand
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.office.resumption.models import Arrival
from songda.office.retention import actions
from songda.office.retention.models import PurgeItem
from songda.office.retention.queries.schedule import table_on
from songda.office.retention.queries.verification import verify
from songda.office.retention.rules.certificate import digest_of
from songda.office.retention.tests.ground import LATER, TODAY, approved, arrival, closed_case, laid_to, piece, place_of, purged
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW

DAY = dt.timedelta(days=1)


def row(code, on=TODAY):
    return next(one for one in table_on(on) if one.holding.code == code)


@pytest.mark.row("SUP-19")
def test_the_table_says_what_is_due_what_comes_and_what_is_held(house):
    closed_case(house)
    demand(house, title="在办的事项")
    standing = row("cases").standing
    assert (standing.due, standing.unfinished, standing.held) == (1, 0, 0)
    assert row("cases", TODAY - 10 * DAY).standing.due == 0 and row("cases", TODAY - 10 * DAY).standing.coming == 1
    actions.place_hold(actions.NewHold("示例法院协助函", firm=house.firm.local_number), by=house.audit_admin, now=LATER)
    assert (row("cases").standing.due, row("cases").standing.held) == (0, 1)


@pytest.mark.row("SUP-19")
def test_a_matter_loses_its_persons_and_its_file_and_stays_in_the_count(house):
    case = closed_case(house)
    alone, shared = piece(house.firm, b"alone"), piece(house.firm, b"shared")
    other = piece(house.neighbour, b"shared", "另一份.txt")
    laid_to(case, alone), laid_to(case, shared)
    open_one = demand(house, title="在办的事项", text="不动")
    purge = purged(house, "cases")
    case.refresh_from_db()
    assert (case.title, case.text, case.contact_name, case.contact_phone) == ("（已去标识）", "", "", "")
    assert set(CaseStep.objects.filter(case=case).values_list("note", "told")) == {("", "")}
    assert not CaseEvidence.objects.filter(case=case).exists()
    assert set(Evidence.objects.values_list("pk", flat=True)) == {other.pk}
    assert place_of(other).exists() and StoredFile.objects.count() == 1
    assert Case.objects.get(pk=open_one.pk).text == "不动"
    line = purge.lines.get()
    assert (line.done, line.tables["cases.Case"], line.tables["evidence.Evidence"]) == (1, 1, 2)
    assert list(line.gone.values_list("name", flat=True)) == [alone.file.digest]


def test_the_file_leaves_the_disk_when_the_transaction_has_ended(house, django_capture_on_commit_callbacks):
    case, alone = closed_case(house), piece(house.firm, b"alone")
    laid_to(case, alone)
    purge = approved(house, "cases")
    with django_capture_on_commit_callbacks(execute=True):
        actions.carry_on(by=system(), now=LATER)
    assert not place_of(alone).exists()
    purge.refresh_from_db()
    assert verify(purge.number).waiting == 0


@pytest.mark.row("SUP-19")
def test_the_certificate_proves_itself_and_sees_what_came_back(house):
    first, second = closed_case(house), closed_case(house, "第二件")
    one = arrival(house.firm)
    purge = purged(house, "cases", "arrivals")
    assert purge.number == "销毁〔2031〕1号"
    assert purge.lines.get(holding="cases").digest == digest_of([first.pk, second.pk])
    found = verify(purge.number)
    assert (found.holds, found.records, found.problems) == (True, 3, ())
    Case.objects.filter(pk=first.pk).update(contact_phone="13800000000")
    assert "服务企业事项" in verify(purge.number).problems[0]
    Case.objects.filter(pk=first.pk).update(contact_phone="")
    again = arrival(house.firm)
    Arrival.objects.filter(pk=again.pk).update(id=one.pk)
    assert not verify(purge.number).holds
    Arrival.objects.all().delete()
    PurgeItem.objects.filter(line__purge=purge, key=second.pk).delete()
    assert "摘要不符" in " ".join(verify(purge.number).problems)


def test_numbers_follow_one_another_and_nothing_is_done_twice(house):
    closed_case(house)
    first = purged(house, "cases")
    with pytest.raises(Invalid, match="没有到期"):
        actions.propose_purge(["cases"], on=TODAY, reason="再来", by=house.system_admin, now=LATER)
    arrival(house.firm)
    second = purged(house, "arrivals")
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert actions.carry_on(by=system(), now=LATER) == 0


def test_a_holding_stands_on_one_list_at_a_time_and_a_withdrawn_one_frees_it(house):
    closed_case(house)
    first = actions.propose_purge(["cases"], on=TODAY, reason="鉴定", by=house.system_admin, now=LATER)
    with pytest.raises(Conflict, match="另一份"):
        actions.propose_purge(["cases"], on=TODAY, reason="再来", by=house.system_admin, now=LATER)
    actions.withdraw_purge(first.pk, "列错了", by=house.system_admin, now=LATER)
    second = actions.propose_purge(["cases"], on=TODAY, reason="再来", by=house.system_admin, now=LATER)
    actions.reject_purge(second.pk, "另有用处", by=house.audit_admin, now=LATER)
    with pytest.raises(Conflict):
        actions.approve_purge(second.pk, by=house.audit_admin, now=LATER)
    assert Case.objects.get().contact_name == "示例联系人"


def test_what_is_still_referred_to_is_held_back_and_told(house):
    case, kept = closed_case(house), piece(house.firm, b"laid")
    laid_to(case, kept)
    loose = piece(house.firm, b"loose")
    purge = actions.propose_purge(["evidence"], on=TODAY, reason="鉴定", by=house.system_admin, now=LATER)
    line = purge.lines.get()
    assert (line.due, line.referenced, line.sample) == (1, 1, [loose.pk])


def test_the_list_shows_keys_and_days_and_no_content(house):
    closed_case(house, "请协调某某人的用工")
    purge = actions.propose_purge(["cases"], on=TODAY, reason="鉴定", by=house.system_admin, now=LATER)
    told = str([purge.lines.values(), AuditEntry.objects.filter(action="retention.propose").values()])
    assert "某某人" not in told and "13800000000" not in told


@pytest.mark.row("SUP-19")
def test_the_trail_stays_whole_and_never_held_the_telephone(house):
    """Personal columns stand in the trail as keyed digests: a purge leaves the chain as it is, and nothing of them is in it."""
    case = closed_case(house)
    before = AuditEntry.objects.count()
    purged(house, "cases")
    seal(LATER)
    assert verify_trail().holds and AuditEntry.objects.count() > before
    told = str(list(AuditEntry.objects.filter(thing="cases.case", thing_id=str(case.pk)).values_list("before", "after")))
    assert "13800000000" not in told


def test_what_is_always_over_is_never_counted_as_unfinished(house):
    AccessLog.objects.create(user_agent="x", username="示例", path_info="/", attempt_time=NOW)
    AccessLog.objects.update(attempt_time=NOW)
    standing = row("sign-ins").standing
    assert (standing.due, standing.unfinished) == (1, 0)
    assert row("sign-ins", NOW.date()).standing.due == 0


def test_isolating_arrivals_are_never_on_a_list(house):
    arrival(house.firm, state="isolating", isolates_until=NOW.date() + 14 * DAY)
    gone = arrival(house.firm)
    purge = purged(house, "arrivals", now=NOW + 100 * DAY)
    assert list(PurgeItem.objects.filter(line__purge=purge).values_list("key", flat=True)) == [gone.pk]
    assert Arrival.objects.get().state == "isolating"
