"""Control: who confirmed does not publish (SUP-19), also where the measure was split, joined or revised for a new text."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.library.actions import (
    edit_document,
    merge_measures,
    publish_measure,
    receive_version,
    split_measure,
)
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, PACKAGE, confirmed, drafts_of, received
from songda.kernel.errors import NotPermitted
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")


def joined(document, by):
    first, second, *_rest = drafts_of(document)
    edit_document(document.pk, {"claims_measures": 3}, by=by, now=NOW)
    return merge_measures(first.pk, [second.pk], by=by, now=NOW)


def parted(document, by):
    source = drafts_of(document)[0].sources.get()
    edit_document(document.pk, {"claims_measures": 5}, by=by, now=NOW)
    return split_measure(source.version_id, at=document.text.index("免收2个月"), by=by, now=NOW)


def renewed(document, by):
    receive_version(document.pk, text=PACKAGE.replace("3万元", "5万元"), by=by, now=NOW)
    return drafts_of(document.later.get())[1]


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("step", [joined, parted, renewed])
def test_two_persons(cast, monkeypatch, step):
    actor = replace(cast.editor, permissions=cast.editor.permissions | {"policy.publish"})
    version = step(received(actor, cast.zone.area_path), actor)
    assert (version.state, version.confirmed_by, version.published_by) == ("draft", None, None)
    version = confirmed(MeasureVersion.objects.get(pk=version.pk), actor)
    with pytest.raises(NotPermitted, match="另一人"):
        publish_measure(version.pk, by=actor, now=NOW)
    monkeypatch.setattr(
        import_module("songda.deliveries.policy.library.actions.publish_measure"), "refuse_same_person", lambda *_: None
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_measure(version.pk, by=actor, now=NOW)
    assert publish_measure(version.pk, by=cast.publisher, now=NOW).state == "published"
