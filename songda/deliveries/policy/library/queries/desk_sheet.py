"""What the page of the desk puts together 审核台版面: the lit text, doubts and annotations by article, progress, what is ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from songda.deliveries.policy.library.models import (
    Annotation,
    Article,
    Document,
    MeasureSource,
    MeasureVersion,
    ReadingDoubt,
)
from songda.deliveries.policy.library.queries.desk import Desk, DeskArticle, DeskMeasure
from songda.deliveries.policy.library.queries.doubts import DeskDoubt
from songda.deliveries.policy.library.rules.lit_text import Home, Line, Span, lit_lines
from songda.deliveries.policy.library.rules.readiness import lack_name
from songda.deliveries.policy.library.states import SourceRole

NOTED = "department"
LACKING = "lacks"


@dataclass(frozen=True, slots=True)
class MeasureSheet:
    """A measure of the desk, and the draft above it that it could be joined to."""

    one: DeskMeasure
    article: Article
    above: MeasureVersion | None

    @property
    def unit(self) -> str:
        """Who answers for it, where that is not just what the article says already."""
        version = self.one.version
        told = "、".join(self.article.departments)[:200]
        return str(version.department or ("" if version.department_text == told else version.department_text))

    @property
    def source(self) -> MeasureSource | None:
        """The piece of the text it begins with."""
        return next((held for held in self.one.sources if held.role == SourceRole.CLAUSE), None)

    @property
    def lacks(self) -> list[str]:
        """What it lacks, a word each."""
        return [lack_name(field) for field in self.one.lacks]

    @property
    def proposals(self) -> int:
        """How many proposals wait to be taken into the rule."""
        return sum(1 for held in self.one.conditions if held.proposal and not held.settled)


@dataclass(frozen=True, slots=True)
class ArticleSheet:
    """An article of the desk with the doubts and annotations that stand in it; `notes`: what is worth a glance and waits for nobody.

    A measure of several articles is shown in the first; the others only name it (`elsewhere`).
    """

    row: DeskArticle
    measures: list[MeasureSheet]
    elsewhere: list[DeskMeasure]
    doubts: list[ReadingDoubt]
    annotations: list[Annotation]
    notes: list[str]

    @property
    def open(self) -> int:
        """How much of it still waits for a person."""
        waiting = sum(1 for one in self.doubts if not one.settled)
        lacking = sum(1 for held in self.measures if held.one.version.state == "draft" and held.one.lacks)
        return waiting + lacking + (not self.row.covered)


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """The page: text left, articles right, what stands outside all articles, and how far the work is."""

    lines: list[Line]
    articles: list[ArticleSheet]
    doubts: list[ReadingDoubt]
    annotations: list[Annotation]
    waiting: list[DeskDoubt]
    settled: int
    ready: int
    lacking: list[tuple[str, str, int]]

    @property
    def total(self) -> int:
        """How much there was to look at."""
        return self.settled + len(self.waiting)


def sheet_of(document: Document, desk: Desk, asked: Iterable[DeskDoubt], annotations: Iterable[Annotation]) -> DeskSheet:
    """Lay the desk of a document out. One query: the doubts of the reader.

    A unit that the tree does not know is a note: it may well be right, and nobody could make it go away here. What drafts lack is
    told by field, to be filled for many at once.
    """
    asked = list(asked)
    notes = [one for one in asked if one.kind == NOTED]
    doubts, marks = list(document.doubts.all()), list(annotations)
    homes = [row.article for row in desk.articles]
    first: dict[int, tuple[int, DeskMeasure]] = {}
    for row in desk.articles:
        for one in row.measures:
            first.setdefault(one.version.pk, (row.article.pk, one))
    measures = [one for _article, one in first.values()]
    drafts = [one for one in measures if one.version.state == "draft"]
    above = {after.version.pk: one.version for one, after in pairwise(drafts)}
    return DeskSheet(
        lines=lit_text(document, desk, [one for one in doubts if not one.settled], marks),
        articles=[
            ArticleSheet(
                row,
                [
                    MeasureSheet(one, row.article, above.get(one.version.pk))
                    for one in row.measures
                    if first[one.version.pk][0] == row.article.pk
                ],
                [one for one in row.measures if first[one.version.pk][0] != row.article.pk],
                [one for one in doubts if _in(one, row.article)],
                [one for one in marks if _in(one, row.article)],
                [one.sentence for one in notes if one.anchor == f"r{row.article.pk}"],
            )
            for row in desk.articles
        ],
        doubts=[one for one in doubts if not any(_in(one, home) for home in homes)],
        annotations=[one for one in marks if not any(_in(one, home) for home in homes)],
        waiting=[one for one in asked if one.kind not in (NOTED, LACKING)],
        settled=sum(1 for one in doubts if one.settled) + sum(1 for one in measures for held in one.conditions if held.settled),
        ready=sum(1 for one in drafts if not one.lacks),
        lacking=_lacking(drafts),
    )


def lit_text(document: Document, desk: Desk, doubts: Iterable[ReadingDoubt], marks: Iterable[Annotation]) -> list[Line]:
    """The text with articles, measures, conditions, figures, units, doubts and annotations lit."""
    articles = [row.article for row in desk.articles]
    homes = [Home(one.pk, one.start, one.end, one.label or one.number or "·") for one in articles]
    return lit_lines(document.text, _spans(document, desk, doubts, marks), homes, document.title)


def _lacking(drafts: Sequence[DeskMeasure]) -> list[tuple[str, str, int]]:
    """What drafts lack: the field, its name, how many lack it; commonest first."""
    counted = Counter(field for one in drafts for field in one.lacks)
    return [(field, lack_name(field), count) for field, count in counted.most_common()]


def _in(one: ReadingDoubt | Annotation, article: Article) -> bool:
    return article.start <= one.start < article.end and one.start < one.end


def _spans(document: Document, desk: Desk, doubts: Iterable[ReadingDoubt], marks: Iterable[Annotation]) -> Iterator[Span]:
    for row in desk.articles:
        yield Span(f"a{row.article.pk}", row.article.start, row.article.end)
        yield from _units(document.text, row.article)
        for one in row.measures:
            yield from _of_measure(one)
    for doubt in doubts:
        yield Span(f"d{doubt.pk}", doubt.start, doubt.end, "doubt")
    for mark in marks:
        yield Span(f"n{mark.pk}", mark.start, mark.end, mark.kind, mark.get_kind_display())


def _of_measure(one: DeskMeasure) -> Iterator[Span]:
    for source in one.sources:
        yield Span(f"m{source.version_id}", source.start, source.end, "source")
    for held in one.conditions:
        yield Span(f"c{held.pk}", held.start, held.end, "settled" if held.settled else "open")
    for told in one.figures:
        yield Span(f"m{one.version.pk}", told.start, told.end, "figure")


def _units(text: str, article: Article) -> Iterator[Span]:
    """Where the article names its units: the last place each is written, which is where they stand in brackets."""
    for name in article.departments:
        start = text.rfind(name, article.start, article.end)
        if start >= 0:
            yield Span(f"a{article.pk}", start, start + len(name), "unit")
