"""Control: a red line says what is forbidden, and a mark has a place, whoever writes the row (POL-30)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.library.actions import annotate
from songda.deliveries.policy.library.models import Annotation
from songda.deliveries.policy.library.tests.texts import NOW, received
from songda.kernel.errors import Invalid
from songda.registry.rulebook.tests.books import catalogue
from tests.controls.opened import check_off

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")
VERB = import_module("songda.deliveries.policy.library.actions.annotate")


@pytest.mark.row("POL-30")
def test_a_red_line_without_words(cast, monkeypatch):
    document = received(cast.editor, cast.zone.area_path)
    given = {"kind": "red_line", "note": "", "start": 0, "end": 4, "by": cast.editor, "now": NOW}
    with pytest.raises(Invalid, match="红线须写明"):
        annotate(document.pk, **given)
    monkeypatch.setattr(VERB, "refuse_unsaid", lambda *_: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        annotate(document.pk, **given)
    with check_off(Annotation, "red_line_says_what_is_forbidden"):
        assert annotate(document.pk, **given).note == ""


@pytest.mark.row("POL-30")
def test_a_mark_without_a_place(cast):
    document = received(cast.editor, cast.zone.area_path)
    mark = annotate(document.pk, kind="key_point", note="", start=0, end=4, by=cast.editor, now=NOW)
    rows = Annotation.objects.filter(pk=mark.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(end=0)
    assert rows.update(standing="lost", end=0) == 1
    with check_off(Annotation, "annotation_has_a_place"):
        assert rows.update(standing="exact") == 1
