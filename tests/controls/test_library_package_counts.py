"""Control: a package is published only with as many articles and measures as it says (POL-18)."""

from __future__ import annotations

from importlib import import_module

import pytest

from songda.deliveries.policy.library.actions import publish_measure, withdraw_measure
from songda.deliveries.policy.library.tests.texts import NOW, confirmed, drafts_of, received
from songda.kernel.errors import Invalid
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.mark.row("POL-18")
def test_a_measure_short_of_the_claim(cast, monkeypatch):
    drafts = drafts_of(received(cast.editor, cast.zone.area_path))
    version = confirmed(drafts[0], cast.editor)
    withdraw_measure(drafts[3].pk, reason="不能兑现", by=cast.editor, now=NOW)
    with pytest.raises(Invalid, match="不符"):
        publish_measure(version.pk, by=cast.publisher, now=NOW)
    monkeypatch.setattr(
        import_module("songda.deliveries.policy.library.actions.publish_measure"), "refuse_wrong_count", lambda _: None
    )
    assert publish_measure(version.pk, by=cast.publisher, now=NOW).state == "published"
