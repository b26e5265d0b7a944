"""The pages, as those who use them see them: a street's clerk first."""

from __future__ import annotations

import io

import openpyxl
import pytest

from songda.office.resumption import actions
from songda.office.resumption.actions import NewArrival, NewEntry, NewRisk
from songda.office.resumption.models import Entry, Excess, Lamp, StopOrder
from songda.office.resumption.tests.ground import firms, tell
from songda.registry.facts.queries import facts_of
from songda.registry.people.tests.cast import DAY, NOW, enter

pytestmark = pytest.mark.usefixtures("day")


@pytest.fixture
def day(monkeypatch):
    monkeypatch.setattr("songda.kernel.clock.now", lambda: NOW)


def test_every_list_shows_what_there_is_in_as_many_queries_however_much(ground, client, django_assert_max_num_queries):
    cast = ground.cast
    tell(cast.firm, "due_at_work", "10")
    tell(cast.firm, "back_at_work", "20")
    many = firms(cast, 30)
    for one in many[:20]:
        tell(one, "resumption", "resumed")
    actions.list_entry(
        NewEntry("kind", DAY, "演示", "工地", kind="site", area_path=cast.zone.area_path), by=cast.dispatcher, now=NOW
    )
    actions.announce_risk(NewRisk("湖北省", "420000", "high", DAY, "演示"), by=cast.dispatcher, now=NOW)
    arrival = actions.record_arrival(NewArrival(cast.firm.pk, "420100", "武汉", DAY, alias="李某"), by=cast.street, now=NOW)
    actions.set_light(many[0].pk, "red", "无台账", by=cast.dispatcher, now=NOW)
    enter(client, cast.street)
    expected = {
        "/resumption/": ("甲一街道", 40), "/resumption/subjects/": ("示例精密机械有限公司", 32), "/resumption/report/": ("示例精密机械有限公司", 32),
        "/resumption/subjects/?state=resumed&light=green&population=firms&q=示例": ("示例enterprise102号", 32),
        f"/resumption/subjects/{many[0].pk}/": ("无台账", 40), "/resumption/quality/": ("200%", 30), "/resumption/negative/": ("工地", 20),
        "/resumption/negative/?on=2020-03-01": ("这一天没有条目", 20), "/resumption/risks/": ("湖北省", 20), "/resumption/arrivals/": ("李**", 20),
        f"/resumption/arrivals/{arrival.pk}/": ("隔离期未满", 20), "/resumption/denominators/": ("还没有固定分母", 20),
    }  # fmt: skip
    for address, (words, most) in expected.items():
        with django_assert_max_num_queries(most):
            text = client.get(address).content.decode()
        assert words in text, address
        assert "李某" not in text
    shown = client.post(f"/resumption/arrivals/{arrival.pk}/", {"reason": "核对本人身份"}).content.decode()
    assert "李某" in shown


def test_a_clerk_fills_the_table_and_each_wrong_row_says_why(ground, client):
    cast, key = ground.cast, ground.cast.firm.pk
    enter(client, cast.street)
    other = cast.neighbour.pk
    told = {f"state_{key}": "resumed", f"due_{key}": "50", f"present_{key}": "45", f"due_{other}": "10", f"present_{other}": "12"}
    text = client.post("/resumption/report/", told).content.decode()
    assert "多于应到岗" in text and "已填报 1 户" in text
    assert facts_of(key, on=DAY)["back_at_work"].value == 45
    told = {f"due_{other}": "10", f"present_{other}": "12", f"cause_{other}": "hiring", f"text_{other}": "新开一条线"}
    assert client.post("/resumption/report/", told).status_code == 302
    assert Excess.objects.get().cause == "hiring"
    assert "不是人数" in client.post("/resumption/report/", {f"due_{other}": "十"}).content.decode()


def test_the_sheet_goes_out_and_comes_back_with_refused_rows(ground, client):
    cast = ground.cast
    tell(cast.firm, "due_at_work", "50")
    enter(client, cast.street)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/resumption/report/sheet/").content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]][:4] == ["编号", "名称", "辖区", "复工状态"]
    for row in range(2, 4):
        own = sheet.cell(row, 1).value == str(cast.firm.pk)
        sheet.cell(row, 4, "已复工")
        sheet.cell(row, 6, 48 if own else "许多")
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = "sheet.xlsx"
    answer = client.post("/resumption/report/import/", {"on": DAY.isoformat(), "file": stream})
    assert answer.status_code == 400
    refused = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert (refused.max_row, "应为整数" in refused.cell(2, 10).value) == (2, True)
    assert facts_of(cast.firm.pk, on=DAY)["back_at_work"].value == 48


def test_the_dispatcher_orders_and_the_firm_asks(ground, client):
    cast = ground.cast
    enter(client, cast.dispatcher)
    client.post(f"/resumption/subjects/{cast.firm.pk}/light/", {"light": "red", "why": "未测温"})
    order = StopOrder.objects.get()
    same = client.post(f"/resumption/stops/{order.pk}/lift/", {"light": "green", "reason": "合格"}).content.decode()
    assert "签发人不能解除" in same
    enter(client, ground.other)
    assert client.post(f"/resumption/stops/{order.pk}/lift/", {"light": "green", "reason": "合格"}).status_code == 302
    assert Lamp.objects.get(until=None).light == "green"
    new = {
        "sort": "industry",
        "industry": "8760",
        "area": cast.zone.area_path,
        "starts_on": "2020-03-10",
        "document": "通告",
        "reason": "聚集",
    }
    assert client.post("/resumption/negative/new/", new).status_code == 302
    entry = Entry.objects.get()
    assert (
        client.post(f"/resumption/negative/{entry.pk}/delist/", {"last_day": "2020-03-10", "reason": "缓解"}).status_code == 302
    )
    assert (
        client.post(
            "/resumption/risks/new/",
            {"name": "温州", "code": "330300", "level": "high", "starts_on": "2020-03-01", "document": "通告"},
        ).status_code
        == 302
    )
    unit = {"unit": cast.street_office.pk, "population": "firms", "variant": "unlisted", "base_on": "2020-03-10"}
    assert client.post("/resumption/denominators/new/", unit).status_code == 302
    assert "说明原因" in client.post("/resumption/denominators/new/", unit).content.decode()
    enter(client, cast.clerk)
    assert client.post("/resumption/own/", {"batch": "industry-3", "text": "已备口罩"}).status_code == 302
    assert client.get("/resumption/").status_code == 403
    enter(client, cast.street)
    came = {"subject": cast.firm.name, "people": "3", "from_name": "驻马店", "from_code": "411700", "arrived_on": "2020-03-10"}
    page = client.post("/resumption/arrivals/new/", came)
    assert client.post(f"{page['Location']}clear/").status_code == 302
    applied = {"subject": cast.neighbour.name, "batch": "industry-1", "text": "已备"}
    assert client.post("/resumption/apply/", applied).status_code == 302
