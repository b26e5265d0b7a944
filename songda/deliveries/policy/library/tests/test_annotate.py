from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import annotate, edit_annotation, set_relation, withdraw_annotation
from songda.deliveries.policy.library.models import Annotation
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import system

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.row("POL-30")]
DAY = dt.date(2020, 3, 10)


@pytest.fixture
def document(cast):
    return received(cast.editor, cast.zone.area_path)


def marked(cast, document, words, kind="key_point", note=""):
    start = document.text.index(words)
    return annotate(document.pk, kind=kind, note=note, start=start, end=start + len(words), by=cast.editor, now=NOW)


def test_a_mark_holds_its_place_words_and_article(cast, document):
    mark = marked(cast, document, "免收2个月房租")
    assert document.text[mark.start : mark.end] == mark.quote == "免收2个月房租"
    assert (mark.article, mark.standing) == (document.articles.first(), "exact")
    assert AuditEntry.objects.get(action="policy.annotate").after["kind"] == "key_point"
    assert list(queries.annotations_of(document)) == [mark]


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": 5, "end": 5},  # nothing
        {"start": 9, "end": 3},  # backwards
        {"start": -2, "end": 3},  # before the text
        {"start": 0, "end": 100_000},  # after the text
        {"kind": "red_line", "note": "  "},  # forbids nothing
        {"kind": "blue_line"},  # no such kind
        {"note": "长" * 401},  # more than the column holds
    ],
)
def test_what_is_no_mark_is_refused(cast, document, wrong):
    with pytest.raises(Invalid):
        annotate(document.pk, **({"kind": "key_point", "note": "", "start": 0, "end": 5} | wrong), by=cast.editor, now=NOW)
    assert not Annotation.objects.exists()


def test_a_mark_is_corrected_and_bound_anew(cast, document):
    mark = marked(cast, document, "免收2个月房租", "red_line", "不得另收其他费用")
    start = document.text.index("最高不超过3万元")
    edit_annotation(mark.pk, note="不得超额", start=start, end=start + 8, by=cast.editor, now=NOW)
    mark.refresh_from_db()
    assert (mark.quote, mark.note) == ("最高不超过3万", "不得超额") or mark.quote == document.text[start : start + 8]
    with pytest.raises(Invalid, match="红线须写明"):
        edit_annotation(mark.pk, note=" ", by=cast.editor, now=NOW)


def test_a_withdrawn_mark_is_history(cast, document):
    mark = marked(cast, document, "免收2个月房租")
    withdraw_annotation(mark.pk, by=cast.editor, now=NOW)
    assert not queries.annotations_of(document).exists()
    for step in (
        lambda: edit_annotation(mark.pk, note="再改", by=cast.editor, now=NOW),
        lambda: withdraw_annotation(mark.pk, by=cast.editor, now=NOW),
    ):
        with pytest.raises(Conflict, match="已经撤销"):
            step()
    assert Annotation.objects.count() == 1


def test_a_firm_is_told_the_marks_on_what_its_measure_stands_on(cast, document, django_assert_num_queries):
    first, second, *_rest = drafts_of(document)
    on_first = marked(cast, document, "免收2个月房租")
    on_both = marked(cast, document, "房租。对入驻孵化载体", "red_line", "不得转租")
    marked(cast, document, "5个工作日内办结")
    with django_assert_num_queries(2):
        found = queries.marks_for_measures([first, second])
    assert found == {first.pk: [on_first, on_both], second.pk: [on_both]}
    assert queries.marks_for_measure(second) == [on_both]


def test_red_lines_of_an_area_are_listed(cast, document):
    line = marked(cast, document, "免收2个月房租", "red_line", "不得变相涨租")
    marked(cast, document, "最高不超过3万元")
    other = received(system(), cast.other_zone.area_path, PACKAGE.replace("甲", "乙"))
    annotate(other.pk, kind="red_line", note="不得转租", start=0, end=4, by=system(), now=NOW)
    assert list(queries.red_lines(cast.street_office.area_path, on=DAY)) == [line]
    assert not queries.red_lines(cast.city.area_path, on=DAY).exists()
    assert not queries.red_lines(cast.street_office.area_path, on=dt.date(2021, 1, 1)).exists()
    new = received(cast.editor, cast.zone.area_path, PACKAGE.replace("3万元", "4万元"))
    set_relation(new.pk, document.pk, kind="supersedes", by=cast.publisher, now=NOW)
    assert not queries.red_lines(cast.street_office.area_path, on=DAY).exists()


def test_only_editors_in_scope_annotate(cast, document):
    with pytest.raises(NotPermitted):
        annotate(document.pk, kind="key_point", note="", start=0, end=4, by=cast.publisher, now=NOW)
    other = received(system(), cast.other_zone.area_path, PACKAGE.replace("甲", "乙"))
    with pytest.raises(NotFound):
        annotate(other.pk, kind="key_point", note="", start=0, end=4, by=cast.editor, now=NOW)
