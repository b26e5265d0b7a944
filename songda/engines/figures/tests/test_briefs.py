"""Sentences of briefs: every relation with its outcome, every error flagged, no sound sentence doubted."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from songda.engines.figures.reader import read_figures
from songda.engines.figures.tests.briefs import BRIEFS


def test_relations_are_found_and_come_out_right() -> None:
    missed = []
    for text, relations, _wrong in BRIEFS:
        found = [(Counter(check.numbers), check.holds) for check in read_figures(text).checks]
        for numbers, holds in relations:
            if (Counter(Decimal(str(one)) for one in numbers), holds) not in found:
                missed.append((text, numbers))
    assert missed == []


def test_what_is_wrong_is_flagged_and_what_is_right_is_not() -> None:
    for text, _relations, wrong in BRIEFS:
        flagged = {"".join(flag.quote.split()) for flag in read_figures(text).flags}
        assert (flagged & set(wrong)) if wrong else not flagged, text
