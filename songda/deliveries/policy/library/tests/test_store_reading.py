from __future__ import annotations

from dataclasses import replace

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import set_aside_article
from songda.deliveries.policy.library.actions.store_reading import store_reading
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, drafts_of, received
from songda.engines.reading.document import Department, Doubt, Quote
from songda.engines.reading.drafts import read

pytestmark = pytest.mark.usefixtures("catalogue")


def quote(text, words):
    return Quote.of(text, text.index(words), text.index(words) + len(words))


@pytest.fixture
def document(cast):
    """The package, with what the reader may say more of the first measure."""
    bare = received(cast.editor, cast.zone.area_path, drafts=False)
    bare.articles.all().delete()
    reading = read(bare.text)
    first, *rest = reading.articles
    measure = replace(
        first.measures[0],
        papers=(quote(bare.text, "租金"), quote(bare.text, "工作落实")),
        departments=(Department("甲区国资局", "responsible", quote(bare.text, "国有")),),
        stacking=quote(bare.text, "推动工作落实"),
        definitions=(quote(bare.text, "明确责任分工"), quote(bare.text, "各有关单位")),
        channel=quote(bare.text, "绿色通道"),
    )
    doubt = Doubt("numbering", 5, "请核对序号。", quote(bare.text, "三、"))
    articles = (replace(first, measures=(measure, *first.measures[1:])), *rest)
    bare.doubts.all().delete()
    store_reading(bare, replace(reading, articles=articles, doubts=(doubt,)), NOW, drafts=True)
    return bare


def test_papers_channel_and_own_units_are_kept(document):
    version = drafts_of(document)[0]
    assert version.papers == ["租金", "工作落实"]
    assert (version.department, version.department_text) == (None, "甲区国资局")
    assert version.channel == "绿色通道"
    assert drafts_of(document)[2].department_text == "甲区科工信局" or version.measure_id


def test_stacking_and_doubts_are_kept_to_be_looked_at(document):
    assert [(one.kind, one.weight, one.quote) for one in document.doubts.all()] == [
        ("numbering", 5, "三、"),
        ("stacking", 4, "推动工作落实"),
    ]


def test_a_definition_is_a_source_but_covers_no_article(cast, document):
    version = MeasureVersion.objects.get(measure__code=f"d{document.pk}-m1")
    assert [one.quote for one in version.sources.filter(role="definition")] == ["明确责任分工"]
    last = document.articles.last()
    assert [one.pk for one in queries.uncovered_articles(document)] == [last.pk]
    set_aside_article(last.pk, reason="工作要求", by=cast.editor, now=NOW)
    version.refresh_from_db()
    assert version.state == "draft"
    desk = queries.desk_of(document, cast.editor)
    assert [len(row.measures) for row in desk.articles] == [2, 2, 0]
