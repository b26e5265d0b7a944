"""Look whether every file is what it was 核验: a changed or missing one is marked, shown and written into the trail."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from songda.kernel.audit.actions import record
from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.registry.actors import system

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files were read, and how many of them are newly damaged, or whole again."""

    looked: int
    damaged: int
    restored: int


def verify_files(now: dt.datetime, limit: int = 100_000) -> Verified:
    """Read the files not looked at for longest, up to `limit`, and keep what is found. One short transaction a file."""
    due = StoredFile.objects.order_by(F("verified_at").asc(nulls_first=True), "id").values_list("pk", flat=True)[:limit]
    looked = damaged = restored = 0
    for pk in list(due):
        change = verify_file(pk, now=now)
        looked += 1
        damaged += change == "damaged"
        restored += change == "restored"
    return Verified(looked, damaged, restored)


def verify_file(file_id: int, *, now: dt.datetime) -> str:
    """Read one file: 'damaged' or 'restored' where that is new, else ''."""
    file = StoredFile.objects.get(pk=file_id)
    damaged = not store().is_whole(file.digest)
    with transaction.atomic():
        same = StoredFile.objects.filter(pk=file_id, damaged=file.damaged)
        if same.update(damaged=damaged, verified_at=now) != 1 or damaged == file.damaged:
            return ""
        change = "damaged" if damaged else "restored"
        logger.error("stored file %s is %s", file.digest, change)
        record(f"evidence.file_{change}", file, by=system(), now=now, after={"digest": file.digest, "damaged": damaged})
    return change


def sweep_files() -> int:
    """Remove what crashes left on the disk (a day old, known to no row); how many."""
    return store().sweep(_known)


def _known(digests: Iterable[str]) -> set[str]:
    return set(StoredFile.objects.filter(digest__in=list(digests)).values_list("digest", flat=True))
