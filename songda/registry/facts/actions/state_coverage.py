"""State that a list 名单 is complete for an area from a day: from then on, who is not on it is not on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import Kind
from songda.kernel.audit import actions as audit
from songda.kernel.errors import Invalid
from songda.kernel.who import Who
from songda.registry.facts.models import Coverage, FactDefinition
from songda.registry.facts.queries.catalogue import source_named


@dataclass(frozen=True, slots=True)
class Complete:
    """For which subjects (below a path; empty: all) and days (both ends included) a list is complete."""

    area_path: str
    starts_on: dt.date
    ends_on: dt.date | None = None


@transaction.atomic
def state_coverage(code: str, given: Complete, *, source_code: str, by: Who, now: dt.datetime) -> Coverage:
    """Record the statement; the same one again changes nothing. Invalid for a fact that is not a list."""
    fact = FactDefinition.objects.filter(code=code, kind=Kind.LIST.value).first()
    if fact is None:
        raise Invalid(_("“%(code)s”不是名单，不能声明覆盖范围。") % {"code": code})
    made, new = Coverage.objects.get_or_create(
        fact=fact, area_path=given.area_path, starts_on=given.starts_on, ends_on=given.ends_on,
        source=source_named(source_code), defaults={"recorded_at": now},
    )  # fmt: skip
    if new:
        audit.record("facts.coverage", made, by=by, now=now, after={"list": code, "from": given.starts_on.isoformat()})
    return made
