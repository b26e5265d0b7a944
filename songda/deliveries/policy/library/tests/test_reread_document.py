from __future__ import annotations

import random
from dataclasses import replace
from importlib import import_module

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    Reread,
    annotate,
    cite_clause,
    draft_measure,
    edit_article,
    edit_condition,
    edit_draft,
    mark_no_measure,
    merge_articles,
    merge_measures,
    publish_measure,
    receive_version,
    recut_source,
    reread_document,
    set_aside_article,
    settle_doubt,
    split_article,
    split_measure,
    withdraw_measure,
    write_rule,
)
from songda.deliveries.policy.library.models import Annotation, Article, MeasureSource, MeasureVersion, OpenCondition
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, completed, confirmed, drafts_of, received
from songda.engines.reading.document import Doubt, Quote
from songda.engines.reading.drafts import read
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, NotPermitted, Refused
from songda.registry.rulebook.tests.books import CASES, TEXT

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def document(cast):
    return received(cast.editor, cast.zone.area_path)


@pytest.fixture
def reader(monkeypatch):
    """Put another reader in the place of today's: `reader(change)` changes what is read."""

    verb = import_module("songda.deliveries.policy.library.actions.reread_document")
    todays = verb.read_or_refuse

    def put(change):
        monkeypatch.setattr(verb, "read_or_refuse", lambda text: change(todays(text)))

    return put


def without_first_measures(reading):
    """A reader that misses the first promise of every article and calls the others services."""
    return replace(
        reading,
        articles=tuple(
            replace(one, measures=tuple(replace(measure, kind="service") for measure in one.measures[1:]))
            for one in reading.articles
        ),
    )


def again(document, by):
    return reread_document(document.pk, by=by, now=NOW)


def test_the_same_reading_changes_nothing(cast, document):
    before = [(one.pk, one.measure.code) for one in drafts_of(document)]
    assert again(document, cast.editor) == Reread(kept=4, redrafted=0, added=0, dropped=0)
    assert [(one.pk, one.measure.code) for one in drafts_of(document)] == before
    assert AuditEntry.objects.get(action="policy.reread").after == {"kept": 4, "redrafted": 0, "added": 0, "dropped": 0}


def test_untouched_drafts_are_read_anew_under_their_ids(cast, document, reader):
    first, second, third, fourth = drafts_of(document)
    reader(without_first_measures)
    assert again(document, cast.editor) == Reread(kept=0, redrafted=2, added=0, dropped=2)
    states = {one.pk: (one.state, one.kind) for one in drafts_of(document)}
    assert states == {
        first.pk: ("withdrawn", "fund"),
        second.pk: ("draft", "service"),
        third.pk: ("withdrawn", "service"),
        fourth.pk: ("draft", "service"),
    }
    reader(lambda reading: reading)
    found = again(document, cast.editor)
    assert (found.added, found.redrafted) == (2, 2)
    assert len({one.measure.code for one in drafts_of(document)}) == 6  # a code is never used twice


def test_what_a_person_touched_stays(cast, document, reader):
    drafts = drafts_of(document)
    edit_draft(drafts[0].pk, {"title": "我写的"}, by=cast.editor, now=NOW)
    withdraw_measure(drafts[2].pk, reason="不能兑现", by=cast.editor, now=NOW)
    reader(without_first_measures)
    assert again(document, cast.editor).dropped == 0
    reader(lambda reading: reading)
    again(document, cast.editor)
    assert [(one.title, one.state) for one in drafts_of(document) if one.touched or one.state == "withdrawn"] == [
        ("我写的", "draft"),
        (drafts[2].title, "withdrawn"),
    ]


def test_no_draft_is_added_where_a_person_said_there_is_no_measure(cast, document):
    article = document.articles.first()
    set_aside_article(article.pk, reason="由上级兑现", by=cast.editor, now=NOW)
    assert again(document, cast.editor).added == 0
    assert queries.live_versions(document).count() == 2


def test_corrected_articles_keep_their_cut(cast, document):
    first = document.articles.first()
    second = split_article(first.pk, at=document.text.index("对入驻孵化载体"), by=cast.editor, now=NOW)
    merge_articles(document.articles.all()[2].pk, by=cast.editor, now=NOW)
    before = list(document.articles.values())
    assert again(document, cast.editor) == Reread(4, 0, 0, 0)
    assert list(document.articles.values()) == before
    assert drafts_of(document)[1].sources.get().article == second


def test_articles_follow_the_reading_where_nobody_stands_on_them(cast, document, reader):
    last = document.articles.last()
    mark = annotate(document.pk, kind="key_point", note="", start=last.start, end=last.end, by=cast.editor, now=NOW)

    def two(reading):
        return replace(reading, articles=reading.articles[:2])

    reader(two)
    assert again(document, cast.editor) == Reread(4, 0, 0, 0)
    assert [one.ordinal for one in document.articles.all()] == [1, 2]
    mark.refresh_from_db()
    assert mark.article is None
    reader(lambda reading: replace(reading, articles=reading.articles[1:]))
    assert again(document, cast.editor).dropped == 2
    assert [(one.ordinal, one.label) for one in document.articles.all()] == [(1, "二、"), (2, "三、")]
    mark.refresh_from_db()
    assert mark.article.label == "三、"


def test_an_article_somebody_stands_on_is_not_dropped(cast, document, reader):
    version = confirmed(drafts_of(document)[0], cast.editor)
    reader(lambda reading: replace(reading, articles=reading.articles[1:]))
    again(document, cast.editor)
    assert version.sources.get().article.label == "一、"
    assert document.articles.count() == 3


def test_doubts_are_told_anew_and_settled_ones_stay(cast, document, reader):
    said = [Doubt("figure", 6, f"请核对第{n}个数。", Quote(60, 63, document.text[60:63])) for n in (1, 2)]
    reader(lambda reading: replace(reading, doubts=tuple(said)))
    again(document, cast.editor)
    settle_doubt(document.doubts.first().pk, reason="无误", by=cast.editor, now=NOW)
    again(document, cast.editor)
    assert [(one.message, one.settled) for one in document.doubts.order_by("pk")] == [
        ("请核对第1个数。", "无误"),
        ("请核对第2个数。", ""),
    ]


def test_only_the_latest_text_is_read_again_and_by_editors(cast, document):
    with pytest.raises(NotPermitted):
        again(document, cast.publisher)
    receive_version(document.pk, text=PACKAGE.replace("3万元", "4万元"), by=cast.editor, now=NOW)
    with pytest.raises(Conflict, match="已有新版"):
        again(document, cast.editor)


# ---- nothing that a person did is undone ---------------------------------------------------------------------------


def touches(cast, document, chance):
    """What people may do to a reading, each on a piece chosen by chance."""
    by, now = cast.editor, NOW

    def draft():
        return chance.choice(list(MeasureVersion.objects.filter(sources__article__document=document, state="draft").distinct()))

    def article():
        return chance.choice(list(document.articles.all()))

    def inside(one):
        return chance.randrange(one.start + 1, one.end)

    def condition():
        return chance.choice(list(OpenCondition.objects.filter(version__state="draft", document=document)))

    return [
        lambda: edit_draft(draft().pk, {"title": f"改{chance.random()}"}, by=by, now=now),
        lambda: write_rule(draft().pk, text=TEXT, cases=CASES, by=by, now=now),
        lambda: edit_condition(condition().pk, proposal="", by=by, now=now),
        lambda: confirmed(draft(), by),
        lambda: publish_measure(confirmed(draft(), by).pk, by=cast.publisher, now=now),
        lambda: withdraw_measure(draft().pk, reason="示例", by=by, now=now),
        lambda: completed(draft(), by),
        lambda: split_measure((one := draft()).pk, at=inside(one.sources.first()), by=by, now=now),
        lambda: merge_measures(draft().pk, [draft().pk, draft().pk], by=by, now=now),
        lambda: recut_source((one := draft().sources.first()).pk, start=one.start, end=inside(one), by=by, now=now),
        lambda: edit_article(article().pk, {"title": "改题"}, by=by, now=now),
        lambda: split_article((one := article()).pk, at=inside(one), by=by, now=now),
        lambda: merge_articles(article().pk, by=by, now=now),
        lambda: mark_no_measure(article().pk, reason="示例", by=by, now=now),
        lambda: set_aside_article(article().pk, reason="示例", by=by, now=now),
        lambda: draft_measure((one := article()).pk, title="新", start=one.start, end=inside(one), by=by, now=now),
        lambda: cite_clause(draft().pk, (one := article()).pk, start=one.start, end=inside(one), by=by, now=now),
        lambda: annotate(document.pk, kind="red_line", note="不得", start=60, end=chance.randrange(61, 300), by=by, now=now),
    ]


def of_people(document):
    """Everything that people did: their versions with sources and conditions, their articles, their marks."""
    versions = [one.pk for one in MeasureVersion.objects.all() if one.touched]
    sources = MeasureSource.objects.filter(version__in=versions).order_by("pk")
    return (
        list(MeasureVersion.objects.filter(pk__in=versions).order_by("pk").values()),
        list(sources.values()),
        list(OpenCondition.objects.filter(version__in=versions).order_by("pk").values()),
        [
            {name: value for name, value in row.items() if name != "ordinal"}
            for row in Article.objects.filter(document=document).order_by("pk").values()
            if row["edited_at"] or row["no_measure"]
        ],
        list(Annotation.objects.order_by("pk").values("pk", "start", "end", "quote", "note", "withdrawn_at")),
    )


def another_reader(chance):
    """A reader that drops promises and articles, joins articles and changes kinds, by chance."""

    def change(reading):
        articles = [one for one in reading.articles if chance.random() < 0.85]
        if len(articles) > 1 and chance.random() < 0.4:
            first, second = articles[:2]
            body = Quote.of(reading.text, first.body.start, second.body.end)
            articles[:2] = [replace(first, body=body, measures=first.measures + second.measures)]
        return replace(
            reading,
            articles=tuple(
                replace(
                    one,
                    measures=tuple(
                        replace(measure, kind=chance.choice(("fund", "service")))
                        for measure in one.measures
                        if chance.random() < 0.7
                    ),
                )
                for one in articles
            ),
        )

    return change


@pytest.mark.row("POL-02")
@pytest.mark.parametrize("seed", range(25))
def test_reading_again_changes_nothing_that_a_person_did(cast, document, reader, seed):
    chance = random.Random(seed)
    done = 0
    for _step in range(6):
        try:
            chance.choice(touches(cast, document, chance))()
            done += 1
        except (Refused, IndexError, ValueError):  # refused, or nothing left to choose from
            continue
    assert done
    before = of_people(document)
    for _time in range(3):
        change = another_reader(random.Random(chance.random()))
        reading = change(read(document.text))
        reader(lambda _reading, reading=reading: reading)
        again(document, cast.editor)
        assert of_people(document) == before
        assert again(document, cast.editor) == replace(again(document, cast.editor), redrafted=0, added=0, dropped=0)
        ordinals = list(document.articles.values_list("ordinal", flat=True))
        assert ordinals == list(range(1, len(ordinals) + 1))
        for source in MeasureSource.objects.filter(article__document=document).select_related("article"):
            assert document.text[source.start : source.end] == source.quote
            if source.version.state != "withdrawn":
                assert source.article.start <= source.start < source.end <= source.article.end
