"""The papers behind the invented ledger: a result that was reported has its proof, written in bulk as `step_case` would have left it."""

from __future__ import annotations

import datetime as dt
import io

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import bulk
from songda.kernel.audit.actions import record
from songda.ledger.cases.models import CaseEvidence, CaseStep
from songda.ledger.cases.queries.steps import PROPOSING
from songda.ledger.evidence.actions import Given, store_evidence
from songda.ledger.evidence.models import Evidence
from songda.registry.actors import Actor

GIVEN = (
    "file_id",
    "kind",
    "name",
    "note",
    "subject_id",
    "area_path",
    "office_only",
    "given_at",
    "given_name",
    "set_aside_reason",
)
LAID = ("case_id", "step_id", "evidence_id")
WANTED = ("pk", "case_id", "case__subject_id", "case__area_path", "case__number", "at", "name")


@transaction.atomic
def lay_proofs(*, by: Actor, now: dt.datetime) -> int:
    """Lay a receipt to every reported result of the demonstration that has none; how many. All share the bytes of one invented paper."""
    told = CaseStep.objects.filter(case__demonstration=True, step__in=PROPOSING, evidence=None).order_by("pk")
    steps = list(told.exclude(case__subject=None).values_list(*WANTED))
    if not steps:
        return 0
    words = _("演示凭证：企业签收的办理回执。").encode()
    paper = store_evidence(io.BytesIO(words), name=_("回执.txt"), kind="receipt", given=Given(), by=by, now=now)
    last = Evidence.objects.order_by("-pk").values_list("pk", flat=True)[0]
    name = _("办理回执 %s.txt")
    rows = [
        (paper.file_id, "receipt", name % number, "", subject, path, False, at, who, "")
        for _step, _case, subject, path, number, at, who in steps
    ]
    bulk.insert(Evidence, GIVEN, rows)
    given = Evidence.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
    bulk.insert(CaseEvidence, LAID, [(step[1], step[0], pk) for step, pk in zip(steps, given, strict=True)])
    record("demo.proofs", paper, by=by, now=now, after={"results": len(steps)})
    return len(steps)
