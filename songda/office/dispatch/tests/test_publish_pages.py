"""Publishing matches at once, and says how many firms it fits."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.library.actions import confirm_measure, edit_draft, give_contact, settle_condition, write_rule
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import CONTACT, drafts_of, received
from songda.deliveries.policy.matching.models import MatchRun
from songda.kernel import clock
from songda.registry.people.tests.cast import NOW, enter
from songda.registry.rulebook import queries as rulebook

TEXT = "企业规模 属于 {小型；微型}"


@pytest.fixture
def reviewed(board, monkeypatch) -> MeasureVersion:
    """A measure of a received document, confirmed by the editor."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    version, by = drafts_of(received(board.cast.editor, board.cast.zone.area_path))[0], board.cast.editor
    give_contact(version.pk, CONTACT, by=by, now=NOW)
    edit_draft(version.pk, {"budget_line": "示例资金"}, by=by, now=NOW)
    write_rule(version.pk, text=TEXT, cases=rulebook.suggestions(TEXT, "", clock.day_of(NOW)), by=by, now=NOW)
    for condition in version.open_conditions.all():
        settle_condition(condition.pk, reason="示例", by=by, now=NOW)
    return confirm_measure(version.pk, by=by, now=NOW)


def text_of(response):
    return response.content.decode()


@pytest.mark.row("POL-02")
def test_another_person_publishes_and_sees_the_counts(board, client, reviewed):
    response = enter(client, board.cast.publisher).post(f"/policy/measures/{reviewed.pk}/publish/", follow=True)
    run = MatchRun.objects.get(version=reviewed)
    assert (run.yes, run.no) == (2, 1)
    assert f"已发布。按 2020-03-10 的数据匹配：是 2 家，待核 {run.unknown} 家，否 1 家。" in text_of(response)


def test_refused_with_the_sentence_on_the_measures_page(board, client, reviewed):
    MeasureVersion.objects.filter(pk=reviewed.pk).update(confirmed_by=board.cast.publisher.account_id)
    response = enter(client, board.cast.publisher).post(f"/policy/measures/{reviewed.pk}/publish/", follow=True)
    assert "须由另一人发布" in text_of(response)
    assert not MatchRun.objects.exists()


def test_an_editor_does_not_publish(board, client, reviewed):
    assert enter(client, board.cast.editor).post(f"/policy/measures/{reviewed.pk}/publish/").status_code == 403


def test_the_whole_document_is_published_and_matched(board, client, reviewed):
    document = reviewed.sources.get().article.document
    client = enter(client, board.cast.publisher)
    early = client.post(f"/policy/documents/{document.pk}/publish/", follow=True)
    assert "既无措施也未说明理由" in text_of(early)
    document.articles.update(no_measure="示例")
    done = client.post(f"/policy/documents/{document.pk}/publish/", follow=True)
    assert "是 2 家" in text_of(done)
    assert MatchRun.objects.get().version_id == reviewed.pk
