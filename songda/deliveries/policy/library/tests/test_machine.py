"""Every (state × step) pair of a measure: allowed ones move and leave a trail, all others are refused and change nothing."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.library.actions import confirm_measure, publish_measure, return_measure, withdraw_measure
from songda.deliveries.policy.library.actions.supersede import supersede_versions
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.states import MEASURE
from songda.deliveries.policy.library.tests.texts import NOW, completed, drafts_of, received
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict
from songda.registry.rulebook.actions import sign_rule

pytestmark = pytest.mark.usefixtures("catalogue")
STEPS = {
    "confirm": lambda version, cast: confirm_measure(version.pk, by=cast.editor, now=NOW),
    "return": lambda version, cast: return_measure(version.pk, reason="门槛有误", by=cast.publisher, now=NOW),
    "publish": lambda version, cast: publish_measure(version.pk, by=cast.publisher, now=NOW),
    "supersede": lambda version, cast: supersede_versions([version], by=cast.publisher, now=NOW),
    "withdraw": lambda version, cast: withdraw_measure(version.pk, reason="与他项重复", by=cast.editor, now=NOW),
}


def standing_in(state, cast) -> MeasureVersion:
    """A complete version put into a state by hand."""
    version = completed(drafts_of(received(cast.editor, cast.zone.area_path))[0], cast.editor)
    if state != "draft":
        sign_rule(version.rule_version_id, by=cast.editor, now=NOW)
    by = {"confirmed_by": cast.editor.account_id} if state in ("reviewed", "published", "superseded") else {}
    MeasureVersion.objects.filter(pk=version.pk).update(state=state, **by)
    version.refresh_from_db()
    return version


def test_every_step_of_the_machine_is_walked():
    assert set(STEPS) == {step.name for step in MEASURE.steps}


@pytest.mark.parametrize("state", MEASURE.states)
@pytest.mark.parametrize("name", STEPS)
def test_a_pair(cast, state, name):
    version = standing_in(state, cast)
    before = AuditEntry.objects.count()
    if MEASURE.allows(name, state):
        STEPS[name](version, cast)
        version.refresh_from_db()
        assert version.state == MEASURE.step(name).target
        assert AuditEntry.objects.count() > before
        return
    with pytest.raises(Conflict):
        STEPS[name](version, cast)
    version.refresh_from_db()
    assert version.state == state
    assert AuditEntry.objects.count() == before
