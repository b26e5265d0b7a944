"""Kinds of cases as a pack declares them: a changed kind is a new version, cases keep the one they were opened under."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.kernel.who import Who
from songda.ledger.cases.models import Kind, KindVersion
from songda.ledger.cases.queries.kinds import STEPS
from songda.ledger.cases.rules.kind_files import KindFaultError, kind_of


def faults_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What does not hold together in a kind, as sentences with their places; for the check of a pack."""
    try:
        kind_of(data, STEPS)
    except KindFaultError as error:
        return error.faults
    return ()


@transaction.atomic
def load(items: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the kinds; how many are new or changed. A kind that is the same stays as it is."""
    changed = 0
    for data in items:
        spec = kind_of(data, STEPS)
        digest = hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
        kind, _made = Kind.objects.get_or_create(code=spec.code)
        newest = kind.versions.order_by("-number").first()
        if newest is not None and newest.retired_at is None and newest.digest == digest:
            continue
        kind.versions.filter(retired_at=None).update(retired_at=now)
        number = newest.number + 1 if newest else 1
        version = KindVersion.objects.create(
            kind=kind, number=number, machine=spec.machine, label=spec.label, body=dict(data), digest=digest, since=now
        )
        record("case.kind", version, by=by, now=now, after={"code": spec.code, "number": number, "digest": digest})
        changed += 1
    return changed
