"""Pages open to whom they are for, in a fixed number of queries, and walk a purge and an export from end to end."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as WordFile
from pypdfium2 import PdfDocument

from songda.kernel import clock
from songda.office.retention import actions, jobs
from songda.office.retention.models import FirmExport, Hold, Purge
from songda.office.retention.tests.ground import LATER, arrival, closed_case, purged
from songda.registry.people.models import Account, Post
from songda.registry.people.tests.cast import NOW, enter

PURGES = "/retention/purges/"


@pytest.fixture(autouse=True)
def then(settings):
    """Eleven years after the cast's day. Accounts and posts are those of the cast."""
    settings.CLOCK_SHIFT += LATER - clock.now()


@pytest.fixture
def client_of(house, client):
    return lambda actor: enter(client, actor)


@pytest.mark.row("SUP-19")
def test_a_purge_from_the_table_to_the_certificate(house, client_of):
    case, gone = closed_case(house), arrival(house.firm)
    page = client_of(house.system_admin).get("/retention/").content.decode()
    assert "服务企业事项" in page and "提出销毁" in page and case.title not in page and house.firm.name not in page
    form = client_of(house.system_admin).get(f"{PURGES}new/").content.decode()
    assert "来返人员登记（1）" in form
    given = {"as_of": "2031-01-05", "holdings": ["cases", "arrivals"], "reason": "2031年度鉴定"}
    answer = client_of(house.system_admin).post(f"{PURGES}new/", given)
    purge = Purge.objects.get()
    assert answer.headers["Location"] == f"{PURGES}{purge.pk}/"
    mine = client_of(house.system_admin).get(f"{PURGES}{purge.pk}/").content.decode()
    assert "批准并执行" not in mine and "须由审计管理员批准" in mine and case.title not in mine
    other = client_of(house.audit_admin)
    assert "批准并执行" in other.get(f"{PURGES}{purge.pk}/").content.decode()
    other.post(f"{PURGES}{purge.pk}/approve/")
    assert jobs.purge.func() == {"dealt": 2, "lists": 1}
    page = other.get(f"{PURGES}{purge.pk}/?verify=yes").content.decode()
    assert "核验相符：清册所列 2 件" in page and str(gone.pk) in page
    pdf = PdfDocument(other.get(f"{PURGES}{purge.pk}/certificate.pdf").content)
    text = "".join(leaf.get_textpage().get_text_range() for leaf in pdf)
    assert "销毁〔2031〕1号" in text and "服务企业事项" in text and "示例审计管理员" in text and "演示数据" in text
    word = WordFile(io.BytesIO(other.get(f"{PURGES}{purge.pk}/certificate.docx").content))
    assert Purge.objects.get().digest in "".join(one.text for one in word.paragraphs).replace(" ", "")
    assert other.get(f"{PURGES}{purge.pk}/certificate.exe").status_code == 404


def test_a_list_can_be_withdrawn_and_refused_with_a_reason(house, client_of):
    arrival(house.firm)
    for who, step, state in ((house.system_admin, "withdraw", "withdrawn"), (house.audit_admin, "reject", "rejected")):
        purge = actions.propose_purge(["arrivals"], on=clock.day_of(LATER), reason="鉴定", by=house.system_admin, now=LATER)
        client_of(who).post(f"{PURGES}{purge.pk}/{step}/", {"reason": "   "})
        purge.refresh_from_db()
        assert purge.state == "proposed"
        client_of(who).post(f"{PURGES}{purge.pk}/{step}/", {"reason": "另有用处"})
        purge.refresh_from_db()
        assert (purge.state, purge.decided_reason) == (state, "另有用处")
    assert client_of(house.system_admin).get(f"{PURGES}{purge.pk}/certificate.pdf").status_code == 409


def test_holds_are_placed_by_number_and_lifted_with_a_reason(house, client_of):
    audit = client_of(house.audit_admin)
    audit.post("/retention/holds/new/", {"firm": house.firm.local_number, "case": "", "holding": "", "reason": "示例法院协助函"})
    hold = Hold.objects.get()
    page = audit.get("/retention/holds/").content.decode()
    assert f"#{house.firm.pk}" in page and house.firm.name not in page
    wrong = audit.post("/retention/holds/new/", {"firm": "X", "case": "Y", "holding": "", "reason": "函"}).content.decode()
    assert "只填一项" in wrong and Hold.objects.count() == 1
    audit.post(f"/retention/holds/{hold.pk}/lift/", {"reason": "结案"})
    hold.refresh_from_db()
    assert hold.lifted_reason == "结案"
    assert client_of(house.system_admin).post("/retention/holds/new/", {"reason": "函"}).status_code == 403


@pytest.mark.row("SUP-19")
def test_a_firm_asks_for_its_data_and_takes_it(house, client_of):
    clerk = client_of(house.clerk)
    assert "还没有申请过导出" in clerk.get("/retention/own/").content.decode()
    clerk.post("/retention/own/")
    assert "正在生成" in clerk.get("/retention/own/").content.decode()
    assert jobs.write_exports.func() == 1
    export = FirmExport.objects.get()
    assert f"/retention/own/{export.pk}/" in clerk.get("/retention/own/").content.decode()
    answer = clerk.get(f"/retention/own/{export.pk}/")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert {"data.xlsx", "README.txt", "manifest.json"} <= set(archive.namelist())
    assert jobs.sweep_exports.func() == 0


def test_a_registry_clerk_asks_for_a_firm_with_a_reason(house, client_of):
    registrar = client_of(house.registrar)
    registrar.post("/retention/exports/new/", {"subject": house.firm.name, "reason": "企业书面申请12号"})
    export = FirmExport.objects.get()
    assert (export.behalf, export.reason) == (True, "企业书面申请12号")
    assert house.firm.name in registrar.get("/retention/exports/").content.decode()
    clerk = client_of(house.clerk)
    assert "机关代为申请" in clerk.get("/retention/own/").content.decode()
    assert clerk.get("/retention/exports/").status_code == 403
    assert client_of(house.dispatcher).get("/retention/").status_code == 403


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("address", "most"),
    [("/retention/", 36), (PURGES, 12), ("/retention/holds/", 12), ("/retention/own/", 12), ("/retention/exports/", 12)],
)
def test_queries_do_not_grow(house, client_of, address, most):
    who = {"/retention/own/": house.clerk, "/retention/exports/": house.registrar}.get(address, house.audit_admin)
    client = client_of(who)
    few = asked(client, address)
    for number in range(3):
        closed_case(house, f"第{number}件")
        arrival(house.firm)
        purged(house, "arrivals")
        actions.place_hold(actions.NewHold("函", firm=house.neighbour.local_number), by=house.audit_admin, now=LATER)
        post = Post.objects.get(pk=who.post_id)
        FirmExport.objects.create(subject=house.firm, post=post, reason="函", asked_at=NOW, made_at=NOW, asked_name="示例")
    assert asked(client, address) == few <= most
    assert settings.DEMONSTRATION and Account.objects.exists()
