"""The whole checklist, in the order of the first day. One source for the page and for `songda ready`."""

from __future__ import annotations

import datetime as dt

from songda.kernel import clock
from songda.portal.opening import content, machinery, people, safety
from songda.portal.opening.lines import Group, Line
from songda.portal.upkeep.doctor import database, disk, records, work


def checklist(*, now: dt.datetime) -> list[Group]:
    """Every line as it stands now. Needs a database of this program's shape (`songda doctor` says where it has none)."""
    on = clock.day_of(now)
    return [
        Group("装好", (
            Line(database.configuration(), "", "configuration"), Line(safety.reached(), "", "configuration"),
            Line(disk.secret(), "", "operations"), Line(safety.key_apart()), Line(disk.room(), "/operations/", "operations"),
            Line(records.moments(now), "/operations/", "operations"), Line(safety.no_demonstration()),
            Line(machinery.watched(), "/operations/", "watching"),
        )),
        Group("管好", (
            Line(safety.administrators(on), "/people/", "signing-in"), Line(safety.first_passwords(now), "/people/", "signing-in"),
            Line(records.trail(), "/audit/", "operations"),
        )),
        Group("备好", (
            Line(content.pack(), "/administration/", "pack"), Line(records.calendar(now), "/administration/calendar/", "pack"),
            Line(content.retention(), "/retention/", "pack"), Line(content.roster(on), "/intake/"),
            Line(content.measures(on), "/policy/measures/", "policy-library"), Line(content.channels(), "", "push"),
        )),
        Group("有人", (
            Line(people.dispatch(on), "/people/"), Line(people.streets(on), "/people/import/"),
            Line(people.departments(on), "/people/import/"), Line(people.officers(on), "/people/import/"),
        )),
        Group("跑着", (
            Line(work.workers(now), "/operations/", "watching"), Line(machinery.backup(now), "/operations/", "operations"),
            Line(machinery.restored(now), "", "operations"),
        )),
    ]  # fmt: skip
