"""Pages open to whom they are for, by a fixed number of queries; forms do what they say."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songda.deliveries.policy.briefings import actions
from songda.deliveries.policy.briefings.actions import Talk
from songda.deliveries.policy.briefings.models import Briefing, Explanation, Interpretation, Letter, LetterCopy, Question
from songda.deliveries.policy.briefings.tests.talks import BODY, announced, held, letter
from songda.kernel import clock
from songda.ledger.cases.tests.ground import lay
from songda.registry.people.models import Assignment
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, SINCE, enter, hire

HERE = "/policy/briefings/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def stage(matched):
    """Firm one with a clerk and the officer."""
    Assignment.objects.create(subject=matched.firms["one"], post_id=matched.cast.officer.post_id, starts_on=SINCE)
    return matched, hire(Role.ENTERPRISE_CLERK, of=matched.firms["one"])


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("desk", ("", "new/", "questions/", "explain/", "coverage/", "interpretations/", "letters/")),
        ("editor", ("", "new/", "questions/", "interpretations/", "interpretations/write/")),
        ("officer", ("", "explain/", "coverage/")),
        ("dispatcher", ("letters/", "letters/new/", "coverage/?area_path=4101/03/&rule=")),
        ("clerk", ("own/",)),
    ],
)
def test_pages_open_for_whom_they_are_for(matched, client, who, pages):
    announced(matched.cast)
    client = enter(client, getattr(matched.cast, who))
    assert {page: client.get(HERE + page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize(
    ("who", "page"), [("clerk", ""), ("clerk", "coverage/"), ("officer", "new/"), ("desk", "own/"), ("editor", "letters/")]
)
def test_and_for_nobody_else(cast, client, who, page):
    assert enter(client, getattr(cast, who)).get(HERE + page).status_code == 403


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_lists_ask_as_often_for_many_as_for_few(stage, client):
    board, clerk = stage
    cast = board.cast

    def more():
        for name in ("one", "two", "three", "four"):
            held(cast, title=f"宣讲{name}")
            one = announced(cast, title=f"报名{name}")
            actions.register(one.pk, by=clerk, now=NOW)
            actions.ask(one.pk, "问", by=clerk, now=NOW)
        sent = letter(cast, board.versions["small"], audience="fitting")
        actions.send_letter(sent.pk, by=cast.dispatcher, now=NOW)
        return sent

    sent = more()
    actions.explain(board.firms["one"].pk, [board.versions["small"].pk], Talk(), by=cast.officer, now=NOW)
    pages = (
        (cast.desk, ("", "questions/", "coverage/", f"letters/{sent.pk}/")),
        (cast.officer, ("explain/",)),
        (clerk, ("own/",)),
    )

    def all_of_them():
        return [counted(enter(client, who), HERE + page) for who, some in pages for page in some]

    few = all_of_them()
    more()
    Assignment.objects.create(subject=board.firms["two"], post_id=cast.officer.post_id, starts_on=SINCE)
    actions.explain(board.firms["one"].pk, [board.versions["staff"].pk], Talk(), by=cast.officer, now=NOW)
    assert all_of_them() == few
    assert max(few) <= 16


@pytest.mark.row("POL-33")
def test_a_briefing_goes_through_on_the_pages(stage, client, settings, tmp_path):
    lay()
    settings.MEDIA_ROOT = tmp_path
    board, clerk = stage
    given = {
        "title": "示例云宣讲", "medium": "online", "starts_at": "2020-03-10T10:10", "ends_at": "2020-03-10T12:00",
        "join_link": "https://example.org/live", "speaker": board.cast.bureau.pk, "area_path": "4101/03/", "capacity": "1",
        "versions": [board.versions["small"].pk],
    }  # fmt: skip
    enter(client, board.cast.desk).post(f"{HERE}new/", given)
    one = Briefing.objects.get()
    client.post(f"{HERE}{one.pk}/step/announce/")
    slides = SimpleUploadedFile("讲稿.txt", "示例讲稿".encode(), "text/plain")
    client.post(f"{HERE}{one.pk}/materials/", {"attached": slides, "evidence_kind": "other"})
    enter(client, clerk)
    client.post(f"{HERE}own/{one.pk}/register/", {"attendee": "示例甲"})
    assert "已报名" in client.get(f"{HERE}own/").content.decode()
    assert client.post(f"{HERE}own/{one.pk}/join/").headers["Location"] == "https://example.org/live"
    client.post(f"{HERE}own/{one.pk}/ask/", {"text": "怎么申请？"})
    page = client.get(f"{HERE}own/{one.pk}/").content.decode()
    assert "讲稿.txt" in page
    assert client.get(f"{HERE}materials/{one.materials.get().pk}/").content.decode() == "示例讲稿"
    Briefing.objects.update(starts_at=NOW - dt.timedelta(hours=2), ends_at=NOW)
    enter(client, board.cast.desk)
    client.post(f"{HERE}{one.pk}/step/hold/")
    question = Question.objects.get()
    assert "不能办结" in client.post(f"{HERE}{one.pk}/step/close/", follow=True).content.decode()
    client.post(f"{HERE}questions/{question.pk}/case/")
    client.post(f"{HERE}{one.pk}/step/close/")
    one.refresh_from_db()
    assert one.state == "closed"
    assert client.get(f"{HERE}{one.pk}/export/").content.startswith(b"PK")
    bad = SimpleUploadedFile("签到.csv", "企业名称,参会人\n没有这家,甲\n".encode(), "text/csv")
    assert client.post(f"{HERE}{one.pk}/attendance/", {"file": bad}).status_code == 400


@pytest.mark.row("POL-10")
def test_an_officer_presses_once_and_the_firm_confirms(stage, client):
    lay()
    board, clerk = stage
    one, version = board.firms["one"], board.versions["small"]
    enter(client, board.cast.officer)
    assert "示例措施small" in client.get(f"{HERE}explain/").content.decode()
    client.post(f"{HERE}explain/{one.pk}/done/", {"version": version.pk})
    versions = [board.versions["staff"].pk, board.versions["maker"].pk]
    client.post(
        f"{HERE}explain/{one.pk}/", {"version": versions, "way": "leader", "leader_name": "区领导", "question": "何时兑现？"}
    )
    assert Explanation.objects.count() == 3
    assert Question.objects.get().case is not None
    enter(client, clerk)
    keys = list(Explanation.objects.values_list("pk", flat=True))
    client.post(f"{HERE}own/confirm/", {"explanation": keys})
    enter(client, board.cast.dispatcher)
    text = client.get(f"{HERE}coverage/", {"area_path": "4101/03/", "rule": "行业 属于 {制造业}"}).content.decode()
    assert "<b>1 / 2</b>" in text


def test_a_signed_paper_confirms_for_the_firm(stage, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    board, _clerk = stage
    one = board.firms["one"]
    enter(client, board.cast.officer)
    client.post(f"{HERE}explain/{one.pk}/done/", {"version": board.versions["small"].pk})
    given = {"name": "厂长", "evidence_kind": "receipt"}
    assert "签字凭证" in client.post(f"{HERE}explain/{one.pk}/confirm/", given).content.decode()
    paper = SimpleUploadedFile("确认单.txt", "示例确认".encode(), "text/plain")
    client.post(f"{HERE}explain/{one.pk}/confirm/", {**given, "attached": paper})
    assert Explanation.objects.get().confirmed_name == "厂长"


def test_an_article_is_written_published_read_by_the_firm_and_printed(stage, client):
    board, clerk = stage
    version = board.versions["small"]
    enter(client, board.cast.editor).post(
        f"{HERE}interpretations/write/", {"version": version.pk, "title": "看懂租金减免", "body": "小微企业都能办。"}
    )
    one = Interpretation.objects.get()
    assert enter(client, clerk).get(f"{HERE}interpretations/{one.pk}/").status_code == 404
    enter(client, board.cast.publisher).post(f"{HERE}interpretations/{one.pk}/publish/")
    enter(client, clerk)
    assert "小微企业都能办" in client.get(f"{HERE}interpretations/{one.pk}/").content.decode()
    assert client.get(f"{HERE}interpretations/{one.pk}/print/").content.startswith(b"%PDF")
    assert "看懂租金减免" in client.get(f"/firm/measures/{version.pk}/").content.decode()


def test_a_letter_is_tried_sent_printed_read_and_answered(stage, client):
    lay()
    board, clerk = stage
    enter(client, board.cast.dispatcher)
    given = {
        "title": "致企业的一封信", "audience": "fitting", "version": board.versions["small"].pk, "area_path": "4101/03/", "body": BODY,
        "signer": "甲开发区管委会", "channels": ["dingtalk"],
    }  # fmt: skip
    assert "没有字段" in client.post(f"{HERE}letters/new/", {**given, "body": "{老板}"}).content.decode()
    client.post(f"{HERE}letters/new/", given)
    one = Letter.objects.get()
    text = client.get(f"{HERE}letters/{one.pk}/").content.decode()
    assert "将寄给 2 家企业" in text
    assert "致示例企业one" in text
    client.post(f"{HERE}letters/{one.pk}/send/")
    assert "1 家没有联系方式" in client.get(f"{HERE}letters/{one.pk}/").content.decode()
    assert client.post(f"{HERE}letters/{one.pk}/print/", {"as": "pdf"}).content.startswith(b"%PDF")
    copy = LetterCopy.objects.get(subject=board.firms["one"])
    enter(client, clerk)
    assert "适合贵单位" in client.get(f"{HERE}own/letters/{copy.pk}/").content.decode()
    client.post(f"{HERE}own/letters/{copy.pk}/", {"text": "怎么办？", "is_question": "on"})
    assert Question.objects.get().case is not None
