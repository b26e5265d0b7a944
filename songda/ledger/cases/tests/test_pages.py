"""The ledger's pages as its people meet them."""

from __future__ import annotations

import pytest

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.ledger.cases import actions
from songda.ledger.cases.actions import Said, open_case, step_case
from songda.ledger.cases.models import Alert, Case, CaseStep, SavedFilter
from songda.ledger.cases.tests.ground import DAY, anybody, demand, lay, walk
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, enter, hire


@pytest.fixture(autouse=True)
def on_the_day(settings):
    settings.CLOCK_SHIFT += NOW - clock.now()


@pytest.fixture
def task(cast) -> Case:
    """A task of the bureau's desk, taken up."""
    lay()
    case = open_case(
        "task",
        subject_id=cast.firm.pk,
        title="督促返岗",
        by=anybody(),
        now=NOW - DAY,
        given={"lead_id": cast.bureau.pk, "holder_id": cast.desk.post_id},
    )
    step_case(case.pk, "accept", by=cast.desk, now=NOW - DAY / 2)
    case.refresh_from_db()
    return case


def body(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_list_shows_what_presses_with_shape_and_word(cast, client):
    lay()
    case = demand(cast, title="旧事", now=NOW - 30 * DAY)
    demand(cast, title="新事", now=NOW - DAY / 24)
    enter(client, cast.street)
    page = body(client, "/cases/")
    assert page.index("旧事") < page.index("新事")
    assert 'class="lamp lamp-red"><i class="ti ti-alert-octagon" aria-hidden="true"></i>超期' in page
    assert "超期" in page
    assert case.number in body(client, f"/cases/?text={case.number}&lamp=red")
    assert "没有符合条件的记录" in body(client, "/cases/?text=没有这件")


def test_the_record_explains_its_deadline_and_why_steps_are_not_open(cast, client):
    lay()
    case = walk(demand(cast, now=NOW - DAY), "assign", start=NOW - DAY)
    enter(client, cast.leader)
    page = body(client, f"/cases/{case.pk}/")
    assert "5个工作日" in page
    assert "您的岗位不能办理“接单”" in page
    assert case.number in page


def test_notes_are_for_the_offices_and_words_for_the_firm(cast, client):
    lay()
    case = walk(demand(cast, now=NOW - DAY), "assign", "take", start=NOW - DAY)
    step_case(case.pk, "progress", Said(note="内部话", told="给企业的话"), by=anybody(), now=NOW)
    step_case(case.pk, "remark", Said(note="私下备注"), by=anybody(), now=NOW)
    enter(client, cast.clerk)
    page = body(client, f"/cases/{case.pk}/")
    assert "给企业的话" in page
    assert "内部话" not in page
    assert "私下备注" not in page
    enter(client, cast.street)
    assert "内部话" in body(client, f"/cases/{case.pk}/")


def test_telephones_are_covered_until_who_works_on_it_asks_and_the_trail_has_it(cast, client):
    lay()
    case = demand(cast, contact_name="示例联系人", contact_phone="13700000000")
    address = f"/cases/{case.pk}/"
    for actor in (cast.leader, cast.officer):
        enter(client, actor)
        page = body(client, address)
        assert "137****0000" in page
        assert "13700000000" not in page
        assert ("显示电话" in page) == (actor is cast.officer)
    looks = AuditEntry.objects.filter(action="case.reveal_contact")
    part = client.post(f"{address}contact/", headers={"HX-Request": "true"}).text
    assert ("tel:13700000000" in part, "<html" in part) == (True, False)
    assert "tel:13700000000" in client.post(f"{address}contact/").text
    assert list(looks.values_list("post_id", "thing_id")) == [(cast.officer.post_id, str(case.pk))] * 2
    enter(client, cast.leader)
    assert client.post(f"{address}contact/").status_code == 403
    enter(client, cast.clerk)
    assert "13700000000" in body(client, address)
    assert looks.count() == 2


def test_a_step_with_a_photograph_and_once_only(task, cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    enter(client, cast.desk)
    data = {"note": "已督促", "told": "", "version": task.version, "request_key": "phone-1"}
    for _ in range(2):
        assert client.post(f"/cases/{task.pk}/step/progress/", data).status_code == 302
    assert CaseStep.objects.filter(case=task, step="progress").count() == 1


def test_a_lost_race_keeps_what_was_written_and_says_so(task, cast, client):
    enter(client, cast.desk)
    stale = {"note": "我写的很长一段", "version": task.version, "request_key": "phone-2"}
    step_case(task.pk, "progress", Said(note="别人先办"), by=anybody("示例同事"), now=NOW)
    answer = client.post(f"/cases/{task.pk}/step/progress/", stale)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "我写的很长一段" in page
    assert "示例同事" in page
    assert CaseStep.objects.filter(case=task, step="progress").count() == 1


def test_a_step_that_says_nothing_is_asked_to_say_something(task, cast, client):
    enter(client, cast.desk)
    answer = client.post(f"/cases/{task.pk}/step/progress/", {"version": task.version, "request_key": "k"})
    assert "请写明情况" in answer.content.decode()
    assert client.get(f"/cases/{task.pk}/step/no_such_step/").status_code == 404


@pytest.mark.row("SVC-07")
def test_what_lacks_proof_is_not_written_off(task, cast, client):
    step_case(task.pk, "report", Said(note="完成"), by=cast.desk, now=NOW)
    task.refresh_from_db()
    enter(client, cast.dispatcher)
    answer = client.post(f"/cases/{task.pk}/step/verify/", {"version": task.version, "request_key": "k"})
    assert "还没有办理凭证" in answer.content.decode()
    assert Case.objects.get(pk=task.pk).state == "done"


def test_many_rows_one_step_each_with_its_own_checks(task, cast, client):
    other = open_case("task", subject_id=cast.neighbour.pk, title="别人的", by=anybody(), now=NOW - DAY)
    hidden = open_case("task", subject_id=cast.other_firm.pk, title="乙区的", by=anybody(), now=NOW - DAY)
    enter(client, cast.desk)
    chosen = [f"{one.pk}:{one.version}" for one in (task, other, hidden)]
    data = {"case": chosen, "step": "progress", "note": "统一督促", "told": "", "batch_key": "b1"}
    page = client.post("/cases/batch/", data).content.decode()
    assert "办理 1 件，未办理 2 件" in page
    assert "乙区的" not in page
    assert CaseStep.objects.filter(note="统一督促").count() == 1
    client.post("/cases/batch/", data)
    assert CaseStep.objects.filter(note="统一督促").count() == 1


def test_saved_filters_are_ones_own(cast, client):
    lay()
    enter(client, cast.street)
    client.post("/cases/filters/", {"name": "我的红灯", "query": "lamp=red"})
    kept = SavedFilter.objects.get()
    assert "我的红灯" in body(client, "/cases/")
    enter(client, cast.dispatcher)
    assert "我的红灯" not in body(client, "/cases/")
    assert client.post(f"/cases/filters/{kept.pk}/drop/").status_code == 404
    enter(client, cast.street)
    assert client.post(f"/cases/filters/{kept.pk}/drop/").status_code == 302
    assert not SavedFilter.objects.exists()


def test_an_alert_is_acknowledged_by_its_post_and_printed_as_a_sheet(cast, client):
    lay()
    case = walk(demand(cast, now=NOW - 30 * DAY), "assign", "take", start=NOW - 30 * DAY)
    Case.objects.filter(pk=case.pk).update(lead=cast.bureau, holder=cast.desk.post_id)
    while actions.sweep_clocks(now=NOW).looked:
        pass
    mine = Alert.objects.filter(post_id=cast.desk.post_id, level="red").get()
    enter(client, cast.stranger)
    assert client.get(f"/cases/alerts/{mine.pk}/sheet/").status_code == 404
    assert client.post(f"/cases/alerts/{mine.pk}/answer/", {"answer": "代答"}).status_code == 404
    enter(client, cast.desk)
    assert mine.sheet in body(client, f"/cases/alerts/{mine.pk}/sheet/")
    assert case.title in body(client, "/cases/alerts/")
    assert "我在办的，已超期" in body(client, "/")
    client.post(f"/cases/alerts/{mine.pk}/answer/", {"answer": "今日办结"})
    mine.refresh_from_db()
    assert (mine.answer, mine.seen_at is not None) == ("今日办结", True)
    waiting = Alert.objects.filter(post_id=cast.desk.post_id, pk__lt=mine.pk, seen_at=None)
    assert not waiting.exists()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.BANK, Role.JOURNALIST])
def test_who_has_no_part_in_the_ledger_is_told_so(role, cast, client):
    enter(client, hire(role, at=cast.zone))
    assert client.get("/cases/").status_code == 403


def test_the_other_lists_open(cast, client):
    lay()
    demand(cast, now=NOW - 10 * DAY)
    enter(client, cast.dispatcher)
    for address in ("/cases/untaken/", "/cases/loads/", "/cases/figures/?on=2020-03-09", "/cases/exports/", "/cases/asked/"):
        body(client, address)
    assert "请协调解决用工缺口" in body(client, "/cases/untaken/")
