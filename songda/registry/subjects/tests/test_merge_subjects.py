from __future__ import annotations

import pytest

from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.registry.subjects import access, queries
from songda.registry.subjects.actions import merge_subjects, undo_merge
from songda.registry.subjects.rules import uscc
from songda.registry.subjects.tests.cast import NOW, clerk, firm, place

pytestmark = pytest.mark.django_db
ONE, TWO = "郑州深国际综合物流港有限公司", "郑州深国际综合物流港发展有限公司"
CITY = clerk("4101/")


def merge(kept, merged, by=CITY):
    return merge_subjects(kept.pk, merged.pk, reason="同一企业两种写法", by=by, now=NOW)


@pytest.mark.row("SUP-01")
def test_two_names_are_proposed_as_one_merged_and_parted_again():
    here = place()
    kept, merged = firm(ONE, here.erqi), firm(TWO, here.erqi)
    firm("郑州示例物流有限公司", here.erqi)
    assert {one.subject.pk for one in queries.likely_duplicates(TWO)} == {kept.pk, merged.pk}

    done = merge(kept, merged)
    assert merged.pk not in set(access.visible_to(CITY).values_list("pk", flat=True))
    assert queries.present_id(merged.pk) == kept.pk
    assert [one.name for one in queries.aliases_of(kept)] == [TWO]
    assert [one.subject.pk for one in queries.likely_duplicates(TWO)] == [kept.pk]

    undo_merge(done.pk, by=CITY, now=NOW)
    assert access.subject_for(merged.pk, CITY).name == TWO
    assert queries.aliases_of(kept).count() == 0
    assert queries.present_id(merged.pk) == merged.pk
    with pytest.raises(Conflict):
        undo_merge(done.pk, by=CITY, now=NOW)


def test_what_may_not_be_merged():
    here = place()
    one = firm("甲示例有限公司", here.erqi, uscc.complete("91990100MA000001"))
    two = firm("甲示例厂有限公司", here.erqi, uscc.complete("91990100MA000002"))
    three = firm("甲示例", here.gaoxin)
    with pytest.raises(Invalid, match="依法是两个主体"):
        merge(one, two)
    with pytest.raises(Invalid, match="保留有统一社会信用代码"):
        merge(three, one)
    with pytest.raises(Invalid, match="两个不同"):
        merge(one, one)
    with pytest.raises(NotFound):
        merge(one, three, by=clerk("4101/03/"))
    merge(one, three)
    with pytest.raises(NotFound):
        merge(two, three)
