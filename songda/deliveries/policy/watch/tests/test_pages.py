"""Pages open to whom they are for, by a fixed number of queries; forms do what they say."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songda.deliveries.policy.watch import actions
from songda.deliveries.policy.watch.models import Arrival, Bid, Reminder
from songda.deliveries.policy.watch.tests.arrivals import ONE_DAY, arrive, plan, push_of, submitted
from songda.kernel import clock
from songda.ledger.cases.tests.ground import lay
from songda.registry.people.tests.cast import NOW, enter

HERE = "/policy/watch/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("editor", ("", "new/", "timeliness/", "reminders/", "upward/", "upward/new/", "upward/windows/")),
        ("lead", ("", "timeliness/?first=2020-01-01", "upward/", "upward/new/", "upward/windows/?year=2020")),
        ("street", ("", "upward/", "upward/windows/?year=x")),
    ],
)
def test_pages_open_for_whom_they_are_for(cast, client, who, pages):
    arrive(cast)
    plan(cast)
    client = enter(client, getattr(cast, who))
    assert {page: client.get(HERE + page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize(("who", "page"), [("clerk", ""), ("desk", "new/"), ("clerk", "upward/"), ("security_admin", "")])
def test_and_for_nobody_else(cast, client, who, page):
    assert enter(client, getattr(cast, who)).get(HERE + page).status_code == 403


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_lists_ask_as_often_for_many_as_for_few(cast, client):
    pages = [HERE + page for page in ("", "timeliness/", "reminders/", "upward/", "upward/windows/")]
    client = enter(client, cast.editor)
    for _round in range(2):
        for _n in range(4):
            arrive(cast)
            plan(cast)
        actions.sweep(now=NOW + 30 * ONE_DAY)
        found = [counted(client, page) for page in pages]
    assert found == [counted(client, page) for page in pages]
    few = found
    for _n in range(6):
        arrive(cast)
        plan(cast)
    actions.sweep(now=NOW + 31 * ONE_DAY)
    assert [counted(client, page) for page in pages] == few
    assert max(few) <= 14


@pytest.mark.row("POL-09")
def test_a_document_goes_through_on_the_pages(cast, client):
    lay()
    client = enter(client, cast.editor)
    area = cast.zone.area_path
    client.post(
        f"{HERE}new/",
        {
            "title": "示例通知",
            "issuer": "示例局",
            "source": "site",
            "received_on": "2020-03-10",
            "issued_on": "2020-03-08",
            "area_path": area,
        },
    )
    one = Arrival.objects.get()
    assert one.owner_id == cast.editor.post_id
    digest = {"whats_new": "新", "who_benefits": "企业", "how_to_apply": "网上", "push": cast.bureau.pk}
    client.post(f"{HERE}{one.pk}/summarise/", digest)
    text = client.get(f"{HERE}{one.pk}/").content.decode()
    assert "待推送" in text
    assert "推送 ·" in text
    push = push_of(cast)
    assert "不是这份文件的措施" in client.post(f"{HERE}{one.pk}/pushed/", {"push": push.pk}).content.decode()
    client.post(f"{HERE}{one.pk}/pushed/", {"push": push.pk, "note": "随会议一并告知"})
    one.refresh_from_db()
    assert one.state == "pushed"
    other = arrive(cast)
    client.post(f"{HERE}{other.pk}/set-aside/", {"reason": "不适用"})
    client.post(f"{HERE}{other.pk}/resume/")
    other.refresh_from_db()
    assert other.state == "received"


@pytest.mark.row("POL-35")
def test_an_application_goes_through_on_the_pages(cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = enter(client, cast.lead)
    given = {
        "title": "示例试点", "issuer": "示例厅", "sort": "pilot", "first": "2020-03-01", "last": "2020-03-31", "due_on": "2020-03-25",
        "lead": cast.bureau.pk, "sought": "12.5", "papers": "申报书\n\n审计报告",
    }  # fmt: skip
    client.post(f"{HERE}upward/new/", given)
    bid = Bid.objects.get()
    assert (bid.sought_fen, bid.papers.count()) == (12_500_000, 2)
    assert "还差 2 项材料" in client.get(f"{HERE}upward/{bid.pk}/").content.decode()
    for paper in bid.papers.all():
        client.post(f"{HERE}upward/papers/{paper.pk}/tick/")
    client.post(f"{HERE}upward/{bid.pk}/submit/")
    result = {"won": "yes", "decided_on": "2020-03-10", "won_amount": "10", "evidence_kind": "letter"}
    assert "结果要有凭证" in client.post(f"{HERE}upward/{bid.pk}/decide/", result).content.decode()
    paper = SimpleUploadedFile("批复.txt", "同意开展示例试点。".encode(), "text/plain")
    client.post(f"{HERE}upward/{bid.pk}/decide/", {**result, "attached": paper})
    bid.refresh_from_db()
    assert (bid.state, bid.won_fen) == ("won", 10_000_000)
    assert "获批 1 / 已申报 1 项" in client.get(f"{HERE}upward/").content.decode()


def test_a_reminder_is_acknowledged_on_its_page(cast, client):
    submitted(cast)
    arrive(cast)
    actions.sweep(now=NOW + 9 * ONE_DAY)
    one = Reminder.objects.get(post_id=cast.editor.post_id)
    client = enter(client, cast.editor)
    assert "超期未梳理" in client.get(f"{HERE}reminders/").content.decode()
    client.post(f"{HERE}reminders/{one.pk}/seen/")
    one.refresh_from_db()
    assert one.seen_name
