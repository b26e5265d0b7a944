"""Check a file: keep it, read it, say what it would do and return its wrong rows. Nothing of the register changes."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import actions as audit
from songda.kernel.errors import Invalid
from songda.kernel.machines import move
from songda.kernel.placing import placed
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.facts.queries import Held, Reach
from songda.registry.intake import access
from songda.registry.intake.actions.return_rows import write_returned
from songda.registry.intake.models import Intake
from songda.registry.intake.queries.areas import NO_HOME
from songda.registry.intake.queries.files import digest_of, kept_file, taken_before
from songda.registry.intake.queries.plan import Plan, Progress, plan_roster
from songda.registry.intake.rules import headings
from songda.registry.intake.states import INTAKE
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.access import check_area


@dataclass(frozen=True, slots=True)
class Roster:
    """A file as given: where it lies, what it is called, for which area and as of which day."""

    path: Path
    name: str
    area_code: str
    as_of: dt.date


def check_roster(given: Roster, *, by: Actor, now: dt.datetime, progress: Progress | None = None) -> Intake:
    """Read a file and keep the result as an intake that can be taken. The same file for the same place and day that was
    taken before gives that intake, and nothing happens. Refusals of whole files: see `rules.guard`, `rules.table`.
    """
    area = area_named(given.area_code)
    check_area(area.area_path, by)
    if given.as_of > now.date() + dt.timedelta(days=1):
        raise Invalid(_("数据日期不能晚于今天。"), fields={"as_of": _("请填写数据所属的日期。")})
    digest = digest_of(given.path)
    before = taken_before(digest, area.area_path, given.as_of)
    if before is not None:
        return before
    plan = plan_roster(given.path, area, given.as_of, progress=progress)
    with transaction.atomic():
        made = Intake(
            file_name=given.name[:200], digest=digest, area_path=area.area_path, as_of=given.as_of, state="checked",
            mapping={**headings.as_json(plan.targets), "area": area.code, "unknown": [asdict(one) for one in plan.unknown]},
            rows=len(plan.table.rows), created_at=now, account_id=by.account_id, name=by.name,
        )  # fmt: skip
        count(made, plan)
        made.save()
        keep(given.path, kept_file(made))
        made.returned = write_returned(plan, made.pk)
        made.save(update_fields=["returned"])
        audit.record("roster.check", made, by=by, now=now, after={"file": made.file_name, "digest": digest})
    return made


@transaction.atomic
def refuse_roster(intake_id: int, *, by: Actor, now: dt.datetime) -> Intake:
    """Give a checked file up."""
    made = access.intake_for(intake_id, by)
    move(INTAKE, made, "refuse")
    audit.record("roster.refuse", made, by=by, now=now)
    return made


def area_named(code: str) -> Organisation:
    """The district, zone or street that a roster is for."""
    found = Organisation.objects.filter(code=code).exclude(kind__in=NO_HOME).first()
    if found is None:
        raise Invalid(_("没有代码为“%(code)s”的辖区。") % {"code": code}, fields={"area": _("请从列表中选择。")})
    return found


def count(made: Intake, plan: Plan) -> None:
    """What taking the plan would come to (before sizes are computed from it)."""
    new = [one for one in plan.people if one.subject_id is None]
    changed = facts.changes(plan.cells, held_for(plan, made.area_path))
    touched = {subject for one in changed for subject in one.subjects.tolist() if subject > 0}
    touched |= {one.subject_id for one in plan.people if one.subject_id and (one.old_name or one.moved)}
    made.created, made.changed = len(new), len(touched)
    made.facts = sum(len(one.subjects) for one in changed)
    made.errors = len(plan.refused_rows)


def held_for(plan: Plan, area_path: str) -> Held:
    """What is held of the plan's facts; nothing is read where every subject is new."""
    known = any(one.subject_id is not None for one in plan.people)
    wanted = [one.fact.pk for one in plan.cells] if known else []
    return facts.held(Reach(area_path, facts=wanted))


def keep(source: Path, target: Path) -> None:
    """Copy a file to where it is kept, whole or not at all."""
    with placed(target) as beside:
        shutil.copyfile(source, beside)
