from __future__ import annotations

import pytest

from songda.deliveries.service.markets import access
from songda.deliveries.service.markets.models import MarketPlan
from songda.deliveries.service.markets.tests.stage import market_at
from songda.registry.people.tests.cast import enter

pytestmark = pytest.mark.django_db
TYPED = {"zones": "A区\t4", "slots": "周一\n周二", "stands": "甲\tA区\t苗木\t3\t1\t2\t是\n乙\tA区\t\t3", "notice": "戴口罩"}


@pytest.mark.row("SVC-10")
def test_the_way_through_the_pages(client, cast):
    market = market_at(cast)
    street = enter(client, cast.street)
    assert "还没有方案" in street.get("/markets/").content.decode()
    wrong = street.post(f"/markets/new/{market.pk}/", {**TYPED, "stands": "甲\tB区"})
    assert "所在分区“B区”不存在" in wrong.content.decode()
    address = street.post(f"/markets/new/{market.pk}/", TYPED)["Location"]
    plan = MarketPlan.objects.get()
    assert "只有 0 个时段" in street.get(address).content.decode()
    street.post(f"{address}arrange/")
    stall = plan.stalls.get(name="甲")
    crowded = next(slot for slot in ("周一", "周二") if not stall.placements.filter(slot=slot).exists())
    refused = street.post(f"/markets/stalls/{stall.pk}/place/", {"slot": crowded}, follow=True).content.decode()
    assert f"A区在{crowded}安排 6 人，容量 4 人。" in refused
    street.post(f"{address}submit/")
    assert street.post(f"{address}decide/").status_code == 403
    boss = enter(client, cast.dispatcher)
    assert "批准并公布" in boss.get(address).content.decode()
    boss.post(f"{address}decide/", {"back": "1", "reason": "周末另排"})
    assert MarketPlan.objects.get().returned_for == "周末另排"
    enter(client, cast.street).post(f"{address}submit/")
    enter(client, cast.dispatcher).post(f"{address}decide/")
    client.logout()
    seen = client.get(f"/markets/t/{access.posted_code(MarketPlan.objects.get())}/").content.decode()
    assert "现行排期（第 1 版" in seen and "甲" in seen
    assert client.get("/markets/t/1:forged/").status_code == 404


def test_the_sheet_and_its_code(client, cast):
    market = market_at(cast)
    street = enter(client, cast.street)
    address = street.post(f"/markets/new/{market.pk}/", TYPED)["Location"]
    street.post(f"{address}arrange/")
    assert "错峰经营方案" in street.get(f"{address}sheet/").content.decode()
    assert street.get(f"{address}code.svg").content.startswith(b"<?xml")
    assert 'value="戴口罩"' not in street.get(f"{address}edit/").content.decode()
    assert "甲\tA区\t苗木\t3\t1\t2\t是" in street.get(f"{address}edit/").content.decode()


def test_a_record_costs_the_same_for_many_merchants(client, cast, django_assert_max_num_queries):
    market = market_at(cast)
    street = enter(client, cast.street)
    many = {**TYPED, "stands": "\n".join(f"商户{n}\tA区\t\t1" for n in range(8))}
    address = street.post(f"/markets/new/{market.pk}/", many)["Location"]
    street.post(f"{address}arrange/")
    with django_assert_max_num_queries(14):
        street.get(address)
