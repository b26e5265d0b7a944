"""Set evidence aside 作废: it stays, shows why, and proves nothing any more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.evidence.access import evidence_to_set_aside
from songda.ledger.evidence.models import Evidence
from songda.registry.actors import Actor


@transaction.atomic
def set_aside_evidence(evidence_id: int, *, reason: str, by: Actor, now: dt.datetime) -> Evidence:
    """Declare a piece of evidence void, with a reason. Conflict where it is void already."""
    evidence = evidence_to_set_aside(evidence_id, by)
    if not reason.strip():
        raise Invalid(_("请写明作废理由。"), fields={"reason": _("例如：传错文件、照片不清。")})
    open_ones = Evidence.objects.filter(pk=evidence_id, set_aside_at=None)
    if open_ones.update(set_aside_at=now, set_aside_reason=reason.strip()[:200]) != 1:
        raise Conflict(_("这份凭证已经作废。"))
    evidence.refresh_from_db()
    record("evidence.set_aside", evidence, by=by, now=now, after={"reason": evidence.set_aside_reason})
    return evidence
