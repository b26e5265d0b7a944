"""SUP-03: each role's allow/deny matrix, cell by cell, as an actor of a real post meets it."""

from __future__ import annotations

import pytest

from songda.registry.people.rules import ASSIGNED_ONLY, PERMISSIONS, may_hold, sits_at
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import ADMINISTRATORS, Role
from songda.registry.people.tests.cast import hire

WORDS = [
    "subjects.see", "subjects.edit", "subjects.merge", "facts.edit", "facts.personal", "roster.import",
    "organisations.see", "organisations.edit", "people.see", "people.edit", "codes.edit", "audit.see",
    "audit.verify", "policy.see", "policy.edit", "policy.publish", "matching.run", "push.see",
    "push.send", "firm.read", "firm.act", "jobs.run", "system.configure", "campaign.apply",
    "cases.see", "cases.file", "cases.assign", "cases.handle", "cases.decide", "cases.close", "cases.revisit", "cases.reopen",
    "cases.export", "visits.see", "visits.do", "teams.edit", "meetings.edit", "policy.draft", "figures.see",
    "figures.edit", "returns.see", "returns.fill", "returns.approve", "returns.accept", "bulletins.see", "bulletins.write",
    "bulletins.publish", "resumption.see", "resumption.report", "resumption.control", "targets.edit",
    "retention.see", "retention.propose", "retention.approve", "retention.hold", "subjects.export",
    "alarms.see",
]  # fmt: skip

# One column a permission, in the order of WORDS: the table the security administrator signs. x allowed, . denied.
SIGNED = """
system_admin     ......xx..x..........xxx...........................xx....
security_admin   ......x.xx..............................................x
audit_admin      ...........xx......................................x.xx.x
leader           x.....x......x...x......x...x....xx...x.x...x.xx.........
dispatcher       xxxx.xx.x....x..xxx.....xxx.xxxxxx.xx.xxx...xx.x.x.......
policy_editor    ......x......xx......................x...................
policy_publisher ......x......x.xxx.......................................
department_lead  x.....x.x....x...xx......x.x.x...xx..xx.x.x.xx.x.........
department_desk  x..x.xx......x...x.......x.x.....xx..x..xx..x..xx........
service_officer  x..x..x......x...x.......x.x.....xx............xx........
street_clerk     xx.xx.x......x...x......xx.x.....xx.....xx..x..xx........
talent_officer   x.....x......x...........x.x.....xx......................
party_guide      x.....x......x...........x.x.....xx......................
expert           ......x......x...........................................
inspector        x.....x.x....x...x......x....xx..x....x.x...x..x.........
registry_clerk   xxxxxxx......x.........................................x.
market_team      x..x..x......x...........x.x.....xx............xx........
law_enforcer     x.....x..................x...............................
bank             .............x...........................................
guarantor        .............x...........................................
supplier         ...................xx....................................
enterprise_clerk ...................xx....................................
employee         ...................x.....................................
deputy           ......x......x...........................................
correspondent    ......x......x........................x.....xx...........
journalist       .............x..............................x............
statistician     x.....x......x...x......x.......x.....xxx..xx..x..x......
auditor          x.....x......x...x......x.......x.....x.x...x..x.........
"""
TABLE = dict(line.split() for line in SIGNED.strip().splitlines())


def test_the_table_names_every_role_and_every_permission_once():
    assert set(TABLE) == {role.value for role in Role}
    assert {len(row) for row in TABLE.values()} == {len(WORDS)}
    assert set().union(*PERMISSIONS.values()) <= set(WORDS)


@pytest.mark.row("SUP-03")
@pytest.mark.parametrize("role", Role)
def test_a_post_of_the_role_may_do_what_is_signed_and_nothing_else(role, cast):
    at_firm = role in FIRM_ROLES
    actor = hire(role, of=cast.firm) if at_firm else hire(role, at=cast.bureau)
    allowed = "".join("x" if actor.may(word) else "." for word in WORDS)
    assert allowed == TABLE[role.value]
    assert actor.area_paths == (() if at_firm else (cast.zone.area_path,))
    assert actor.subject_id == (cast.firm.pk if at_firm else None)
    assert actor.assigned_only == (role in ASSIGNED_ONLY)


@pytest.mark.row("SUP-03")
@pytest.mark.parametrize("held", Role)
def test_an_administrator_holds_nothing_else(held):
    assert may_hold([], held).allowed
    for role in Role:
        ruling = may_hold([held], role)
        assert ruling.allowed == (held not in ADMINISTRATORS and role not in ADMINISTRATORS)
        assert bool(ruling.reason) == (not ruling.allowed)


def test_the_three_administrators_see_no_business_data():
    business = {
        word
        for word in WORDS
        if word.split(".")[0] in {"subjects", "facts", "policy", "push", "firm", "matching", "cases", "visits"}
    }
    for role in ADMINISTRATORS:
        assert not PERMISSIONS[Role(role)] & business


@pytest.mark.parametrize("role", Role)
def test_a_role_sits_at_a_firm_or_at_an_organisation_never_both(role):
    places = {(o, s): sits_at(role, organisation=o, subject=s).allowed for o in (True, False) for s in (True, False)}
    assert places == {
        (True, True): False,
        (False, False): False,
        (True, False): role not in FIRM_ROLES,
        (False, True): role in FIRM_ROLES,
    }
