"""Taking records away 销毁 or emptying them 去标识, with what hangs on them. The caller holds the transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.evidence.queries import store
from songda.office.retention.queries.due import evidence_parts, referred_to, rows_in, rows_of
from songda.office.retention.rules.holdings import Holding

Gone = tuple[str, int]


@dataclass
class Erased:
    """Rows by table, and the files that went: (digest or place, bytes)."""

    tables: Counter[str] = field(default_factory=Counter)
    files: list[Gone] = field(default_factory=list)


def erase(holding: Holding, action: str, keys: Sequence[int]) -> Erased:
    """Destroy or depersonalise the records with these keys. Files leave the store once the transaction has ended well."""
    made = Erased()
    freed = pieces_of(holding, keys)
    if action == "destroy":
        made.files += places_of(holding, keys)
        destroy(holding, keys, made)
    else:
        depersonalise(holding, keys, made)
    made.files += drop_evidence(freed, made)
    forget_files([name for name, _size in made.files])
    return made


def pieces_of(holding: Holding, keys: Sequence[int]) -> list[int]:
    """The evidence that hangs on the records: by key, or the records themselves."""
    if holding.holds_files:
        return list(keys)
    found: list[int] = []
    for part in evidence_parts(holding):
        rows = rows_in(part.model).filter(**{f"{part.path}__in": keys})
        found += rows.values_list(f"{part.frees}_id", flat=True)
    return found


def places_of(holding: Holding, keys: Sequence[int]) -> list[Gone]:
    """The files that the records name by place."""
    if not holding.place:
        return []
    named = rows_of(holding).filter(pk__in=keys).values_list(holding.place, flat=True)
    return [(str(name), 0) for name in named if name]


def destroy(holding: Holding, keys: Sequence[int], made: Erased) -> None:
    """Rows away, those that hang on others first."""
    for part in holding.parts:
        rows = rows_in(part.model).filter(**{f"{part.path}__in": keys})
        made.tables[part.model] += rows.delete()[0]
    if not holding.holds_files:
        made.tables[holding.model] += rows_of(holding).filter(pk__in=keys).delete()[0]


def depersonalise(holding: Holding, keys: Sequence[int], made: Erased) -> None:
    """Columns emptied, rows kept: what figures count stays what it was."""
    made.tables[holding.model] += rows_of(holding).filter(pk__in=keys).update(**emptied(holding.blank))
    for part in holding.parts:
        rows = rows_in(part.model).filter(**{f"{part.path}__in": keys})
        if part.blank is None:
            made.tables[part.model] += rows.delete()[0]
        else:
            whole = rows_in(part.model).filter(pk__in=list(rows.values_list("pk", flat=True)))
            made.tables[part.model] += whole.update(**emptied(part.blank))


def emptied(blank: Any) -> dict[str, Any]:
    """The values of an UPDATE: `{pk}` in a text becomes the row's own number."""
    return {name: numbered(value) if isinstance(value, str) and "{pk}" in value else value for name, value in blank.items()}


def numbered(text: str) -> Concat:
    """A text with the row's number in it."""
    head, tail = text.split("{pk}")
    return Concat(Value(head), Cast("pk", CharField()), Value(tail), output_field=CharField())


def drop_evidence(pieces: Sequence[int], made: Erased) -> list[Gone]:
    """Evidence that nothing refers to any longer, and files that no evidence shares: (digest, bytes) of what goes."""
    free = Evidence.objects.filter(pk__in=set(pieces)).exclude(referred_to(Evidence))
    chosen = dict(free.values_list("pk", "file_id"))
    made.tables["evidence.Evidence"] += Evidence.objects.filter(pk__in=chosen).delete()[0]
    unshared = StoredFile.objects.filter(pk__in=set(chosen.values())).exclude(referred_to(StoredFile))
    gone = dict(unshared.values_list("pk", "digest"))
    sizes = dict(StoredFile.objects.filter(pk__in=gone).values_list("digest", "size"))
    made.tables["evidence.StoredFile"] += StoredFile.objects.filter(pk__in=gone).delete()[0]
    return sorted(sizes.items())


def forget_files(names: Sequence[str]) -> None:
    """Take files off the disk once the rows are gone for good; a crash in between leaves them to the nightly sweep or to the next run."""

    def away() -> None:
        for name in names:
            if "/" in name:
                (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)
            elif not StoredFile.objects.filter(digest=name).exists():
                store().discard(name)

    transaction.on_commit(away)
