"""Control: reading again never replaces what a person touched (POL-02); two guards, before the plan and in the UPDATE."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest

from songda.deliveries.policy.library.actions import edit_draft, reread_document
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, drafts_of, received
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")
VERB = import_module("songda.deliveries.policy.library.actions.reread_document")


@pytest.fixture
def touched(cast, monkeypatch):
    """A draft with a person's title, and a reader that drops every second promise."""
    version = drafts_of(received(cast.editor, cast.zone.area_path))[0]
    edit_draft(version.pk, {"title": "我写的名称"}, by=cast.editor, now=NOW)
    todays = VERB.read_or_refuse

    def another(text):
        reading = todays(text)
        return replace(reading, articles=tuple(replace(one, measures=one.measures[:1]) for one in reading.articles))

    monkeypatch.setattr(VERB, "read_or_refuse", another)
    return version


def title_after(version, by):
    document = version.sources.get().article.document
    reread_document(document.pk, by=by, now=NOW)
    return MeasureVersion.objects.get(pk=version.pk).title


@pytest.mark.row("POL-02")
def test_a_touched_draft_stays_and_without_the_guards_it_is_replaced(cast, touched, monkeypatch):
    assert title_after(touched, cast.editor) == "我写的名称"
    monkeypatch.setattr(MeasureVersion, "touched", False)
    assert title_after(touched, cast.editor) == "我写的名称"  # the UPDATE looks again
    monkeypatch.setattr(VERB, "UNTOUCHED", {"state": "draft"})
    assert title_after(touched, cast.editor) != "我写的名称"
