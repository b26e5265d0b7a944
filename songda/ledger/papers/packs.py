"""Kinds and marks as a pack declares them; a changed kind is a new version, papers keep theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.kernel.versions import declare
from songda.kernel.who import Who
from songda.ledger.papers.models import KindVersion, Mark
from songda.ledger.papers.rules.kinds import PaperKindFaultError, kind_of
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.queries import by_code


def faults_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What does not hold together, as sentences; for the check of a pack."""
    faults, codes = [], [one["code"] for one in data["kinds"]]
    faults += [f"种类代码重复：{code}" for code in sorted({one for one in codes if codes.count(one) > 1})]
    for one in data["kinds"]:
        try:
            kind_of(one)
        except PaperKindFaultError as error:
            faults.append(str(error))
    return tuple(faults)


@transaction.atomic
def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter kinds and marks; how many are new or changed. A kind that is no longer declared is retired."""
    return sum(_load(data, by, now) for data in files)


def _load(data: Mapping[str, Any], by: Who, now: dt.datetime) -> int:
    for one in data["kinds"]:
        kind_of(one)  # refuses what does not hold together
    marks = sum(_mark(by_code(one["unit"]), one["mark"], by, now) for one in data.get("marks", ()))
    return marks + declare(KindVersion, data["kinds"], "paper.kind", by=by, now=now)


def _mark(unit: Organisation, text: str, by: Who, now: dt.datetime) -> bool:
    known = Mark.objects.filter(unit=unit).first()
    if known is not None and known.text == text:
        return False
    made, _new = Mark.objects.update_or_create(unit=unit, defaults={"text": text})
    record("paper.mark", made, by=by, now=now, after={"unit": unit.code, "mark": text})
    return True
