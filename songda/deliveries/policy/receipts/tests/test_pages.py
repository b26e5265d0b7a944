"""Pages: what each role gets, files through the forms, and how many queries they take."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from songda.deliveries.policy.receipts.models import Handout, Receipt, Recipient
from songda.deliveries.policy.receipts.tests.test_record_receipt import sign
from songda.kernel import clock
from songda.ledger.evidence.tests import samples
from songda.ledger.panels import shown
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, enter, firm, hire


@pytest.fixture
def on_the_day(settings):
    settings.CLOCK_SHIFT += NOW - clock.now()


def choice(begin, **more):
    """What a person picks in the form of a new delivery."""
    document = begin().items.get().document_id
    return {"title": "示例二", "documents": [document], "area": "4101/03/", "kind": "enterprise", "rule": "规模以上", **more}


@pytest.mark.usefixtures("on_the_day")
def test_tried_then_begun_once_however_often_pressed(client, board, begin):
    board.snapshot()
    enter(client, board.cast.dispatcher)
    told = choice(begin, request_key="abc")
    tried = client.get("/policy/receipts/new/", {"try": "1", **told}).content.decode()
    assert "确定名单并开始送达 2 家" in tried
    assert "补齐“规模以上”可确定 3 家" in tried
    places = {client.post("/policy/receipts/new/", told).headers["Location"] for _n in range(2)}
    assert len(places) == 1
    assert Handout.objects.count() == 2
    page = client.get(places.pop()).content.decode()
    assert "0.00%" in page
    assert "示例企业four" in page


@pytest.mark.usefixtures("on_the_day")
def test_a_wrong_rule_is_said_on_the_form(client, board, begin):
    enter(client, board.cast.dispatcher)
    page = client.get("/policy/receipts/new/", {"try": "1", **choice(begin, rule="规模已上")}).content.decode()
    assert "field-error" in page


@pytest.mark.usefixtures("on_the_day")
def test_an_officer_signs_with_a_photograph(client, board, begin):
    handout = begin()
    one = Recipient.objects.get(subject=board.firms["one"])
    enter(client, board.cast.street)
    assert "示例企业one" in client.get("/policy/receipts/mine/").content.decode()
    address = f"/policy/receipts/recipients/{one.pk}/sign/"
    told = {"method": "visit", "receiver": "厂长", "evidence_kind": "receipt", "evidence_key": "k"}
    assert "都要有凭证" in client.post(address, told).content.decode()
    files = {**told, "camera": SimpleUploadedFile("签收.jpg", samples.photo(), "image/jpeg")}
    assert client.post(address, files).headers["Location"] == "/policy/receipts/mine/"
    receipt = Receipt.objects.get()
    assert (receipt.evidence.subject_id, receipt.name) == (one.subject_id, board.cast.street.name)
    assert client.post(f"/policy/receipts/receipts/{receipt.pk}/void/", {"reason": "重复"}).status_code == 302
    assert handout.recipients.count() == 2


@pytest.mark.usefixtures("on_the_day")
def test_a_refused_list_comes_back_with_the_reasons(client, board, begin):
    handout = begin()
    enter(client, board.cast.desk)
    head = "企业名称,签收日期,签收人职务\n"
    file = SimpleUploadedFile("签收.csv", f"{head}示例企业one,明天,厂长\n".encode(), "text/csv")
    told = {"file": file, "evidence_kind": "receipt", "camera": SimpleUploadedFile("p.jpg", samples.photo(), "image/jpeg")}
    answer = client.post(f"/policy/receipts/{handout.pk}/import/", told)
    assert answer.status_code == 422
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    told |= {"file": SimpleUploadedFile("签收.csv", f"{head}示例企业one,2020/3/10,厂长\n".encode(), "text/csv")}
    told["camera"] = SimpleUploadedFile("p.jpg", samples.photo(), "image/jpeg")
    assert client.post(f"/policy/receipts/{handout.pk}/import/", told).status_code == 302
    assert Receipt.objects.count() == 1
    sheet = client.get(f"/policy/receipts/{handout.pk}/list.xlsx?show=all")
    assert io.BytesIO(b"".join(sheet.streaming_content)).getbuffer()[:2] == b"PK"


@pytest.mark.row("POL-06")
@pytest.mark.usefixtures("on_the_day")
def test_the_firm_reads_and_presses(client, board, begin):
    handout = begin()
    clerk = hire(Role.ENTERPRISE_CLERK, of=board.firms["one"])
    enter(client, clerk)
    assert handout.title in client.get("/policy/receipts/own/").content.decode()
    page = client.get(f"/policy/receipts/own/{handout.pk}/").content.decode()
    assert "第一条 示例正文。" in page
    for _n in range(2):
        client.post(f"/policy/receipts/own/{handout.pk}/confirm/")
    assert Receipt.objects.count() == 1
    assert "已签收" in client.get(f"/policy/receipts/own/{handout.pk}/").content.decode()
    (panel,) = shown(board.firms["one"].pk, by=board.cast.street, now=NOW, names=["receipts"])
    assert "在线签收" in panel.html
    assert client.get("/policy/receipts/").status_code == 403


@pytest.mark.usefixtures("on_the_day")
def test_pages_take_as_many_queries_however_many_firms(client, board, begin, django_assert_max_num_queries):
    for n in range(30):
        firm(f"示例企业{n}号", board.cast.street_office, f"M{n}")
    handout = begin("")
    sign(board, handout)
    enter(client, board.cast.dispatcher)
    with django_assert_max_num_queries(22):
        assert client.get(f"/policy/receipts/{handout.pk}/?show=all").status_code == 200
    with django_assert_max_num_queries(12):
        assert client.get("/policy/receipts/").status_code == 200
    enter(client, board.cast.street)
    with django_assert_max_num_queries(11):
        assert client.get("/policy/receipts/mine/").status_code == 200
