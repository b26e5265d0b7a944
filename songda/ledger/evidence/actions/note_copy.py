"""Keep that a marked copy went out 导出留痕: to whom and when is what the copy itself says too."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.kernel.audit.actions import record
from songda.ledger.evidence.access import evidence_for
from songda.registry.actors import Actor


@transaction.atomic
def note_copy(evidence_id: int, *, by: Actor, now: dt.datetime) -> None:
    """One row of the trail."""
    evidence = evidence_for(evidence_id, by)
    record("evidence.copy", evidence, by=by, now=now, after={"digest": evidence.file.digest})
