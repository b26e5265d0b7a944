"""The pages: a plan is drafted, filled in and published by hand; a reader sees the published one; queries do not grow with rows."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.plans import queries
from songda.deliveries.policy.plans.models import Plan
from songda.deliveries.policy.plans.tests.plans import published, upper, whole
from songda.kernel import clock
from songda.registry.people.tests.cast import NOW, enter

pytestmark = [pytest.mark.usefixtures("catalogue", "ledger"), pytest.mark.row("POL-05")]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """Pages read the clock of the cast's day."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_an_editor_drafts_edits_and_confirms_and_a_publisher_publishes(cast, client):
    visitor = enter(client, cast.editor)
    form = {"title": "示例方案", "upper": upper(cast).pk, "area_path": cast.zone.area_path}
    address = visitor.post("/policy/plans/new/", form)["Location"]
    plan = Plan.objects.get()
    assert "还有 3 项没有安排" in visitor.get(address).content.decode()
    assert "没有安排" in visitor.post(f"{address}confirm/", follow=True).content.decode()
    for row in queries.rows_of(plan):
        said = {"lead": cast.bureau.pk, "due_on": "2020-04-15", "ratio": "1：0.5"}
        assert visitor.post(f"/policy/plans/rows/{row.pk}/", said).status_code == 302
    assert {one.ratio for one in queries.rows_of(plan)} == {"1:0.5"}
    assert "须由另一人发布" in visitor.post(f"{address}confirm/", follow=True).content.decode()
    assert "任务已交办" in enter(client, cast.publisher).post(f"{address}publish/", follow=True).content.decode()


def test_a_firm_reads_the_published_plan_and_not_the_draft(cast, client, django_assert_max_num_queries):
    draft = whole(cast)
    visitor = enter(client, cast.clerk)
    assert visitor.get(f"/policy/plans/{draft.pk}/").status_code == 404
    Plan.objects.filter(pk=draft.pk).update(code="other")
    told = published(cast, draft.upper)
    with django_assert_max_num_queries(25):
        page = visitor.get(f"/policy/plans/{told.pk}/").content.decode()
    assert "3/3" in page
    assert "/cases/" not in page.split('id="content"')[1]
    assert visitor.get(f"/policy/plans/{told.pk}/table/").status_code == 200
