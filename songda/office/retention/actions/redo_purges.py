"""After a restore 恢复之后: what had been purged since the backup is purged again, by the lists kept beside the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from songda.kernel import bulk
from songda.kernel.audit.actions import record
from songda.ledger.papers.models import Series
from songda.office.retention.actions.carry_out import BATCH
from songda.office.retention.actions.erase import erase
from songda.office.retention.models import Purge, PurgedFile, PurgeItem, PurgeLine
from songda.office.retention.queries import lists
from songda.office.retention.queries.due import referred_to, rows_of, under_hold
from songda.office.retention.rules.table import HOLDINGS
from songda.office.retention.states import Skipped
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Redone:
    """What was done again: the certificates, the records that went, and those left because a hold or another record keeps them."""

    numbers: tuple[str, ...]
    records: int
    left: int

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def redo_purges(*, by: Actor, now: dt.datetime) -> Redone:
    """Carry out again every list that this database does not know, in their order. Again: none.

    Invalid where a kept list no longer has its digest; lists before it are done by then.
    """
    unknown = set(lists.unknown())
    done, records, left = [], 0, 0
    for path in lists.kept(lists.folder()):
        told = lists.read(path)
        if told["purge"]["number"] in unknown:
            gone, kept = redo(told, by, now)
            done.append(str(told["purge"]["number"]))
            records, left = records + gone, left + kept
    return Redone(tuple(done), records, left)


@transaction.atomic
def redo(told: lists.Listed, by: Actor, now: dt.datetime) -> tuple[int, int]:
    """One list: its certificate entered again under its number, its records gone again; how many went, how many were left."""
    purge = Purge.objects.create(**told["purge"])
    purge.refresh_from_db()
    raise_series(purge)
    gone = kept = 0
    for one in told["lines"]:
        line = PurgeLine.objects.create(purge=purge, **one["line"])
        bulk.insert(PurgeItem, ("line_id", "key", "done_at", "skipped"), ((line.pk, key, now, "") for key in one["keys"]))
        PurgedFile.objects.bulk_create(PurgedFile(line=line, name=name, size=size) for name, size in one["files"])
        went, stayed = erase_again(line, one["keys"])
        gone, kept = gone + went, kept + stayed
    record("retention.redo", purge, by=by, now=now, after={"number": purge.number, "records": gone, "left": kept})
    return gone, kept


def erase_again(line: PurgeLine, keys: list[int]) -> tuple[int, int]:
    """The records of a line that are back: how many went, how many a hold or another record keeps."""
    holding, gone, left = HOLDINGS[line.holding], 0, 0
    for at in range(0, len(keys), BATCH):
        back = rows_of(holding).filter(pk__in=keys[at : at + BATCH])
        free = back.exclude(under_hold(holding))
        if line.action == "destroy":
            free = free.exclude(referred_to(back.model, frozenset(holding.tables)))
        there, ready = set(back.values_list("pk", flat=True)), sorted(free.values_list("pk", flat=True))
        erase(holding, line.action, ready)
        stayed = there - set(ready)
        PurgeItem.objects.filter(line=line, key__in=stayed).update(done_at=None, skipped=Skipped.HELD)
        gone, left = gone + len(ready), left + len(stayed)
    return gone, left


def raise_series(purge: Purge) -> None:
    """See to it that the number is not given a second time."""
    Series.objects.get_or_create(text=purge.series)
    Series.objects.filter(text=purge.series, last__lt=purge.ordinal).update(last=purge.ordinal)
