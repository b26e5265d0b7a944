"""Papers on their way: who may, what is frozen, who reads, pages."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, NotFound, NotPermitted
from songda.ledger.papers import actions, queries
from songda.ledger.papers.access import visible_to
from songda.ledger.papers.actions import NewPaper
from songda.ledger.papers.queries import Wanted
from songda.ledger.papers.tests.ground import lay, notice, register
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, enter, hire

LATER = NOW + dt.timedelta(days=3)


@pytest.fixture
def ground(cast):
    lay(cast)
    return cast


def test_what_went_out_never_changes(ground):
    paper = actions.issue_paper(notice(ground).pk, by=ground.publisher, now=NOW)
    with pytest.raises(Conflict, match="不是草稿"):
        actions.write_paper(paper.pk, {"about": "别的"}, by=ground.editor, now=LATER)
    gone = actions.withdraw_paper(paper.pk, "文号有误", by=ground.publisher, now=LATER)
    assert (gone.state, gone.number) == ("withdrawn", "郑高新〔2020〕1号")
    assert actions.issue_paper(notice(ground, "另一事").pk, by=ground.publisher, now=LATER).number == "郑高新〔2020〕2号"
    assert AuditEntry.objects.filter(action="paper.issue").count() == 2


def test_readers(ground):
    public = actions.issue_paper(notice(ground).pk, by=ground.publisher, now=NOW)
    own = actions.issue_paper(register(ground).pk, by=ground.officer, now=NOW)
    draft = notice(ground, "未发")
    assert set(visible_to(ground.clerk)) == {public, own}
    assert set(visible_to(ground.stranger)) == set()
    assert draft in visible_to(ground.editor)
    assert draft not in visible_to(ground.leader)
    other = hire(Role.ENTERPRISE_CLERK, of=ground.neighbour)
    assert set(visible_to(other)) == {public}
    with pytest.raises(NotPermitted):
        visible_to(ground.audit_admin)


def test_nobody_writes_in_another_units_name(ground):
    with pytest.raises(NotPermitted, match="名义"):
        actions.draft_paper(NewPaper("notice-deposits", ground.other_zone.pk), by=ground.editor, now=NOW)
    with pytest.raises(NotPermitted, match="不能办理"):
        actions.draft_paper(NewPaper("notice-deposits", ground.zone.pk), by=ground.officer, now=NOW)
    with pytest.raises(NotFound):
        actions.issue_paper(notice(ground).pk, by=ground.stranger, now=NOW)


def test_a_year_begins_anew_and_years_of_keeping_count_from_its_end(ground):
    first = actions.issue_paper(register(ground).pk, by=ground.officer, now=NOW)
    second = actions.issue_paper(register(ground).pk, by=ground.officer, now=dt.datetime(2021, 1, 4, tzinfo=dt.UTC))
    assert (first.number, second.number) == ("郑高新申〔2020〕1号", "郑高新申〔2021〕1号")
    assert (first.keep_until, second.keep_until) == (dt.date(2030, 12, 31), dt.date(2031, 12, 31))
    over = queries.listed(ground.officer, Wanted(over=dt.date(2031, 1, 1)))
    assert list(over) == [first]


def test_pages(ground, client, django_assert_max_num_queries):
    enter(client, ground.editor)
    assert "保证金缓缴通知" in client.get("/papers/catalogue/").content.decode()
    told = {"unit": ground.zone.pk, "field_about": "暂缓缴纳", "field_to": "", "field_body": "正文<b>"}
    here = client.post("/papers/new/?kind=notice-deposits", told)["Location"]
    assert "须由起草人以外的人签发" not in client.get(here).content.decode()  # an editor may not issue at all
    assert client.post(f"{here}write/", {**told, "field_body": "新正文"}).status_code == 302
    enter(client, ground.publisher)
    assert "编号制发" in client.get(here).content.decode()
    assert client.post(f"{here}issue/").status_code == 302
    page = client.get(here).content.decode()
    assert f"郑高新〔{clock.day_of(clock.now()).year}〕1号" in page
    assert client.get(f"{here}docx/").status_code == client.get(f"{here}html/").status_code == 200
    for at in range(5):
        actions.issue_paper(notice(ground, f"第{at}事").pk, by=ground.publisher, now=NOW)
    with django_assert_max_num_queries(15):
        assert "第4事" in client.get("/papers/?text=通知&year=2020&kind=notice-deposits").content.decode()
    assert client.post(f"{here}withdraw/", {"reason": "有误"}).status_code == 302
    assert "已撤回" in client.get(here).content.decode()
    draft = notice(ground)
    enter(client, ground.editor)
    assert client.post(f"/papers/{draft.pk}/void/", {"reason": "不发了"}).status_code == 302
