"""Verifying a certificate 核验销毁证明: is every record of its list gone or empty, and is the list the one that was signed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from songda.kernel.sight import one_of
from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.office.retention.models import Purge, PurgeLine
from songda.office.retention.queries.due import rows_in, rows_of
from songda.office.retention.rules.certificate import digest_of, digest_of_lines
from songda.office.retention.rules.holdings import Holding
from songda.office.retention.rules.table import HOLDINGS

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: whether the certificate holds, how many records were looked for, files still waiting for the sweep, and what is wrong."""

    number: str
    holds: bool
    records: int
    files: int
    waiting: int
    problems: tuple[str, ...]


def verify(number: str) -> Verified:
    """Look for every record of a certificate. NotFound for a number that was never given here."""
    purge = one_of(Purge.objects.filter(number=number), _("没有编号为“%(number)s”的销毁证明。") % {"number": number})
    problems: list[str] = []
    digests, records = [], 0
    for line in purge.lines.order_by("pk"):
        keys = list(line.items.filter(done_at__isnull=False).order_by("key").values_list("key", flat=True))
        digests.append((line.holding, digest_of(keys)))
        records += len(keys)
        if digests[-1][1] != line.digest:
            problems.append(_("%(label)s：清单与证明的摘要不符。") % {"label": line.label})
        problems += found_of(line, keys)
    if digest_of_lines(digests) != purge.digest:
        problems.append(_("清册摘要不符：证明或清单被改动。"))
    names = list(purge_files(purge))
    left = [name for name in names if still_there(name)]
    return Verified(number, not problems, records, len(names), len(left), tuple(problems))


def found_of(line: PurgeLine, keys: Sequence[int]) -> Iterator[str]:
    """What is still there of a line."""
    holding = HOLDINGS.get(line.holding)
    if holding is None:
        yield _("门类 %(code)s 已不在保管期限表中，无法核验。") % {"code": line.holding}
        return
    count = remains if line.action == "destroy" else unmasked
    left = sum(count(holding, keys[at : at + CHUNK]) for at in range(0, len(keys), CHUNK))
    if left:
        yield _("%(label)s：%(n)d 件仍在或仍有内容。") % {"label": line.label, "n": left}


def remains(holding: Holding, keys: Sequence[int]) -> int:
    """Records that are still there."""
    return rows_of(holding).filter(pk__in=keys).count()


def unmasked(holding: Holding, keys: Sequence[int]) -> int:
    """Rows with something in the columns that were emptied, and rows of parts that should be gone."""
    found = rows_of(holding).filter(pk__in=keys).filter(filled(holding.blank)).count() if holding.blank else 0
    for part in holding.parts:
        rows = rows_in(part.model).filter(**{f"{part.path}__in": keys})
        found += rows.count() if part.blank is None else rows.filter(filled(part.blank)).count()
    return found


def filled(blank: Mapping[str, object]) -> Q:
    """Rows in which some column is not what it was emptied to. A text with the row's number begins as it should."""
    said = Q(pk__in=())
    for name, value in blank.items():
        said |= ~as_emptied(name, value)
    return said


def as_emptied(name: str, value: object) -> Q:
    """A column as it was emptied."""
    if value is None:
        return Q(**{f"{name}__isnull": True})
    if isinstance(value, str) and "{pk}" in value:
        return Q(**{f"{name}__startswith": value.split("{pk}")[0]})
    return Q(**{name: value})


def purge_files(purge: Purge) -> Iterator[str]:
    """Digests and places of the files that went."""
    for line in purge.lines.all():
        yield from line.gone.values_list("name", flat=True)


def still_there(name: str) -> bool:
    """Whether a file is on the disk although no row knows it: the nightly sweep takes it."""
    if "/" in name:
        return (Path(settings.MEDIA_ROOT) / name).exists()
    return store().place(name).exists() and not StoredFile.objects.filter(digest=name).exists()
