from __future__ import annotations

import re

import pytest

from songda.office.indicators import access
from songda.office.indicators.models import Check
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import enter, hire

SEES = {"leader", "dispatcher", "statistician", "auditor", "department_lead", "correspondent", "inspector"}


@pytest.fixture
def reader(cast, client, loaded):
    return enter(client, hire(Role.STATISTICIAN, at=cast.zone))


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text_of(response)))


@pytest.mark.row("SUP-20")
def test_the_list_shows_figures_with_bound_unit_time_and_flags(reader):
    words = words_of(reader.get("/figures/?text=hj-news"))
    assert "共 46 条" in words
    assert "211.22%17,075人 ÷ 8,084人" in words
    assert "比率超过100%" in words and "近100人" in words and "超1亿元" in words
    assert "毛庄四号院（名称数字）" not in words


@pytest.mark.parametrize(
    ("asked", "count"),
    [("", 268), ("kind=rhetorical", 14), ("kind=rate", 7), ("flag=ratio_over_100", 1), ("q=26940", 1), ("q=gx-classes-9", 1),
     ("indicator=workers-resumed", 2), ("kind=nonsense", 268), ("q=没有这样的数", 0)],
)  # fmt: skip
def test_the_list_is_narrowed(reader, asked, count):
    assert f"共 {count} 条" in words_of(reader.get(f"/figures/?{asked}"))


def test_rhetoric_is_listed_apart(reader):
    words = words_of(reader.get("/figures/?kind=rhetorical"))
    assert "不是数据，从不参与计算" in words and "百二" in words


@pytest.mark.row("SUP-20")
def test_the_evidence_lights_the_number_and_tells_what_speaks_against_it(reader):
    response = reader.get("/figures/hj-rate-21122/")
    assert "复工比例<mark>211.22%</mark>" in text_of(response)
    words = words_of(response)
    for said in ("2020年3月16日，原文写明", "全区建设工程", "第 69 行", "建设工程当前复工人数 17,075人 ÷ 建设工程应复工总人数 8,084人", "R02",
                 "17,075人 ÷ 8,084人 × 100 = 211.22%", "211.2197%", "比率超过100%，尚无说明", "整理时注明"):  # fmt: skip
        assert said in words, said


@pytest.mark.row("SUP-20")
def test_every_flagged_figure_shows_its_flags(reader, cast):
    actor = hire(Role.AUDITOR, at=cast.zone)
    flagged = access.visible_to(actor).filter(flags__isnull=False).distinct().prefetch_related("flags")
    assert flagged.count() > 60
    for row in flagged[:20]:
        words = words_of(reader.get(f"/figures/{row.code}/"))
        assert all(flag.text in words for flag in row.flags.all()), row.code


@pytest.mark.row("SUP-20")
def test_the_report_counts_and_tells_what_is_unexpected(reader):
    words = words_of(reader.get("/figures/checks/"))
    assert "165 条核对：成立 103，不成立 5，无从核对 57" in words and "全部与预期一致" in words
    Check.objects.filter(code="R12").update(agrees=False)
    words = words_of(reader.get("/figures/checks/?unexpected=1"))
    assert "1 条与预期不符" in words and "687份 + 560份 + 226份 + 538份 + 80份 = 2,011份" in words
    assert "共 5 条" in words_of(reader.get("/figures/checks/?outcome=no"))
    assert "共 43 条" in words_of(reader.get("/figures/checks/?class=derived"))


@pytest.mark.parametrize(
    "address", ["/figures/", "/figures/?kind=rate", "/figures/checks/", "/figures/hj-now-17075/", "/figures/sj-one-to-one/"]
)
def test_pages_take_the_same_queries_however_much_they_show(reader, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        text_of(reader.get(address))


def test_who_may_see_figures(cast, client, loaded):
    for role in Role:
        post = hire(role, of=cast.firm) if role in FIRM_ROLES else hire(role, at=cast.zone)
        for address in ("/figures/", "/figures/checks/", "/figures/hj-now-17075/"):
            assert enter(client, post).get(address).status_code == (200 if role in SEES else 403), role
        assert access.visible_to(post).exists() == access.checks_visible_to(post).exists() == (role in SEES)


def test_a_figure_that_is_not_there_is_not_found(reader):
    assert reader.get("/figures/no-such-thing/").status_code == 404
