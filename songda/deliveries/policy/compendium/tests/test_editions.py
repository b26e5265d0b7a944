"""An edition lists each filed policy once, counts by category, and never changes once published (POL-01)."""

from __future__ import annotations

from collections import Counter

import pytest

from songda.deliveries.policy.compendium import actions, queries
from songda.deliveries.policy.compendium.models import Edition, EditionEntry
from songda.deliveries.policy.compendium.tests.conftest import new_edition
from songda.deliveries.policy.library.actions import edit_document, file_document
from songda.deliveries.policy.library.models import Document, Filing
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, received
from songda.engines.printing import Heading
from songda.engines.printing.paper import plain
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted


@pytest.mark.row("POL-01")
def test_the_book_lists_each_policy_once_and_counts_as_the_rows_do(edition, documents):
    shelf = queries.contents_of(edition)
    counted = Counter(Filing.objects.values_list("category", flat=True))
    assert {one.code: len(one.ordinals) for one in shelf.chapters} == counted == {"rent": 1, "service": 2}
    assert (shelf.distinct, shelf.filed) == (2, 3)
    printed = [plain(one.text) for one in queries.paper_of(edition).blocks if isinstance(one, Heading) and one.level == 2]
    assert printed == [f"{n}. {entry.title}" for n, entry in sorted(shelf.entries.items())]
    assert len(printed) == len(set(printed)) == Document.objects.filter(filings__isnull=False).distinct().count()


def test_order_is_by_category_then_level(edition, documents):
    assert [entry.document_id for entry in edition.entries.all()] == [documents[0].pk, documents[1].pk]


@pytest.mark.row("POL-01")
def test_a_published_edition_never_changes_though_documents_do(cast, edition, documents):
    before = queries.paper_of(edition)
    edit_document(documents[0].pk, {"title": "改过的标题", "number": "甲9号", "valid_until": None}, by=cast.editor, now=NOW)
    file_document(documents[0].pk, ["tax"], by=cast.editor, now=NOW)
    received(cast.editor, cast.zone.area_path, PACKAGE.replace("免收2个月", "免收5个月"))
    assert queries.paper_of(Edition.objects.get(pk=edition.pk)) == before
    assert queries.is_unchanged(edition)
    for act in (
        lambda: actions.gather_documents(edition.pk, by=cast.editor, now=NOW),
        lambda: actions.leave_out(edition.pk, edition.entries.first().pk, by=cast.editor, now=NOW),
        lambda: actions.withdraw_edition(edition.pk, by=cast.editor, now=NOW),
        lambda: actions.publish_edition(edition.pk, by=cast.publisher, now=NOW),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_change_behind_its_back_is_seen_and_not_printed(edition):
    EditionEntry.objects.filter(edition=edition, ordinal=1).update(title="篡改")
    assert not queries.is_unchanged(edition)
    with pytest.raises(Conflict, match="不符"):
        queries.paper_of(edition)


def test_two_persons_and_what_may_not_be(cast, draft):
    with pytest.raises(NotPermitted):
        actions.publish_edition(draft.pk, by=cast.editor, now=NOW)
    with pytest.raises(NotPermitted):
        actions.draft_edition(new_edition(cast, "第2期"), by=cast.desk, now=NOW)
    with pytest.raises(Conflict, match="期号"):
        actions.draft_edition(new_edition(cast), by=cast.editor, now=NOW)


def test_what_is_left_out_closes_up_and_comes_back_when_gathered(cast, draft):
    first, second = draft.entries.all()
    actions.leave_out(draft.pk, first.pk, by=cast.editor, now=NOW)
    assert list(draft.entries.values_list("pk", "ordinal")) == [(second.pk, 1)]
    assert AuditEntry.objects.get(action="compendium.leave_out").before["title"] == first.title
    assert actions.gather_documents(draft.pk, by=cast.editor, now=NOW) == 2
    with pytest.raises(NotFound):
        actions.leave_out(draft.pk, first.pk, by=cast.editor, now=NOW)


def test_an_empty_edition_is_not_published(cast, draft):
    for entry in draft.entries.all():
        actions.leave_out(draft.pk, entry.pk, by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="没有收录"):
        actions.publish_edition(draft.pk, by=cast.publisher, now=NOW)
    assert actions.withdraw_edition(draft.pk, by=cast.editor, now=NOW).state == "withdrawn"
