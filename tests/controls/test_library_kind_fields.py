"""Control: a fund measure without a budget line, a service measure without a time limit, is not published (POL-19)."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.library.actions import confirm_measure, edit_draft, publish_measure
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import NOW, completed, drafts_of, received
from songda.kernel.errors import Invalid
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.mark.row("POL-19")
@pytest.mark.parametrize(("kind", "field", "empty"), [("fund", "budget_line", ""), ("service", "time_limit_days", None)])
def test_what_the_kind_needs(cast, monkeypatch, kind, field, empty):
    version = completed(drafts_of(received(cast.editor, cast.zone.area_path))[0], cast.editor)
    edit_draft(version.pk, {"kind": kind, field: empty}, by=cast.editor, now=NOW)
    with pytest.raises(Invalid) as refused:
        confirm_measure(version.pk, by=cast.editor, now=NOW)
    assert set(refused.value.fields) == {field}
    MeasureVersion.objects.filter(pk=version.pk).update(state="reviewed", confirmed_by=cast.editor.account_id)
    with pytest.raises(Invalid) as refused:  # publication looks again, whoever put it there
        publish_measure(version.pk, by=cast.publisher, now=NOW)
    assert set(refused.value.fields) == {field}
    MeasureVersion.objects.filter(pk=version.pk).update(state="draft", confirmed_by=None)
    monkeypatch.setattr("songda.deliveries.policy.library.rules.readiness.missing_for_kind", lambda _: {})
    confirm_measure(version.pk, by=cast.editor, now=NOW)
    assert publish_measure(version.pk, by=cast.publisher, now=NOW).state == "published"
