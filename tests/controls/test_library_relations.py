"""Control: no document stands above itself, at once or round about (POL-04)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.library.actions import set_relation
from songda.deliveries.policy.library.models import DocumentRelation
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, received
from songda.kernel.errors import Invalid
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")
STANDING = "songda.deliveries.policy.library.actions.relate_documents"


@pytest.mark.row("POL-04")
def test_a_relation_to_itself(cast):
    document = received(cast.editor, cast.zone.area_path)
    with pytest.raises(Invalid, match="以自己为上位"):
        set_relation(document.pk, document.pk, kind="adds", by=cast.editor, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentRelation.objects.create(lower=document, upper=document, kind="adds")
    assert not DocumentRelation.objects.exists()


@pytest.mark.row("POL-04")
def test_a_circle(cast, monkeypatch):
    one = received(cast.editor, cast.zone.area_path)
    two = received(cast.editor, cast.zone.area_path, PACKAGE.replace("2个月", "3个月"))
    set_relation(one.pk, two.pk, kind="adds", by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="以自己为上位"):
        set_relation(two.pk, one.pk, kind="adds", by=cast.editor, now=NOW)
    monkeypatch.setattr(import_module(STANDING), "closes_circle", lambda *_: False)
    set_relation(two.pk, one.pk, kind="adds", by=cast.editor, now=NOW)
    assert DocumentRelation.objects.count() == 2
