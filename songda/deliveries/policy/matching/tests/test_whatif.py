from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.matching import queries
from songda.deliveries.policy.matching.queries import whatif
from songda.kernel import clock
from songda.kernel.errors import Conflict, NotFound
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, enter, hire
from songda.registry.subjects.models import Subject

TEXT = "企业规模 属于 {小型；微型} 且 用工人数 ≥ 55人"  # one: 是; two: 否; three: 待核 (size not known); four: 否


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    whatif._scopes.clear()


def tried(text, actor, version=None, amount="", now=NOW):
    return queries.what_if(text, amount, version, actor, now=now)


def told(trial):
    return {part.answer: part.firms for part in trial.parts}


def test_counts_in_scope_with_the_sieve_and_whom_each_part_costs(board):
    board.snapshot()
    trial = tried(TEXT, board.cast.street, board.versions["small"].pk)
    assert told(trial) == {"是": 1, "待核": 3, "否": 2}  # of the cast's own two firms nothing is known
    assert [(one.text, one.no, one.unknown, one.left, one.alone) for one in trial.sieves] == [
        ("企业规模 属于 {小型；微型}", 1, 3, 2, 0),
        ("用工人数 ≥ 55人", 2, 2, 1, 1),
    ]
    assert (trial.gained, trial.lost) == (0, 1)  # four fits the saved rule


def test_firms_are_named_to_those_who_may_see_them(board):
    board.snapshot()
    shown = {part.answer: [one.name for one in part.examples] for part in tried(TEXT, board.cast.street).parts}
    assert shown["是"] == ["示例企业one"]
    assert len(shown["待核"]) == 3
    assert all(not part.examples for part in tried(TEXT, board.cast.editor).parts)
    assert told(tried(TEXT, board.cast.editor))["是"] == 1


def test_the_expected_sum_of_those_who_fit(board):
    board.snapshot()
    assert tried("用工人数 ≥ 60人 且 企业规模 属于 {小型}", board.cast.street, amount="营业收入 × 1% 上限 5万元").fen == 5_000_000
    assert tried(TEXT, board.cast.street, amount="营业收入 ×").fen is None


def test_another_scope_counts_its_own_firms_only(board):
    board.snapshot()
    away = hire(Role.POLICY_EDITOR, at=board.cast.other_zone)
    assert sum(told(tried(TEXT, away)).values()) <= 1
    with pytest.raises(NotFound):
        tried(TEXT, hire(Role.STREET_CLERK, at=board.cast.other_zone), 999_999)


def test_who_closed_is_gone_within_a_minute(board):
    board.snapshot()
    assert told(tried(TEXT, board.cast.street))["是"] == 1
    Subject.objects.filter(pk=board.firms["one"].pk).update(status=Subject.Status.CLOSED)
    assert told(tried(TEXT, board.cast.street, now=NOW + dt.timedelta(minutes=1)))["是"] == 0


def test_no_rule_gives_nothing_and_no_snapshot_says_how_to_get_one(board):
    assert tried("用工人数 ≥", board.cast.street) is None
    with pytest.raises(Conflict, match="快照"):
        tried(TEXT, board.cast.street)


def posted(client, **fields):
    return client.post("/policy/whatif/", fields)


def test_the_page_takes_the_same_queries_for_any_rule(board, client, django_assert_num_queries):
    board.snapshot()
    enter(client, board.cast.street)
    version = str(board.versions["small"].pk)
    posted(client, text=TEXT, version=version)
    with django_assert_num_queries(8) as seen:
        posted(client, text=TEXT, version=version)
    with django_assert_num_queries(len(seen)):
        page = posted(client, text=f"({TEXT}) 或 规模以上 或 行业 属于 {{制造业}}", version=version).content.decode()
    assert f'href="/firms/{board.firms["one"].pk}/"' in page


def test_the_page_says_what_is_in_the_way_and_never_fails(board, client):
    enter(client, board.cast.editor)
    assert "生成快照" in posted(client, text=TEXT).content.decode()
    board.snapshot()
    assert posted(client, text="用工人数 ≥").status_code == 204
    assert posted(client, text="").status_code == 204
    assert "没有这份文件或措施" in posted(client, text=TEXT, version="999999").content.decode()
    assert posted(client, text=TEXT, version="x" * 50).status_code == 200
    enter(client, board.cast.clerk)
    assert posted(client, text=TEXT).status_code == 403
