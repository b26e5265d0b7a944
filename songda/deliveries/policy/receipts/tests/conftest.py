"""The board of firms, a document to hand out, a photograph."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from songda.deliveries.policy.library.models import Article, Document, MeasureSource
from songda.deliveries.policy.matching.tests.board import Board, board
from songda.deliveries.policy.receipts.actions import NewHandout, begin_handout
from songda.deliveries.policy.receipts.models import Handout
from songda.ledger.evidence.actions import Given, Offer
from songda.ledger.evidence.tests import samples
from songda.registry.people.tests.cast import DAY, NOW

__all__ = ["board"]
AREA = "4101/03/"


def text_for(board: Board) -> Document:
    """An invented document with a published measure, so that it is in everybody's sight."""
    document = Document.objects.create(
        title="示例支持办法",
        level="district",
        area_path=AREA,
        text="第一条 示例正文。",
        digest="a" * 64,
        received_at=NOW,
        issued_on=DAY,
    )
    article = Article.objects.create(document=document, number="1", label="一、", title="", start=0, end=4, ordinal=1)
    MeasureSource.objects.create(version=board.versions["small"], article=article, start=0, end=4, quote="第一条")
    return document


def photo(subject_id: int | None, area_path: str = "") -> Offer:
    """A photograph of a signed paper."""
    return Offer(io.BytesIO(samples.photo()), "签收.jpg", "receipt", Given(subject_id=subject_id, area_path=area_path))


@pytest.fixture
def begin(board: Board) -> Callable[..., Handout]:
    """Begin a delivery of the document to whom a rule picks."""
    document = text_for(board)

    def run(rule: str = "规模以上", **more: object) -> Handout:
        new = NewHandout("示例汇编送达", AREA, "enterprise", rule, [document.pk], **more)  # type: ignore[arg-type]
        return begin_handout(new, by=board.cast.dispatcher, now=NOW)

    return run
