"""Reads of the trail: what happened to a thing, where the chain ends, and whether it still holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count, Max, Model, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.audit.models import AuditEntry, AuditSeal
from songda.kernel.audit.rules import START, chained

FILTERS = {
    "name": "name__contains",
    "action": "action__startswith",
    "thing": "thing",
    "number": "thing_id",
    "request": "request_id",
}
COLUMNS = tuple(field.name for field in AuditEntry._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class Report:
    """What verification found: how much was checked, and the first seal that does not hold, with the reason."""

    holds: bool
    seals: int
    entries: int
    unsealed: int
    head: str
    broken_seal: str = ""
    reason: str = ""


def trail(thing: Model) -> QuerySet[AuditEntry]:
    """What happened to one thing, newest first."""
    return AuditEntry.objects.filter(thing=thing._meta.label_lower, thing_id=str(thing.pk)).order_by("-id")


def entries(given: Mapping[str, str]) -> QuerySet[AuditEntry]:
    """The trail, newest first, for the audit administrator alone; `given` narrows it by the names in FILTERS."""
    kept = {lookup: given[name] for name, lookup in FILTERS.items() if given.get(name)}
    return AuditEntry.objects.filter(**kept).order_by("-id")


def last_seal() -> AuditSeal | None:
    """The end of the chain."""
    return AuditSeal.objects.order_by("-last_id").first()


def rows_between(first_id: int, last_id: int) -> Iterator[tuple[object, ...]]:
    """Entries of a range in id order, as tuples of all columns, read in batches."""
    rows = AuditEntry.objects.filter(id__range=(first_id, last_id)).order_by("id")
    return rows.values_list(*COLUMNS).iterator(chunk_size=2000)


def horizon() -> int:
    """The highest entry number below which nothing can still appear; 0 for an empty trail.

    On PostgreSQL numbers are drawn before commit, so a lower number may become visible after a higher one. SHARE mode waits
    for every transaction that has written to the table; while it is held no number is under way. It is given up after two
    seconds (behind a long import the sealer simply comes back later). SQLite has one writer: what is read is final.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                cursor.execute(f"LOCK TABLE {AuditEntry._meta.db_table} IN SHARE MODE")
        return AuditEntry.objects.aggregate(top=Max("id"))["top"] or 0


def verify(expected_head: str = "") -> Report:
    """Recompute the chain from its start.

    Finds any entry changed, removed or slipped in below the last seal, and a seal changed or removed in the middle. Entries
    after the last seal are counted, not vouched for. That the last seals themselves were cut off shows only against a head
    noted elsewhere (`expected_head`, as `audit seal` printed it).
    """
    previous, last_id, seals, checked = START, 0, 0, 0
    heads = {START}
    for seal in AuditSeal.objects.order_by("last_id").iterator(chunk_size=200):
        digest, count = chained(seal.previous, seal.first_id, seal.last_id, rows_between(seal.first_id, seal.last_id))
        reason = fault_of(seal, previous, last_id, digest, count)
        if reason:
            return Report(False, seals, checked, unsealed_after(seal.last_id), previous, broken_seal=str(seal), reason=reason)
        previous, last_id, seals, checked = seal.digest, seal.last_id, seals + 1, checked + count
        heads.add(seal.digest)
    known = not expected_head or expected_head in heads
    reason = "" if known else _("另行保存的封条摘要不在链上：末尾的封条可能已被截去。")
    return Report(known, seals, checked, unsealed_after(last_id), previous, reason=reason)


def fault_of(seal: AuditSeal, previous: str, last_id: int, digest: str, count: int) -> str:
    """Why a seal does not hold, empty when it does."""
    if seal.first_id != last_id + 1 or seal.previous != previous:
        return _("封条之间不相接：有封条被改动或移除。")
    if count != seal.rows:
        return _("应有 %(rows)d 条记录，实有 %(count)d 条：有记录被移除或插入。") % {"rows": seal.rows, "count": count}
    if digest != seal.digest:
        return _("摘要不符：范围内有记录被改动。")
    return ""


def fault_of_end() -> str:
    """Why the last link of the chain does not hold, '' when it does. The whole chain: `verify`."""
    end = last_seal()
    if end is None:
        return ""
    before = AuditSeal.objects.filter(last_id__lt=end.first_id).order_by("-last_id").first()
    previous, last_id = (before.digest, before.last_id) if before else (START, 0)
    digest, count = chained(end.previous, end.first_id, end.last_id, rows_between(end.first_id, end.last_id))
    reason = fault_of(end, previous, last_id, digest, count)
    return _("封条 %(seal)s：%(reason)s") % {"seal": end, "reason": reason} if reason else ""


def waits_since() -> dt.datetime | None:
    """Of when the oldest entry is that no seal covers."""
    end = last_seal()
    unsealed = AuditEntry.objects.filter(id__gt=end.last_id if end else 0)
    return unsealed.order_by("id").values_list("at", flat=True).first()


def unsealed_after(last_id: int) -> int:
    """How many entries the chain does not cover yet."""
    return AuditEntry.objects.filter(id__gt=last_id).aggregate(n=Count("id"))["n"] or 0
