"""Carrying out 执行: an approved list in batches, each its own transaction. A killed worker leaves whole batches; the next goes on.

Every record is looked at again before it goes: what came under hold since, or is no longer over, stays and is told as skipped.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.kernel.machines import move
from songda.ledger.papers.actions import next_ordinal
from songda.office.retention.actions.erase import Erased, erase
from songda.office.retention.models import Purge, PurgedFile, PurgeItem, PurgeLine
from songda.office.retention.queries import lists
from songda.office.retention.queries.due import due, rows_of
from songda.office.retention.rules.certificate import digest_of, digest_of_lines, series_of
from songda.office.retention.rules.table import HOLDINGS
from songda.office.retention.states import PURGE, Skipped
from songda.registry.actors import Actor

BATCH = 200
logger = logging.getLogger(__name__)


def carry_on(*, by: Actor, now: dt.datetime) -> int:
    """Go on with every approved list to its end; how many records were dealt with. Nothing approved: none."""
    dealt = 0
    for purge in Purge.objects.filter(state="approved").order_by("pk"):
        for line in purge.lines.order_by("pk"):
            while took := carry_batch(line, by=by, now=now):
                dealt += took
        finish(purge, by=by, now=now)
    return dealt


@transaction.atomic
def carry_batch(line: PurgeLine, *, by: Actor, now: dt.datetime) -> int:
    """The next records of a line: how many were dealt with, gone or skipped. Conflict where another worker has them."""
    keys = waiting(line)
    if not keys:
        return 0
    holding = HOLDINGS[line.holding]
    ready = sorted(due(holding, line.cutoff, line.action).filter(pk__in=keys).values_list("pk", flat=True))
    if PurgeItem.objects.filter(line=line, key__in=ready, done_at=None, skipped="").update(done_at=now) != len(ready):
        raise Conflict(_("另一进程正在执行这份清册。"))
    skip(line, set(keys) - set(ready))
    if ready:
        erased = erase(holding, line.action, ready)
        note(line, erased)
        after = {"holding": line.holding, "action": line.action, "rows": len(ready), "digest": digest_of(ready)}
        record("retention.erase", line.purge, by=by, now=now, after=after)
    return len(keys)


def waiting(line: PurgeLine) -> list[int]:
    """The next keys of a line to be dealt with, in order."""
    left = line.items.filter(done_at=None, skipped="").order_by("key")
    return list(left.values_list("key", flat=True)[:BATCH])


def skip(line: PurgeLine, keys: set[int]) -> None:
    """Note what is not touched, and why."""
    there = set(rows_of(HOLDINGS[line.holding]).filter(pk__in=keys).values_list("pk", flat=True))
    for reason, found in ((Skipped.HELD, there), (Skipped.GONE, keys - there)):
        PurgeItem.objects.filter(line=line, key__in=found, done_at=None).update(skipped=reason)


def note(line: PurgeLine, erased: Erased) -> None:
    """Add what went to the line."""
    line.refresh_from_db(fields=["tables"])
    line.tables = dict(Counter(line.tables) + erased.tables)
    line.save(update_fields=["tables"])
    PurgedFile.objects.bulk_create(PurgedFile(line=line, name=name, size=size) for name, size in erased.files)


@transaction.atomic
def finish(purge: Purge, *, by: Actor, now: dt.datetime) -> Purge:
    """Number the certificate, as the last thing: a finish taken back leaves no gap."""
    digests = [(line.holding, close(line)) for line in purge.lines.order_by("pk")]
    series = series_of(clock.day_of(now).year)
    ordinal = next_ordinal(series)
    number = series.format(n=ordinal)
    changes = {"series": series, "ordinal": ordinal, "number": number, "digest": digest_of_lines(digests)}
    move(PURGE, purge, "finish", done_at=now, done_name=by.name, **changes)
    record("retention.finish", purge, by=by, now=now, after={"number": number, "digest": purge.digest})
    return purge


def close(line: PurgeLine) -> str:
    """A line's sums and its digest."""
    keys = line.items.filter(done_at__isnull=False).values_list("key", flat=True)
    digest = digest_of(keys)
    skipped = line.items.exclude(skipped="").count()
    PurgeLine.objects.filter(pk=line.pk).update(standing=False, done=len(keys), skipped=skipped, digest=digest)
    return digest


def keep_lists() -> int:
    """Write the list of every finished purge beside the database, where a restore of the database does not reach; how many were new."""
    missing = [purge for purge in Purge.objects.filter(state="done").order_by("pk") if not lists.is_kept(purge, lists.folder())]
    for purge in missing:
        lists.keep(purge, lists.folder())
        logger.info("purge %s kept in %s", purge.number, settings.HOME)
    return len(missing)
