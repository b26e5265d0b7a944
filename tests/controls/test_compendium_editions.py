"""Controls of the compendium: a published edition holds its own copies, is closed, is bound by a digest, and takes two persons."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.compendium import access, actions, queries
from songda.deliveries.policy.compendium.models import Edition, EditionEntry
from songda.deliveries.policy.compendium.tests.conftest import dictionaries, documents, draft, edition, new_edition
from songda.deliveries.policy.library.actions import edit_document
from songda.deliveries.policy.library.tests.texts import NOW
from songda.engines.printing import Heading
from songda.engines.printing.paper import plain
from songda.kernel.errors import Conflict
from songda.registry.rulebook.tests.books import catalogue
from tests.controls.opened import check_off

__all__ = ["catalogue", "dictionaries", "documents", "draft", "edition"]
BOOK = import_module("songda.deliveries.policy.compendium.queries.book")
PUBLISH = import_module("songda.deliveries.policy.compendium.actions.publish_edition")


def titles(edition: Edition) -> list[str]:
    return [plain(one.text) for one in queries.paper_of(edition).blocks if isinstance(one, Heading) and one.level == 2]


@pytest.mark.row("POL-01")
def test_without_its_own_copies_an_edition_changes_with_the_documents(cast, edition, documents, monkeypatch):
    before = titles(edition)
    edit_document(documents[0].pk, {"title": "后来的标题"}, by=cast.editor, now=NOW)
    assert titles(edition) == before
    whole = BOOK._policy
    monkeypatch.setattr(BOOK, "_policy", lambda entry: (setattr(entry, "title", entry.document.title), whole(entry))[1])
    assert "1. 后来的标题" in titles(edition)


@pytest.mark.row("POL-01")
def test_a_published_edition_is_closed(cast, edition, monkeypatch):
    entry = edition.entries.first()
    with pytest.raises(Conflict, match="不能更改"):
        actions.leave_out(edition.pk, entry.pk, by=cast.editor, now=NOW)
    verb = import_module("songda.deliveries.policy.compendium.actions.draft_edition")
    monkeypatch.setattr(verb, "edition_to_change", lambda key, _by: Edition.objects.get(pk=key))
    actions.leave_out(edition.pk, entry.pk, by=cast.editor, now=NOW)
    assert edition.entries.count() == 1
    assert not queries.is_unchanged(edition)  # the digest tells it all the same


def test_the_digest_keeps_what_was_changed_behind_its_back_from_print(edition, monkeypatch):
    EditionEntry.objects.filter(edition=edition, ordinal=1).update(title="篡改")
    with pytest.raises(Conflict, match="不符"):
        queries.paper_of(edition)
    monkeypatch.setattr(BOOK, "is_unchanged", lambda _edition: True)
    assert titles(edition)[0] == "1. 篡改"


def test_two_persons_by_the_verb_and_by_the_database(draft):
    rows = Edition.objects.filter(pk=draft.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(published_by=draft.drafted_by)
    with check_off(Edition, "edition_two_persons"):
        assert rows.update(published_by=draft.drafted_by) == 1


def test_a_number_is_used_once(cast, draft):
    with pytest.raises(Conflict, match="期号"):
        actions.draft_edition(new_edition(cast), by=cast.editor, now=NOW)
    assert actions.draft_edition(new_edition(cast, "第2期"), by=cast.editor, now=NOW).pk != draft.pk


def test_firms_see_no_draft(cast, draft, monkeypatch):
    assert not access.editions_visible_to(cast.clerk).exists()
    Edition.objects.filter(pk=draft.pk).update(state="published")
    assert access.editions_visible_to(cast.clerk).exists()
    assert not access.editions_visible_to(cast.stranger).exists()
