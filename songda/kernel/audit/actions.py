"""Writing the trail, and sealing it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from songda.kernel import origin
from songda.kernel.audit import rules
from songda.kernel.audit.models import AuditEntry, AuditSeal
from songda.kernel.audit.queries import Report, horizon, last_seal, rows_between
from songda.kernel.errors import Unavailable
from songda.kernel.who import Who

SEAL_ROWS = 50_000  # numbers a seal spans at most, so that one broken seal points somewhere
logger = logging.getLogger(__name__)


def record(
    action: str,
    thing: Model,
    *,
    by: Who,
    now: dt.datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Append one row in the caller's transaction: if it cannot be written, nothing is done.

    Fields named in the model's `personal_fields` are kept as keyed digests, never as values.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs in the transaction of the change it speaks of")
    personal: frozenset[str] = getattr(thing, "personal_fields", frozenset())
    source = origin.current()
    AuditEntry.objects.create(
        at=now,
        account_id=by.account_id,
        post_id=by.post_id,
        name=by.name,
        origin=source.address,
        request_id=source.request_id,
        action=action,
        thing=thing._meta.label_lower,
        thing_id=str(thing.pk or ""),
        area_path=getattr(thing, "area_path", ""),
        before=rules.disclosed(before or {}, personal, settings.SECRET_KEY),
        after=rules.disclosed(after or {}, personal, settings.SECRET_KEY),
    )


def digest_of(value: object) -> str:
    """A personal value as the trail may hold it, for values whose column is not itself personal (a fact about health)."""
    return rules.digest_of(value, settings.SECRET_KEY)


@transaction.atomic
def note_reading(given: Mapping[str, str], *, by: Who, now: dt.datetime) -> None:
    """Keep who read the trail, and what was looked for."""
    record("audit.read", AuditEntry(), by=by, now=now, after={name: value for name, value in given.items() if value})


@transaction.atomic
def note_verification(report: Report, *, by: Who, now: dt.datetime) -> None:
    """Keep what a verification found."""
    record("audit.verify", AuditSeal(), by=by, now=now, after={"holds": report.holds, "head": report.head, "seals": report.seals})


def seal(now: dt.datetime) -> list[AuditSeal]:
    """Chain all entries since the last seal; the new seals, none when nothing is new.

    Unavailable when writers did not pause (PostgreSQL, long import) or another sealer was faster: nothing is lost, call again.
    """
    try:
        return seal_up_to(horizon(), now)
    except IntegrityError as error:
        raise Unavailable(_("另一进程正在封存审计记录。"), advice=_("无须处理，稍后会自动再次封存。")) from error
    except OperationalError as error:
        raise Unavailable(_("审计表正忙，本次未封存。"), advice=_("无须处理，稍后会自动再次封存。")) from error


def seal_up_to(top: int, now: dt.datetime) -> list[AuditSeal]:
    """Seals for everything not yet covered up to entry `top`, which must be at or below the horizon."""
    made: list[AuditSeal] = []
    end = last_seal()
    previous, first_id = (end.digest, end.last_id + 1) if end else (rules.START, 1)
    while first_id <= top:
        last_id = min(first_id + SEAL_ROWS - 1, top)
        digest, rows = rules.chained(previous, first_id, last_id, rows_between(first_id, last_id))
        link = AuditSeal(first_id=first_id, last_id=last_id, rows=rows, sealed_at=now, previous=previous, digest=digest)
        with transaction.atomic():
            link.save()
        logger.info("sealed %s rows=%d head=%s", link, rows, digest)  # a head kept in the log shows a cut-off chain
        made.append(link)
        previous, first_id = digest, last_id + 1
    return made
