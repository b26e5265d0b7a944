from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.registry.actors import system
from songda.registry.codes import queries, rules
from songda.registry.codes.actions import Edition, load_dictionary

NOW = dt.datetime(2020, 3, 1, 1, tzinfo=dt.UTC)
SIX = ("用工", "运输", "资金", "销售", "保障", "外贸")


def entries(*labels: str) -> list[rules.Entry]:
    return [rules.Entry(f"{place}", label) for place, label in enumerate(labels, 1)]


def load(name, items, code="six", edition="1", **more):
    return load_dictionary(Edition(code, edition, name, items, **more), by=system(), now=NOW)


@pytest.mark.row("SUP-14")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("六难", 6), ("四个一批", 4), ("三率", 3), ("六稳", 6), ("四送一强", 5), ("两级三层一统筹", 6), ("十二条", 12),
        ("统一社会信用代码登记部门", None), ("第三产业", None), ("国民经济行业分类", None), ("2020年三月批次", None),
    ],
)  # fmt: skip
def test_numbers_in_names_are_counts(name, count):
    assert rules.claimed(name) == count


@pytest.mark.row("SUP-14")
@pytest.mark.django_db
def test_six_difficulties_are_six():
    made = load("六难", entries(*SIX))
    assert made.claims == 6
    assert queries.labels("six") == dict(zip("123456", SIX, strict=True))
    assert AuditEntry.objects.get().action == "codes.load"
    with pytest.raises(Invalid, match="所称为6条，实为5条"):
        load("六难", entries(*SIX[:5]), edition="2")


@pytest.mark.row("SUP-14")
def test_an_entry_keeps_what_its_label_promises():
    two_three_one = [
        rules.Entry("L", "两级"), rules.Entry("L1", "市", "L"), rules.Entry("L2", "县", "L"),
        rules.Entry("T", "三层"), rules.Entry("T1", "职能部门", "T"), rules.Entry("T2", "属地政府", "T"), rules.Entry("T3", "项目单位", "T"),
        rules.Entry("C", "一统筹"),
    ]  # fmt: skip
    assert rules.problems("两级三层一统筹", two_three_one, rules.claimed("两级三层一统筹")) == []
    moved = [*two_three_one[:6], rules.Entry("T3", "项目单位", "L"), two_three_one[7]]
    assert any("两级" in one for one in rules.problems("两级三层一统筹", moved, 6))


def test_codes_are_once_and_parents_exist():
    wrong = rules.problems("行业", [rules.Entry("A", "农"), rules.Entry("A", "林"), rules.Entry("B", "工", "Z")], None)
    assert len(wrong) == 2


@pytest.mark.django_db
def test_an_edition_is_never_edited():
    first = load("行业", entries("农", "工"), code="industry", edition="2011")
    assert load("行业", entries("农", "工"), code="industry", edition="2011").pk == first.pk
    with pytest.raises(Conflict):
        load("行业", entries("农", "商"), code="industry", edition="2011")
    load("行业", entries("农", "商"), code="industry", edition="2017", starts_on=dt.date(2017, 10, 1))
    assert list(queries.labels("industry").values()) == ["农", "商"]
    assert list(queries.code_list("industry", on=dt.date(2016, 1, 1)).names.values()) == ["农", "工"]


@pytest.mark.django_db
def test_code_lists_come_with_edges_and_cost_one_query(django_assert_num_queries):
    load("区划", [rules.Entry("4101", "郑州市"), rules.Entry("ZDXQ", "郑东新区", "4101")], code="area", claims=0)
    assert queries.code_list("area").lineage("ZDXQ") == ("ZDXQ", "4101")
    with django_assert_num_queries(1):
        assert queries.code_list("area").names["4101"] == "郑州市"
    with pytest.raises(NotFound):
        queries.code_list("nowhere")
