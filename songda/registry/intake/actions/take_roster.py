"""Take a checked file: register its new subjects, follow renames, write its facts, all in one transaction.

The file is read again by the plan that checked it, so that what is written is compared with the register of this moment.
A process that dies leaves the intake checked and nothing written. On SQLite the one writer is held while the rows go in
(about 7 s for a first million facts, well under a second for a daily return); readers are not held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel import bulk
from songda.kernel.audit import actions as audit
from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.registry.actors import Actor
from songda.registry.facts.actions import NewSource, define_sources, record_cells
from songda.registry.facts.queries import Cells
from songda.registry.facts.queries.held import Ints
from songda.registry.intake import access
from songda.registry.intake.actions.check_roster import area_named
from songda.registry.intake.actions.return_rows import write_returned
from songda.registry.intake.models import Intake
from songda.registry.intake.queries.files import kept_file
from songda.registry.intake.queries.identities import BATCH
from songda.registry.intake.queries.plan import NEW, Person, Plan, Progress, plan_roster
from songda.registry.intake.states import INTAKE
from songda.registry.subjects.models import Alias, Subject
from songda.registry.subjects.rules import names

SOURCE = NewSource("roster", "名册导入")
_COLUMNS = (
    "kind", "uscc", "local_number", "name", "name_key", "name_core", "home_id", "area_path", "address", "industry", "size",
    "status", "demonstration", "registered_at",
)  # fmt: skip


@transaction.atomic
def take_roster(intake_id: int, *, by: Actor, now: dt.datetime, progress: Progress | None = None) -> Intake:
    """Write a checked file. Conflict if it was taken or given up meanwhile: a file is taken once."""
    made = access.intake_for(intake_id, by)
    move(INTAKE, made, "take", taken_at=now)
    plan = plan_roster(kept_file(made), area_named(str(made.mapping["area"])), made.as_of, progress=progress)
    define_sources([SOURCE], by=by, now=now)
    numbers = register(plan, now)
    touched = follow_names(plan.people, made.as_of)
    total = sum(len(one.subjects) for one in plan.cells)
    written = record_cells(
        [numbered(one, numbers) for one in plan.cells], source_code=SOURCE.code, now=now, area_path=made.area_path,
        progress=(lambda done: progress("写入事实", done, total)) if progress else None,
    )  # fmt: skip
    new = set(numbers[numbers > 0].tolist())
    made.created, made.facts, made.errors = len(new), written.facts, len(plan.refused_rows)
    made.changed = len((written.subjects | touched) - new)
    made.returned = write_returned(plan, made.pk)
    made.save(update_fields=["created", "facts", "errors", "changed", "returned"])
    after = {"created": made.created, "changed": made.changed, "facts": made.facts, "difference": written.digest}
    audit.record("roster.take", made, by=by, now=now, after=after)
    return made


def register(plan: Plan, now: dt.datetime) -> Ints:
    """Enter the new subjects; the number of each by its row (0 for rows that are no new subject).

    Conflict where somebody entered one of them since the plan was made; the transaction is then taken back.
    """
    new = [one for one in plan.people if one.subject_id is None]
    try:
        bulk.insert(Subject, _COLUMNS, (_row(one, now) for one in new))
    except IntegrityError as cause:
        raise Conflict(_("名册中的主体刚被他人登记。"), advice=_("本次未写入任何数据，请再次确认导入。")) from cause
    numbers = np.zeros(len(plan.table.rows), np.int64)
    if new:
        known = dict(_numbers_of(new))
        for one in new:
            numbers[one.row] = known[one.code or one.number]
    return numbers


def numbered(cells: Cells, numbers: Ints) -> Cells:
    """Cells with the numbers that new subjects have been given."""
    fresh = cells.subjects < 0
    subjects = cells.subjects.copy()
    subjects[fresh] = numbers[NEW - cells.subjects[fresh]]
    return replace(cells, subjects=subjects)


def follow_names(people: Sequence[Person], on: dt.date) -> set[int]:
    """Give known subjects the names and addresses of the file, keeping old names as former ones; returns who changed."""
    renamed = [(one, one.subject_id) for one in people if one.old_name and one.subject_id]
    moved = [(one, one.subject_id) for one in people if one.moved and one.subject_id]
    former = (
        Alias(subject_id=number, name=one.old_name, name_core=names.core_of(one.old_name), kind=Alias.Kind.FORMER, until=on)
        for one, number in renamed
    )
    Alias.objects.bulk_create(former, ignore_conflicts=True, batch_size=500)
    written = ((one.name, names.key_of(one.name), names.core_of(one.name), number) for one, number in renamed)
    bulk.update(Subject, ["name", "name_key", "name_core"], written)
    bulk.update(Subject, ["address"], ((one.address, number) for one, number in moved))
    return {number for _one, number in (*renamed, *moved)}


def _row(one: Person, now: dt.datetime) -> tuple[object, ...]:
    return (
        one.kind, one.code or None, one.number or None, one.name, names.key_of(one.name), names.core_of(one.name),
        one.home.pk, one.home.area_path, one.address, "", "", Subject.Status.OPEN.value, False, now,
    )  # fmt: skip


def _numbers_of(people: Sequence[Person]) -> Iterator[tuple[str, int]]:
    wanted = {"uscc": [one.code for one in people if one.code], "local_number": [one.number for one in people if not one.code]}
    for column, codes in wanted.items():
        for start in range(0, len(codes), BATCH):
            rows = Subject.objects.filter(**{f"{column}__in": codes[start : start + BATCH]})
            yield from rows.values_list(column, "pk")
