"""Control: the same text is received once (POL-01); its digest is unique in the database."""

from __future__ import annotations

import itertools
from importlib import import_module

import pytest

from songda.deliveries.policy.library.models import Document
from songda.deliveries.policy.library.tests.texts import received
from songda.kernel.errors import Conflict
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.mark.row("POL-01")
def test_the_same_text_twice(cast, monkeypatch):
    received(cast.editor, cast.zone.area_path)
    with pytest.raises(Conflict, match="已经收过"):
        received(cast.editor, cast.zone.area_path)
    assert Document.objects.count() == 1
    numbers = itertools.count()
    monkeypatch.setattr(
        import_module("songda.deliveries.policy.library.actions.receive_document"),
        "digest_of",
        lambda _: f"other-{next(numbers)}",
    )
    received(cast.editor, cast.zone.area_path)
    assert Document.objects.count() == 2
