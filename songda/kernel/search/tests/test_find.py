"""What is found, on whichever database the tests run."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from pytest_django import DjangoAssertNumQueries

from songda.kernel.search import actions, queries
from songda.kernel.search.actions import Told
from songda.kernel.search.models import Body, Entry, IndexRow

pytestmark = pytest.mark.usefixtures("filled")


def ids(question: str, **asked) -> list[int]:
    return [hit.object_id for hit in queries.find("paper", question, **asked).hits]


@pytest.mark.row("POL-34")
@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("贴息", [2, 1]),
        ("返还", [1]),
        ("息贴", []),
        ("稳岗返还", [1]),
        ("岗位", []),  # a comma stands between
        ("岗", [1, 3]),
        ("位", [3]),
        ("农民工工资保证金", [3]),
        ("农民工工资保障金", []),
        ("贴息 房租", [2]),
        ("贴息 施工", []),
        ("通知", [1, 3]),
        ("5g基站", [2]),
        ("基站", [2]),
        ("1:0.5", [2]),
        ("1:0.6", []),
        ("50万", [2]),
        ("50", [2]),
    ],
)
def test_words_of_two_or_more_characters(question, found):
    assert ids(question) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [("wgfh", [1]), ("WGFH", [1]), ("zxwqy", [2]), ("sgxk", [3]), ("fhwg", []), ("tz", [1, 3]), ("dktx", [])],
)
def test_initials_of_titles(question, found):
    assert ids(question) == found


@pytest.mark.parametrize(
    "question", ["郑政〔2020〕15号", "郑政[2020]15号", "郑政（2020）15号", "郑政【２０２０】１５号", "〔2020〕15号", "郑政 15号"]
)
def test_numbers_of_documents_in_any_brackets(question):
    assert ids(question) == [2]


def test_titles_first_then_the_newest():
    found = queries.find("paper", "通知")
    assert [(hit.object_id, hit.rank) for hit in found.hits] == [(1, 0), (3, 0)]
    actions.put("paper", 4, Told("另一件", "", "见施工许可通知"))
    assert [(hit.object_id, hit.rank) for hit in queries.find("paper", "施工许可").hits] == [(3, 0), (4, 1)]


def test_words_are_marked_in_the_text_as_it_is():
    hit = queries.find("paper", "5g基站 贴息").hits[0]
    assert ("5G基站", True) in hit.around
    assert ("贴息", True) in hit.around
    assert queries.find("paper", "〔2020〕5号").hits[0].title == (("关于做好稳岗返还工作的通知", False),)


def test_facets_narrow_and_count():
    everything = queries.find("paper", "")
    assert everything.total == 3
    assert everything.counts["level"] == {"city": 2, "district": 1}
    assert everything.counts["category"] == {"jobs": 2, "loans": 1, "tax": 1}  # three things, four filings
    assert ids("", facets={"category": "jobs", "level": "city"}) == [1]
    assert queries.find("paper", "贴息").counts["category"] == {"jobs": 1, "loans": 1, "tax": 1}


def test_only_what_the_reader_may_see_is_found_and_counted():
    allowed = Entry.objects.none()
    assert queries.find("paper", "贴息", within=allowed) == queries.Found((), (), {})
    types = ContentType.objects.filter(pk__in=[1])
    assert ids("贴息", within=types) == [1]


def test_a_page_at_a_time():
    assert ids("", limit=2) == [2, 1]
    assert ids("", limit=2, offset=2) == [3]


def test_a_changed_thing_is_found_by_its_new_words_only():
    actions.put("paper", 1, Told("关于房租", "", "减免房租"))
    assert ids("稳岗") == []
    assert ids("房租") == [1, 2]
    actions.drop("paper", 1)
    assert ids("房租") == [2]
    assert IndexRow.objects.count() == Entry.objects.count() == Body.objects.count() == 3


def test_rebuilding_leaves_other_kinds_alone():
    assert actions.rebuild("paper", [(9, Told("新的", "", "一切重来"))]) == 1
    assert ids("") == [9]
    assert queries.find("other", "贴息").total == 1


@pytest.mark.parametrize(
    "question",
    ['"', "'", "' OR 1=1", '" OR "贴息"', "贴息*", "a:*", "§wg", "%", "_", "\\", "NOT", "（", "\x00", "贴\x00息", "🙂"],
)
def test_nothing_asked_breaks_the_question(question):
    queries.find("paper", question)


def test_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        queries.find("paper", "贴息 通知", facets={"level": "city"})
