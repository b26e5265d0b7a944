from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from songda.ledger.notices.models import ChannelTerms
from songda.portal.administration.tests.ground import NOW
from songda.portal.administration.viewing import sheet_of
from songda.portal.packs.sections import EDITED
from songda.registry.calendars.models import SpecialDay
from songda.registry.calendars.tests.years import enter_year
from songda.registry.campaigns.models import SheetChange, SheetVersion
from songda.registry.people.tests.cast import enter

NOTICE = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。鼓励1月4日错峰。\n二、春节：2月5日至11日放假调休，共7天。1月31日（周日）上班。"
REST = """三、清明节：4月5日放假。\n四、劳动节：5月1日至5日放假调休，共5天。\n五、端午节：6月9日放假。
六、中秋节：9月15日放假。\n七、国庆节：10月1日至7日放假调休，共7天。"""
MOST_QUERIES = 10  # any page of administration, its acting post included: it reads one file, or the list of files, however long


@pytest.fixture
def keeper(ground, client):
    return enter(client, ground.admin)


def asked_for(keeper, address):
    with CaptureQueriesContext(connection) as asked:
        answer = keeper.get(address)
    return answer, len(asked)


def proposal_in(answer):
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return re.search(r'name="proposal" value="([^"]+)"', answer.content.decode())[1]


def confirm(keeper, answer, reason="依据通知"):
    return keeper.post("/administration/confirm/", {"proposal": proposal_in(answer), "reason": reason})


def test_every_page_opens_with_a_bounded_number_of_queries(keeper):
    addresses = ["/administration/", "/administration/calendar/", "/administration/dictionary/?file=sizes"]
    addresses += [f"/administration/{one.name}/" for one in EDITED if one.name != "calendar"]
    addresses += [
        "/administration/facts/entry/facts.size",
        "/administration/kind/entry/errand",
        "/administration/watch/entry/watch",
    ]
    addresses += ["/administration/facts/history/facts.size", "/administration/channels/new/", "/administration/bulletin/new/"]
    keeper.get("/")
    told = {address: asked_for(keeper, address) for address in addresses}
    assert {
        address: (answer.status_code, n) for address, (answer, n) in told.items() if answer.status_code != 200 or n > MOST_QUERIES
    } == {}


def test_a_list_of_ten_thousand_entries_is_paged_and_asks_no_more(keeper):
    entries = "".join(f"  - {{code: x{n}, label: 第{n}条}}\n" for n in range(10_000))
    text = f'code: sizes\nedition: "1"\nname: 企业规模\nsource: 约定\nentries:\n{entries}'
    version = SheetVersion(
        campaign="tiny", file="dictionaries/sizes.yaml", number=2, text=text, digest="", entries=10_001, origin="pack", changed_at=NOW,
        changed_name="装载",
    )  # fmt: skip
    version.save()
    sheet_of(version.file, text)
    answer, asked = asked_for(keeper, "/administration/dictionary/?file=sizes")
    shown = answer.content.decode()
    assert asked <= MOST_QUERIES and shown.count("<tr>") == 51 and "10,001" in shown and "下一页" in shown
    found = keeper.get("/administration/dictionary/?file=sizes&q=x9999").content.decode()
    assert found.count("<tr>") == 2


def test_an_entry_is_changed_over_the_page_of_differences_and_put_back(keeper):
    form = keeper.get("/administration/channels/entry/channels.sms").content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', form)[1]
    given = {"seen": seen, "name": "短信", "limit": "600", "weekly": "1", "standin": "true", "quiet": "21:00-08:00"}
    answer = keeper.post("/administration/channels/entry/channels.sms", given)
    assert "weekly: 1" in answer.content.decode() and "notices.terms" in answer.content.decode()
    assert ChannelTerms.objects.get(code="sms").weekly == 2  # not yet
    assert confirm(keeper, answer).headers["Location"] == "/administration/channels/history/channels.sms"
    assert ChannelTerms.objects.get(code="sms").weekly == 1
    assert "依据通知" in keeper.get("/administration/channels/history/channels.sms").content.decode()
    back = keeper.post(f"/administration/channels/put-back/{SheetChange.objects.get().pk}/")
    confirm(keeper, back, "改错了")
    assert ChannelTerms.objects.get(code="sms").weekly == 2
    assert list(SheetVersion.objects.filter(file="channels.yaml").values_list("number", flat=True)) == [1, 2, 3]


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(keeper):
    form = keeper.get("/administration/bulletin/entry/note").content.decode()
    given = {
        "seen": re.search(r'name="seen" value="([^"]+)"', form)[1], "label": "到岗简报", "sort": "bulletin", "kind": "daily",
        "masthead": "到岗简报", "number": "第{n}期", "title": "到岗日报", "sections-0-heading": "到岗",
        "sections-0-text": "{单位}到岗{no-such}。", "retention": "一百",
    }  # fmt: skip
    wrong = keeper.post("/administration/bulletin/entry/note", given).content.decode()
    assert "输入整数" in wrong or "whole number" in wrong
    wrong = keeper.post("/administration/bulletin/entry/note", {**given, "retention": "10"}).content.decode()
    assert "没有指标 no-such" in wrong and "到岗日报" in wrong and 'name="proposal"' not in wrong


def test_a_reason_must_be_given(keeper):
    answer = keeper.post("/administration/calendar/day/", {"day": "2026-10-02", "working": "false", "name": "国庆节"})
    assert keeper.post("/administration/confirm/", {"proposal": proposal_in(answer), "reason": " "}).status_code == 400
    assert not SpecialDay.objects.filter(day="2026-10-02").exists()


def test_a_notice_is_read_into_days_and_the_missing_year_is_warned_of_until_then(keeper):
    enter_year(2026)
    for address in ("/", "/administration/", "/administration/calendar/", "/operations/"):
        assert "2027" in keeper.get(address).content.decode(), address
    answer = keeper.post("/administration/calendar/notice/", {"text": NOTICE, "year": "2027"})
    shown = answer.content.decode()
    assert "修改 11 个条目" in shown and "鼓励1月4日错峰" in shown
    assert confirm(keeper, answer).headers["Location"] == "/administration/calendar/?year=2027"
    assert SpecialDay.objects.filter(day__year=2027).count() == 11
    assert "还没有登记齐" in keeper.get("/administration/").content.decode()
    half = keeper.get("/administration/calendar/?year=2027").content.decode()
    assert "劳动节、国庆节、清明节、端午节、中秋节" in half
    confirm(keeper, keeper.post("/administration/calendar/notice/", {"text": REST, "year": "2027"}))
    assert "还没有登记齐" not in keeper.get("/administration/").content.decode()
    assert "缺 2027" not in keeper.get("/operations/").content.decode()


def test_a_notice_that_does_not_fit_and_a_table_of_days(keeper):
    wrong = keeper.post(
        "/administration/calendar/notice/", {"text": "元旦：1月1日（周六）放假。", "year": "2027"}
    ).content.decode()
    assert "2027-01-01 是星期五" in wrong and 'name="proposal"' not in wrong
    table = SimpleUploadedFile("days.csv", "日期,安排,名目\n2027-01-01,放假,元旦\n".encode("gb18030"))
    confirm(keeper, keeper.post("/administration/calendar/file/?year=2027", {"file": table}))
    assert SpecialDay.objects.get(day="2027-01-01").name == "元旦"


def test_a_new_entry_and_one_taken_out(keeper):
    new = {"code": "ours", "label": "到岗快报", "sort": "bulletin", "kind": "daily", "masthead": "快报", "number": "第{n}期", "title": "快报",
           "sections-0-heading": "一", "sections-0-text": "{单位}到岗{heads}。"}  # fmt: skip
    confirm(keeper, keeper.post("/administration/bulletin/new/", new))
    assert SheetVersion.objects.get(file="bulletins/ours.yaml").entries == 1
    confirm(keeper, keeper.post("/administration/bulletin/remove/ours"))
    assert keeper.get("/administration/bulletin/entry/ours").status_code == 404
    assert keeper.get("/administration/bulletin/history/ours").status_code == 200


@pytest.mark.parametrize(
    "address", ["/administration/measure/", "/administration/facts/entry/facts.nothing", "/administration/nothing/new/"]
)
def test_what_is_not_kept_here_is_not_found(keeper, address):
    assert keeper.get(address).status_code == 404
