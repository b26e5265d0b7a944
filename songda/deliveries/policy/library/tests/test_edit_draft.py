from __future__ import annotations

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    cite_clause,
    draft_measure,
    edit_document,
    file_document,
    mark_rest,
    set_aside_article,
)
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, confirmed, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def document(cast):
    return received(cast.editor, cast.zone.area_path)


def test_a_piece_of_an_article_becomes_a_draft(cast, document):
    article = document.articles.last()
    start = document.text.index("推动工作落实")
    version = draft_measure(article.pk, title="推动落实", start=start, end=start + 6, by=cast.editor, now=NOW)
    assert (version.benefit, version.measure.code, version.state) == ("推动工作落实", f"d{document.pk}-m5", "draft")
    assert not queries.uncovered_articles(document).exists()


def test_a_code_is_taken_once(cast, document):
    article = document.articles.last()
    given = {"title": "推动落实", "start": article.start, "end": article.end, "code": "zone-own-1"}
    draft_measure(article.pk, **given, by=cast.editor, now=NOW)
    with pytest.raises(Conflict):
        draft_measure(article.pk, **given, by=cast.editor, now=NOW)


def test_a_piece_outside_the_article_is_refused(cast, document):
    first, last = document.articles.first(), document.articles.last()
    with pytest.raises(Invalid, match="不在本条之内"):
        cite_clause(drafts_of(document)[0].pk, first.pk, start=last.start, end=last.end, by=cast.editor, now=NOW)


@pytest.mark.row("POL-02")
def test_a_measure_may_stand_on_clauses_of_two_documents(cast, document):
    other = received(cast.editor, cast.zone.area_path, PACKAGE.replace("3万元", "4万元"))
    article = other.articles.first()
    version = drafts_of(document)[0]
    source = cite_clause(version.pk, article.pk, start=article.start, end=article.end, by=cast.editor, now=NOW)
    assert source.quote == other.text[article.start : article.end]
    assert queries.package(other).measures == 5


@pytest.mark.row("POL-02")
def test_the_rest_is_marked_at_once(cast, document):
    assert mark_rest(document.pk, reason="工作要求", by=cast.editor, now=NOW) == 1
    assert not queries.uncovered_articles(document).exists()


@pytest.mark.row("POL-01")
def test_the_sum_over_categories_may_exceed_the_documents(cast, document):
    file_document(document.pk, ["rent", "service", "rent"], by=cast.editor, now=NOW)
    other = received(cast.editor, cast.zone.area_path, PACKAGE.replace("3万元", "4万元"))
    file_document(other.pk, ["rent"], by=cast.editor, now=NOW)
    documents = Document.objects.all()
    assert queries.counts_by_category(documents) == {"rent": 2, "service": 1}
    assert documents.count() == 2
    file_document(document.pk, ["tax"], by=cast.editor, now=NOW)
    assert queries.counts_by_category(documents) == {"rent": 1, "tax": 1}


def test_corrections_are_told_before_and_after(cast, document):
    edit_document(document.pk, {"short_name": "三条", "level": "park"}, by=cast.editor, now=NOW)
    entry = AuditEntry.objects.get(action="policy.edit_document")
    assert (entry.before, entry.after) == ({"short_name": "示例三条"}, {"short_name": "三条"})
    with pytest.raises(Invalid):
        edit_document(document.pk, {"text": "别的正文"}, by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="有效期止"):
        edit_document(document.pk, {"valid_until": "2019-01-01"}, by=cast.editor, now=NOW)


def test_an_article_is_set_aside_with_its_drafts(cast):
    document = received(cast.editor, cast.zone.area_path)
    first = document.articles.first()
    drafts = [one for one in drafts_of(document) if one.sources.filter(article=first).exists()]
    with pytest.raises(Invalid):
        set_aside_article(first.pk, reason=" ", by=cast.editor, now=NOW)
    set_aside_article(first.pk, reason="由上级文件兑现", by=cast.editor, now=NOW)
    first.refresh_from_db()
    assert first.no_measure == "由上级文件兑现"
    assert {MeasureVersion.objects.get(pk=one.pk).state for one in drafts} == {"withdrawn"}


def test_an_article_somebody_has_stood_for_is_not_set_aside(cast):
    version = confirmed(drafts_of(received(cast.editor, cast.zone.area_path))[0], cast.editor)
    article = version.sources.get().article
    with pytest.raises(Conflict, match="本条已有审核或发布的措施"):
        set_aside_article(article.pk, reason="示例", by=cast.editor, now=NOW)
    assert not article.cited_by.filter(version__state="withdrawn").exists()
