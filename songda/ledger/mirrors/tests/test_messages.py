"""Messages of another system: each once, in any order the same states; the other system wins by legal steps (SUP-05)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid, NotFound
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.tests.ground import anybody
from songda.ledger.mirrors import actions, packs, queries
from songda.ledger.mirrors.actions import apply_waiting, receive_messages
from songda.ledger.mirrors.models import MappingVersion, Message, Reference
from songda.ledger.mirrors.rules.course import way
from songda.ledger.mirrors.tests.ground import lay, told
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW, enter

pytestmark = pytest.mark.row("SUP-05")


@pytest.fixture
def ground(cast):
    lay(cast)
    return cast


def hear(*messages: dict) -> dict[str, int]:
    receive_messages("approval", messages, now=NOW)
    return apply_waiting("approval", now=NOW)


def test_a_case_is_found_again_by_its_number_and_its_firm_by_the_credit_code(ground):
    type(ground.firm).objects.filter(pk=ground.firm.pk).update(uscc="91410100MA3X00000X")
    hear(told(1, "received", applicant="91410100MA3X00000X"), told(2, "accepted"))
    case = Case.objects.get()
    assert (case.subject_id, case.state, case.kind.kind.code) == (ground.firm.pk, "accepted", "external")
    assert set(CaseStep.objects.values_list("step", flat=True)) == {"file", "accept"}


def test_the_other_system_wins_and_says_so(ground):
    hear(told(1, "received"), told(2, "accepted"))
    case = Case.objects.get()
    step_case(case.pk, "cancel", Said(note="误以为撤件"), by=anybody(), now=NOW)
    assert hear(told(3, "reviewing")) == {"overruled": 1}
    case.refresh_from_db()
    assert case.state == "accepted"
    message = Message.objects.get(sequence=3)
    assert "已取消" in message.note and "审查中" in message.note
    assert AuditEntry.objects.filter(action="mirror.apply").count() == 3


def test_a_matter_written_off_is_taken_up_again_and_none_is_written_off(ground):
    hear(told(1, "granted"))
    case = Case.objects.get()
    assert case.state == "done"
    step_case(case.pk, "verify", Said(), by=anybody(), now=NOW)
    hear(told(2, "correcting"))
    case.refresh_from_db()
    assert case.state == "accepted"
    assert list(CaseStep.objects.filter(account_id=None, step="verify", used__has_key="system")) == []


def test_where_there_is_no_way_both_states_stand_side_by_side_until_somebody_mends_it(ground, monkeypatch):
    hear(told(1, "received"))
    case = Case.objects.get()
    verb = __import__("songda.ledger.mirrors.actions.apply_message", fromlist=["spec_of"])
    monkeypatch.setattr(verb, "spec_of", lambda _kind: SimpleNamespace(off=frozenset({"accept", "report", "reopen", "cancel"})))
    assert hear(told(2, "granted")) == {"conflict": 1}
    reference = Reference.objects.get()
    case.refresh_from_db()
    assert (reference.label, case.state) == ("准予许可", "issued")
    assert "没有办法" in reference.trouble
    monkeypatch.undo()
    message = actions.try_again(Message.objects.get(sequence=2).pk, by=ground.dispatcher, now=NOW)
    reference.refresh_from_db()
    assert (message.fate, reference.trouble, reference.case.state) == ("applied", "", "done")


def test_a_code_without_counterpart_waits_for_the_table(ground):
    assert hear(told(1, "received", matter="XYZ"), told(2, "frozen", number="GC-2")) == {"unmapped": 2}
    assert not Case.objects.exists()
    body = MappingVersion.objects.get().body
    more = {"system": "approval", "code": "frozen", "label": "中止", "state": "accepted"}
    packs.load([{**body, "states": [*body["states"], more]}], by=system(), now=NOW)
    assert apply_waiting("approval", now=NOW) == {"unmapped": 1, "applied": 1}


def test_a_message_sent_again_with_other_content_is_marked_and_not_believed(ground):
    hear(told(1, "received"))
    found = receive_messages("approval", [told(1, "granted")], now=NOW)
    assert found.altered == 1
    message = Message.objects.get()
    assert (message.altered, message.raw["state"]) == (True, "received")


def test_what_lacks_a_part_is_refused_whole(ground):
    with pytest.raises(Invalid, match="sequence"):
        receive_messages("approval", [told(1, "received"), {**told(2, "x"), "sequence": "2"}], now=NOW)
    with pytest.raises(Invalid, match="没有声明"):
        receive_messages("nobody", [], now=NOW)
    assert not Message.objects.exists()


def test_ways():
    arrows = (("go", ("a",), "b"), ("on", ("b",), "c"), ("back", ("c",), "a"), ("stay", ("b",), "b"))
    assert way(arrows, "a", "c") == ("go", "on")
    assert way(arrows, "b", "b") == ()
    assert way(arrows, "a", "d") is None


def test_faults_of_a_table(ground):
    body = MappingVersion.objects.get().body
    assert "重复" in packs.faults_of({**body, "matters": body["matters"] * 2})[0]
    assert "没有系统" in packs.faults_of({**body, "systems": body["systems"][1:]})[0]
    assert "{number}" in packs.faults_of({**body, "systems": [{**one, "address": "https://x"} for one in body["systems"]]})[0]


def test_pages(ground, client, django_assert_max_num_queries):
    hear(told(1, "received"), told(2, "accepted"), told(3, "odd", number="GC-9"))
    case = Case.objects.get()
    enter(client, ground.dispatcher)
    assert f"/mirrors/cases/{case.pk}/" in client.get(f"/cases/{case.pk}/").content.decode()
    page = client.get(f"/mirrors/cases/{case.pk}/").content.decode()
    assert "已受理" in page and "https://approval.example.invalid/item/GC-1" in page
    for at in range(10, 16):
        hear(told(at, "received", number=f"GC-{at}"))
    with django_assert_max_num_queries(9):
        page = client.get("/mirrors/").content.decode()
    assert "GC-9" in page
    assert "代码没有对应" in page
    assert "已收件" in page
    assert client.get("/mirrors/?fate=unmapped&text=GC-9").content.decode().count("重新处理") == 1
    odd = Message.objects.get(number="GC-9")
    assert client.post(f"/mirrors/{odd.pk}/again/").status_code == 302
    with pytest.raises(NotFound):
        queries.beside(case.pk, ground.stranger)
