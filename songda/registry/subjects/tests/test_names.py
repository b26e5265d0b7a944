from __future__ import annotations

import pytest

from songda.registry.subjects.rules import names

ONE, TWO = "郑州深国际综合物流港有限公司", "郑州深国际综合物流港发展有限公司"


@pytest.mark.row("SUP-01")
def test_the_two_names_of_one_firm_have_one_core():
    assert names.core_of(ONE) == names.core_of(TWO) == "深国际综合物流港"
    assert names.likeness(names.core_of(ONE), names.core_of(TWO)) == 1.0


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("河南省郑州市中原区示例机械有限责任公司", "示例机械"),
        ("郑州示例食品股份有限公司", "示例食品"),
        ("示例（郑州）电子科技有限公司", "示例电子"),
        ("发展有限公司", "发展"),
        ("郑州公司", "郑州"),
        ("新郑市示例枣业农民专业合作社", "示例枣业"),
        ("示例投资管理中心（有限合伙）", "示例投资管理中心"),
    ],
)
def test_places_and_forms_are_taken_off(name, core):
    assert names.core_of(name) == core


def test_different_firms_are_not_alike():
    assert names.likeness(names.core_of("郑州示例食品有限公司"), names.core_of("郑州示范机械有限公司")) < names.ALIKE


def test_sort_keys_follow_pinyin():
    assert sorted(["郑州", "安阳", "开封", "洛阳"], key=names.key_of) == ["安阳", "开封", "洛阳", "郑州"]
    assert names.key_of("郑州A1（集团）") == "zheng zhou a 1 ji tuan"
    assert len(names.key_of("壮" * 160)) <= names.KEY_LENGTH
