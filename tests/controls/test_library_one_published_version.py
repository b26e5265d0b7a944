"""Control: a measure has one published version at a time, whatever two publishers do at once."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.library.actions import publish_measure, revise_measure
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, confirmed, drafts_of, received
from songda.registry.rulebook.tests.books import catalogue
from tests.controls.opened import unique_off

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")


def test_two_published_versions_cannot_stand_side_by_side(cast, monkeypatch):
    first = publish_measure(
        confirmed(drafts_of(received(cast.editor, cast.zone.area_path))[0], cast.editor).pk, by=cast.publisher, now=NOW
    )
    second = confirmed(revise_measure(first.pk, by=cast.editor, now=NOW), cast.editor)
    monkeypatch.setattr(
        import_module("songda.deliveries.policy.library.actions.publish_measure"), "supersede_versions", lambda *_, **__: 0
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_measure(second.pk, by=cast.publisher, now=NOW)
    with unique_off(MeasureVersion, "one_published_version"):
        publish_measure(second.pk, by=cast.publisher, now=NOW)
    assert MeasureVersion.objects.filter(measure=first.measure, state="published").count() == 2
