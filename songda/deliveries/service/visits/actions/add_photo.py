"""A photo of a stop, sent after its record."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.access import stop_to_do
from songda.deliveries.service.visits.models import Stop, StopEvidence
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.files import Readable
from songda.ledger.evidence.actions import Given, store_evidence
from songda.registry.actors import Actor


@transaction.atomic
def add_photo(stop_id: int, upload: Readable, name: str, *, by: Actor, now: dt.datetime, request_key: str) -> StopEvidence:
    """Keep a photo with its stop. The same request key again is the same photo; Conflict while the stop has no record, or once
    the visit is closed.
    """
    stop = stop_to_do(stop_id, by)
    known = StopEvidence.objects.filter(stop=stop, evidence__request_key=request_key).first()
    if known is not None:
        return known
    if stop.recorded_at is None:
        raise Conflict(_("请先发送走访记录，再发送照片。"))
    if stop.visit.state == "closed":
        raise Conflict(_("走访已办结，不能再添加照片。"), advice=_("照片仍保存在手机上。"))
    given = Given(
        subject_id=stop.subject_id,
        area_path=stop.area_path,
        note=_("走访：%(purpose)s") % {"purpose": stop.visit.purpose},
        taken_at=stop.arrived_at,
        place=_place(stop),
        request_key=request_key,
    )
    evidence = store_evidence(upload, name=name, kind="photo", given=given, by=by, now=now)
    kept, new = StopEvidence.objects.get_or_create(stop=stop, evidence=evidence)
    if new:
        record("visit.photo", stop, by=by, now=now, after={"evidence": evidence.pk})
    return kept


def _place(stop: Stop) -> tuple[int, int] | None:
    return None if stop.latitude is None or stop.longitude is None else (stop.latitude, stop.longitude)
