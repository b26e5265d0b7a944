"""Filed policies and an edition of them."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.compendium import actions
from songda.deliveries.policy.compendium.actions.draft_edition import NewEdition
from songda.deliveries.policy.compendium.models import Edition
from songda.deliveries.policy.library.actions import file_document
from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.tests.texts import CITY, NOW, PACKAGE, received
from songda.registry.codes.models import Dictionary, Entry
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]

CATEGORIES = {"rent": "场地租金", "service": "政务服务", "tax": "税费减免"}
CLASSES = {"rent": "减免租金", "service": "优化服务"}


def new_edition(cast, number: str = "第1期") -> NewEdition:
    """The names of an edition of the zone."""
    return NewEdition(number, "示例政策汇编", "示例管委会", cast.zone.area_path, dt.date(2020, 3, 31), demonstration=True)


@pytest.fixture
def dictionaries(db: None) -> None:
    for code, labels in (
        ("document-categories", CATEGORIES),
        ("measure-classes", CLASSES),
        ("document-kinds", {"m": "若干措施"}),
    ):
        book = Dictionary.objects.create(code=code, edition="1", name=code, digest=code.ljust(64, "0"))
        rows = [Entry(dictionary=book, code=one, label=label, ordinal=n) for n, (one, label) in enumerate(labels.items())]
        Entry.objects.bulk_create(rows)


@pytest.fixture
def documents(cast, catalogue, dictionaries) -> list[Document]:
    """Two filed, one of them twice; one not filed."""
    made = [
        received(cast.editor, cast.zone.area_path),
        received(cast.editor, cast.zone.area_path, CITY, level="city"),
        received(cast.editor, cast.zone.area_path, PACKAGE.replace("免收2个月", "免收4个月"), title="未归类的通知"),
    ]
    file_document(made[0].pk, ["rent", "service"], by=cast.editor, now=NOW)
    file_document(made[1].pk, ["service"], by=cast.editor, now=NOW)
    return made


@pytest.fixture
def draft(cast, documents) -> Edition:
    return actions.draft_edition(new_edition(cast), by=cast.editor, now=NOW)


@pytest.fixture
def edition(cast, draft) -> Edition:
    return actions.publish_edition(draft.pk, by=cast.publisher, now=NOW)
