"""What a firm sees of a text: the clauses its measure stands on, with the marks that concern it lit, and whom to ask (POL-30, POL-13)."""

from __future__ import annotations

import re

import pytest

from songda.deliveries.policy.library.actions import annotate, receive_version
from songda.deliveries.policy.library.tests.rules_at_hand import all_published
from songda.deliveries.policy.library.tests.texts import CONTACT, PACKAGE
from songda.kernel import clock
from songda.registry.people.tests.cast import NOW, enter
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.row("POL-30")]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    """Pages read the clock of the cast's day."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def lit(page: str) -> list[str]:
    return re.findall(r"<mark[^>]*s-(?:key_point|red_line)[^>]*>([^<]*)</mark>", page)


def test_the_firm_reads_its_marks_on_the_words_and_not_those_of_other_measures(cast, client):
    measures = all_published(cast)
    document = measures[0].sources.get().article.document
    for version, words, kind, note in (
        (measures[0], "免收2个月房租", "key_point", "直接免，不必先交"),
        (measures[0], "承租国有房屋", "red_line", "转租的不得享受"),
        (measures[2], "施工许可", "red_line", "不得未批先建"),
    ):
        start = document.text.index(words)
        annotate(document.pk, kind=kind, start=start, end=start + len(words), note=note, by=cast.editor, now=NOW)
        assert version.state == "published"
    visitor = enter(client, cast.clerk)
    page = visitor.get(f"/firm/measures/{measures[0].pk}/").content.decode()
    assert lit(page) == ["承租国有房屋", "免收2个月房租"]
    assert "转租的不得享受" in page
    assert "不得未批先建" not in page
    assert CONTACT["phone"] in page


def test_the_marks_stay_on_their_words_in_a_later_text(cast, client):
    measures = all_published(cast)
    document = measures[0].sources.get().article.document
    start = document.text.index("免收2个月房租")
    annotate(document.pk, kind="key_point", start=start, end=start + 7, note="直接免", by=cast.editor, now=NOW)
    later = PACKAGE.replace("为帮助示例企业稳定经营，", "为帮助各类示例企业稳定生产经营，")
    receive_version(document.pk, text=later, by=cast.editor, now=NOW)
    page = enter(client, cast.clerk).get(f"/firm/measures/{measures[0].pk}/").content.decode()
    assert lit(page) == ["免收2个月房租"]
