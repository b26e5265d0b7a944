from __future__ import annotations

import datetime as dt

import pytest

from songda.registry.subjects import queries
from songda.registry.subjects.actions import leave_park, place_in_park
from songda.registry.subjects.models import Subject
from songda.registry.subjects.rules.sets import INDUSTRY, SubjectSet
from songda.registry.subjects.tests.cast import NOW, clerk, firm, place

pytestmark = pytest.mark.django_db
MARCH = dt.date(2020, 3, 23)


@pytest.mark.row("SUP-18")
def test_a_park_may_count_more_firms_than_its_district_counts_in_industry():
    """79 规模以上重大企业 in a park beside 78 规上工业 in its district: two sets, each with its definition, laid side by side."""
    here, city = place(), clerk("4101/")
    factories = [firm(f"示例{n}号厂", here.erqi) for n in range(4)]
    shops = [firm(f"示例{n}号商行", here.erqi) for n in range(2)]
    abroad = firm("示例外区厂", here.gaoxin)  # in the park, registered in another district
    Subject.objects.filter(pk__in=[one.pk for one in (*factories, abroad)]).update(industry="1432", above_scale=True)
    Subject.objects.filter(pk__in=[one.pk for one in shops]).update(industry="5101", above_scale=True)
    for one in (*factories[:3], *shops, abroad):
        place_in_park(one.pk, park_id=here.park.pk, on=dt.date(2020, 1, 1), by=city, now=NOW)

    park = SubjectSet(park_id=here.park.pk, park_name="马寨产业集聚区", above_scale=True)
    district = SubjectSet("4101/03/", "二七区", sections=INDUSTRY, above_scale=True)
    found = queries.compared(park, district, on=MARCH)
    assert (found.one, found.two, found.both, found.only_one, found.only_two) == (6, 4, 3, 3, 1)
    assert found.one > found.two
    assert park.definition == "入驻马寨产业集聚区（不论登记在何辖区），规模以上（以统计部门名录为准），全部行业（含服务业）"
    assert district.definition == "登记在二七区（含其园区），规模以上（以统计部门名录为准），行业门类B、C、D"


@pytest.mark.row("SUP-18")
def test_membership_is_dated_and_once():
    here, city = place(), clerk("4101/")
    one = firm("示例厂", here.erqi)
    park = SubjectSet(park_id=here.park.pk, park_name="马寨")
    place_in_park(one.pk, park_id=here.park.pk, on=dt.date(2020, 3, 1), by=city, now=NOW)
    place_in_park(one.pk, park_id=here.park.pk, on=dt.date(2020, 3, 5), by=city, now=NOW)
    assert queries.parks_of(one) == ["马寨产业集聚区"]
    leave_park(one.pk, park_id=here.park.pk, on=dt.date(2020, 3, 20), by=city, now=NOW)
    counts = [queries.members(park, on=dt.date(2020, month, day)).count() for month, day in ((2, 29), (3, 1), (3, 20), (3, 21))]
    assert counts == [0, 1, 1, 0]
    place_in_park(one.pk, park_id=here.park.pk, on=dt.date(2020, 4, 1), by=city, now=NOW)
    assert queries.members(park, on=dt.date(2020, 4, 1)).count() == 1
