"""Every page opens to whom it is for and to nobody else, by a fixed number of queries; forms do what they say."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songda.deliveries.service.helping import actions
from songda.deliveries.service.helping.actions import NewEnquiry, NewFeedback
from songda.deliveries.service.helping.models import Enquiry, Feedback, PowerOfAttorney, Team
from songda.deliveries.service.helping.rules.calls import CallRow
from songda.deliveries.service.helping.tests.teams import projects, team
from songda.kernel import clock
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, enter, firm, hire


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


DISPATCHER = (
    "",
    "helped/",
    "helped/?unit=1&on=2020-03-10",
    "teams/new/",
    "allocate/",
    "coverage/",
    "sent/",
    "stations/new/",
    "packages/",
    "packages/new/",
    "hotlines/new/",
)
DESK = (
    "", "enquiries/", "enquiries/new/", "knowledge/", "knowledge/new/", "duty/", "hotlines/", "hotlines/import/", "feedback/",
    "feedback/new/", "errands/", "errands/new/", "powers/new/",
)  # fmt: skip


@pytest.mark.parametrize(("who", "pages"), [("dispatcher", DISPATCHER), ("desk", DESK), ("clerk", ("package/", "powers/own/"))])
def test_pages_open_for_whom_they_are_for(board, client, who, pages):
    client = enter(client, getattr(board.cast, who))
    assert {page: client.get(f"/helping/{page}").status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize(
    ("who", "page"), [("desk", "teams/new/"), ("clerk", ""), ("clerk", "enquiries/"), ("editor", "sent/"), ("desk", "package/")]
)
def test_and_for_nobody_else(board, client, who, page):
    assert enter(client, getattr(board.cast, who)).get(f"/helping/{page}").status_code == 403


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def more(board, n):
    cast = board.cast
    for at in range(n, n + 6):
        made = team(cast, f"第{at}小组")
        actions.put_in_charge(
            made.pk, firm(f"示例工程{at}", cast.street_office, f"X{at}", kind="project").pk, by=cast.dispatcher, now=NOW
        )
        actions.record_enquiry(NewEnquiry("phone", f"问题{at}", cast.firm.pk), by=cast.desk, now=NOW)
        actions.write_knowledge(f"问题{at}", "答复", by=cast.desk, now=NOW)
        actions.receive_feedback(NewFeedback("thanks", cast.bureau.pk, "感谢", DAY, cast.firm.pk), by=cast.desk, now=NOW)
        line = actions.open_hotline(f"6888{at}", "招工", cast.bureau.pk, by=cast.dispatcher, now=NOW)
        actions.log_call(line.pk, CallRow(NOW, f"138{at}", answered=True, topic=f"话题{at}"), by=cast.desk, now=NOW)
        officer = hire(Role.TALENT_OFFICER, at=cast.zone)
        actions.station_officer(cast.firm.pk, officer.post_id, by=cast.dispatcher, now=NOW)


LISTS = (
    ("dispatcher", ("", "sent/", "coverage/")), ("desk", ("enquiries/", "knowledge/", "feedback/", "hotlines/", "errands/")),
)  # fmt: skip


def test_lists_ask_as_often_for_twelve_as_for_six(board, client):
    more(board, 10)
    few = {
        (who, page): counted(enter(client, getattr(board.cast, who)), f"/helping/{page}")
        for who, pages in LISTS
        for page in pages
    }
    more(board, 20)
    many = {
        (who, page): counted(enter(client, getattr(board.cast, who)), f"/helping/{page}")
        for who, pages in LISTS
        for page in pages
    }
    assert many == few
    assert max(few.values()) <= 25


def test_a_team_is_set_up_allocated_and_dissolved_on_the_pages(board, client):
    cast = board.cast
    projects(cast, 9)
    client = enter(client, cast.dispatcher)
    wrong = {"kind": "group", "name": "第一小组", "lead": cast.bureau.pk, "leader": cast.lead.post_id, "leader_rank": "staff"}
    assert "科级以上" in client.post("/helping/teams/new/", wrong).content.decode()
    for name in ("第一小组", "第二小组"):
        client.post("/helping/teams/new/", {**wrong, "name": name, "leader_rank": "section"})
    keys = list(Team.objects.values_list("pk", flat=True))
    share = {"what": "projects", "teams": keys, "how": "even"}
    assert "变动 9 个" in client.post("/helping/allocate/", share).content.decode()
    client.post("/helping/allocate/", {**share, "done": "yes"})
    text = client.get("/helping/coverage/?what=projects&how=group").content.decode()
    assert "9 / 9" in text
    assert "全覆盖" in text
    assert "1 件" not in client.get(f"/helping/teams/{keys[0]}/").content.decode()
    refused = client.post(f"/helping/teams/{keys[0]}/dissolve/", {"reason": "完成"})
    assert "个包干对象" in refused.content.decode()
    client.post(f"/helping/teams/{keys[0]}/dissolve/", {"reason": "完成", "successor": keys[1]})
    assert Team.objects.get(pk=keys[0]).successor_id == keys[1]
    assert Team.objects.get(pk=keys[1]).charges.filter(ends_on=None).count() == 9


def test_an_enquiry_is_taken_down_answered_and_converted(board, client):
    client = enter(client, board.cast.desk)
    client.post("/helping/enquiries/new/", {"channel": "wechat", "subject": "示例精密", "question": "如何申请补贴？"})
    one = Enquiry.objects.get()
    assert one.subject_id == board.cast.firm.pk
    client.post(f"/helping/enquiries/{one.pk}/answer/", {"answer": "向人社局申请"})
    assert "向人社局申请" in client.get(f"/helping/enquiries/{one.pk}/").content.decode()
    client.post(f"/helping/enquiries/{one.pk}/convert/", {"title": "申请补贴", "category": "labour"})
    one.refresh_from_db()
    assert one.case.title == "申请补贴"


def test_a_firm_empowers_its_officer_with_a_paper_and_takes_it_back(board, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = enter(client, board.cast.clerk)
    given = {"scope": "代办开工手续", "first": "2020-03-10", "last": "2020-04-10", "evidence_kind": "letter"}
    assert "请上传" in client.post("/helping/powers/own/", given).content.decode()
    paper = SimpleUploadedFile("委托书.txt", "兹委托专员代办开工手续。".encode(), "text/plain")
    client.post("/helping/powers/own/", {**given, "attached": paper})
    power = PowerOfAttorney.objects.get()
    assert power.agent_id == board.cast.officer.post_id
    assert "有效" in client.get("/helping/package/").content.decode()
    client.post(f"/helping/powers/{power.pk}/revoke/")
    assert "已撤销" in client.get("/helping/package/").content.decode()


def test_refused_call_records_come_back_as_a_workbook(board, client):
    client = enter(client, board.cast.desk)
    rows = "热线号码,来电时间,主叫号码,结果\n999,2020-03-10 09:00,1380,未接\n"
    sent = client.post("/helping/hotlines/import/", {"file": SimpleUploadedFile("a.csv", rows.encode())})
    assert (sent.status_code, sent["Content-Disposition"]) == (400, 'attachment; filename="refused.xlsx"')


def test_a_letter_is_registered_and_published_on_the_page(board, client):
    case = board.proposed()
    client = enter(client, board.cast.lead)
    client.post(
        "/helping/feedback/new/",
        {
            "kind": "thanks",
            "unit": board.cast.bureau.pk,
            "case": case.pk,
            "received_on": "2020-03-10",
            "text": "感谢",
            "evidence_kind": "letter",
        },
    )
    one = Feedback.objects.get()
    assert one.subject_id == board.cast.firm.pk
    client.post(f"/helping/feedback/{one.pk}/publish/")
    client.post(f"/helping/feedback/{one.pk}/consent/")
    one.refresh_from_db()
    assert one.published_at is None
    client.post(f"/helping/feedback/{one.pk}/publish/")
    one.refresh_from_db()
    assert one.published_at is not None
