"""Only posts with push.send push, and only within their area."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.matching.tests.board import board
from songda.deliveries.policy.push.actions import push_measures
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.push.queries import preview
from songda.deliveries.policy.push.tests.conftest import matched
from songda.kernel.errors import NotPermitted
from songda.registry.people.tests.cast import NOW

__all__ = ["board", "matched"]


def test_who_may_push_where(matched, monkeypatch):
    def push(by, area="4101/03/"):
        return push_measures([matched.versions["small"].pk], area, ["dingtalk"], by=by, now=NOW)

    for by, area in ((matched.cast.street, "4101/03/"), (matched.cast.dispatcher, "4101/")):
        with pytest.raises(NotPermitted):
            push(by, area)
    assert not Push.objects.exists()
    monkeypatch.setattr(preview, "check_may_push", lambda area_path, actor: None)
    push(matched.cast.street)
    assert Push.objects.exists(), "without the check anybody pushes"
