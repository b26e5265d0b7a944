"""What is not done is said: one look, the request's id, the shape that was asked for; without the database too."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path

from songda.kernel.doors import PUBLIC, door
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, TooMany, Unavailable
from songda.portal import urls
from songda.registry.people.tests.cast import Cast, enter

ERRORS = {
    "400": Invalid("日期不对。", advice="请写作 2020-03-10。", fields={"日期": "应不早于登记日。"}),
    "403": NotPermitted("您当前的岗位没有此项权限。"),
    "404": NotFound("没有这家企业。"),
    "409": Conflict("已被他人办理。", advice="请刷新。"),
    "429": TooMany("请求太多。"),
    "503": Unavailable("地图服务没有应答。"),
    "500": ZeroDivisionError("示例甲有限公司 13800000000"),
    "suspicious": SuspiciousOperation("x"),
    "gone": OperationalError("connection refused"),
}


@door(PUBLIC)
def fails(request, which):
    raise ERRORS[which]


urlpatterns = [path("fails/<which>/", fails), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
pytestmark = [pytest.mark.urls("songda.portal.tests.test_faults"), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_each_page_names_itself_and_the_request(visitor: Client, status: int) -> None:
    answer = visitor.get(f"/fails/{status}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<p class="refused-number" aria-hidden="true">{status}</p>' in page
    assert len(re.findall("<h1>", page)) == 1
    assert answer["X-Request-Id"] in page
    assert 'lang="zh-CN"' in page
    assert "13800000000" not in page


def test_a_refusal_says_where_and_what_to_do(visitor: Client) -> None:
    page = visitor.get("/fails/400/").content.decode()
    assert all(text in page for text in ("日期不对。", "日期：应不早于登记日。", "请写作 2020-03-10。"))


def test_no_such_address_and_an_unreadable_request_have_their_page(visitor: Client) -> None:
    for address, status in (("/no/such/page/", 404), ("/fails/suspicious/", 400)):
        answer = visitor.get(address)
        assert answer.status_code == status
        assert answer["X-Request-Id"] in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_in_our_look() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "刷新后再提交" in answer.content.decode()
    assert answer["X-Request-Id"] in answer.content.decode()


def test_who_is_signed_in_keeps_the_menu(cast: Cast, visitor: Client) -> None:
    enter(visitor, cast.street)
    page = visitor.get("/fails/409/").content.decode()
    assert "navbar-vertical" in page
    assert 'href="/"' in page


def test_htmx_gets_a_part_that_says_where_it_goes(visitor: Client) -> None:
    answer = visitor.get("/fails/409/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (409, "#refused", "innerHTML")
    part = answer.content.decode()
    assert "<html" not in part
    assert answer["X-Request-Id"] in part
    assert '<div id="refused"' in visitor.get("/sign-in/").content.decode()


def test_a_program_gets_json(visitor: Client) -> None:
    answer = visitor.get("/fails/409/", headers={"accept": "application/json"})
    assert answer.json() == {
        "error": {
            "code": "conflict", "message": "已被他人办理。", "advice": "请刷新。", "fields": {}, "request_id": answer["X-Request-Id"],
        }
    }  # fmt: skip


@contextmanager
def no_database():
    """Every statement fails as it does when the server is gone."""

    def refuse(_execute, *_statement):
        asked.append(1)
        raise OperationalError("connection refused")

    asked: list[int] = []
    with connection.execute_wrapper(refuse):
        yield asked


def test_a_database_that_is_gone_is_said_without_asking_it(cast: Cast, visitor: Client, caplog) -> None:
    enter(visitor, cast.street)
    with no_database() as asked:
        answer = visitor.get("/subjects/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert len(asked) == 1, "the page of the fault asked the database again"
    assert answer["X-Request-Id"] in page
    assert "数据库没有应答" in page
    assert "navbar-vertical" not in page
    assert any(row.name == "songda.faults" and row.levelno == logging.ERROR for row in caplog.records)


def test_a_fault_asks_the_database_nothing_and_is_logged_by_its_pattern(
    visitor: Client, caplog, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        answer = visitor.get("/fails/500/")
    assert answer.status_code == 500
    (row,) = [row for row in caplog.records if row.name == "songda.faults"]
    assert row.told == {"pattern": "/fails/<which>/", "method": "GET"}


def test_the_pages_speak_english_too(visitor: Client) -> None:
    assert '<html lang="en">' in visitor.get("/fails/404/", headers={"accept-language": "en"}).content.decode()
