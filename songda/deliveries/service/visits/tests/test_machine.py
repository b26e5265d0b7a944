"""Every (state × step) pair of a visit: allowed ones move and leave a trail, all others are refused and change nothing."""

from __future__ import annotations

import pytest

from songda.deliveries.service.visits import actions
from songda.deliveries.service.visits.actions import Answer
from songda.deliveries.service.visits.models import Stop, Visit
from songda.deliveries.service.visits.states import VISIT
from songda.deliveries.service.visits.tests.ground import DAY, fresh
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, NotFound
from songda.registry.people.tests.cast import NOW


def answer(reply):
    return lambda ground, visit: actions.answer_visit(
        visit.stops.get().pk, Answer(reply, proposed_at=NOW + DAY), by=ground.cast.clerk, now=NOW
    )


STEPS = {
    "offer": lambda ground, visit: actions.offer_slot(visit.pk, by=ground.cast.officer, now=NOW),
    "accept": answer("accepted"),
    "decline": answer("declined"),
    "propose": answer("moved"),
    "start": lambda ground, visit: actions.start_visit(visit.pk, by=ground.cast.officer, now=NOW),
    "record": lambda ground, visit: ground.record(visit.stops.get()),
    "close": lambda ground, visit: actions.close_visit(visit.pk, by=ground.cast.officer, now=NOW),
    "cancel": lambda ground, visit: actions.cancel_visit(visit.pk, "改期", by=ground.cast.officer, now=NOW),
}
REPLY = {"planned": "none", "offered": "asked", "moved": "moved", "declined": "declined"}


def standing_in(state, name, ground) -> Visit:
    """A visit put into a state by hand, with what that state brings."""
    visit = ground.plan()
    Visit.objects.filter(pk=visit.pk).update(state=state)
    recorded = NOW if state in ("recorded", "closed") else None
    reply = "accepted" if (state, name) == ("planned", "start") else REPLY.get(state, "accepted")
    Stop.objects.filter(visit=visit).update(reply=reply, recorded_at=recorded, no_issue=bool(recorded))
    return fresh(visit)


def test_every_step_of_the_machine_is_walked():
    assert set(STEPS) == {step.name for step in VISIT.steps}


@pytest.mark.parametrize("state", VISIT.states)
@pytest.mark.parametrize("name", STEPS)
def test_a_pair(ground, state, name):
    visit = standing_in(state, name, ground)
    before = AuditEntry.objects.count()
    # A record also starts a visit that is agreed; and an answer repeated is no step.
    if VISIT.allows(name, state) or (name == "record" and state == "accepted"):
        STEPS[name](ground, visit)
        assert fresh(visit).state == VISIT.step(name).target
        assert AuditEntry.objects.count() > before
        return
    if (name, state) == ("accept", "accepted"):
        STEPS[name](ground, visit)
        assert fresh(visit).state == state
        return
    with pytest.raises((Conflict, NotFound)):  # a firm does not see what it was not asked yet
        STEPS[name](ground, visit)
    assert fresh(visit).state == state
    assert AuditEntry.objects.count() == before
