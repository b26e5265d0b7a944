"""The fact catalogue as the rule language wants it, made once for each content."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, Min, Sum
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.kernel.recall import recalled
from songda.kernel.sight import one_of
from songda.registry.codes import queries as codes
from songda.registry.facts.models import FactDefinition, Source
from songda.registry.facts.rules.stamps import UNKNOWN

_COLUMNS = (
    "code", "name", "kind", "unit", "code_list", "aliases", "owner", "freshness_days", "personal", "fixed", "judgement",
)  # fmt: skip
_KEPT: dict[str, Catalogue] = {}
_MOST_KEPT = 32

Read = tuple[tuple[FactKind, ...], frozenset[str], str]  # entries, the code lists they use, the digest of the entries
_READ: dict[tuple[str, int, int], Read] = {}


class Content(NamedTuple):
    """What a catalogue is made of, and the digest of it all."""

    digest: str
    facts: tuple[FactKind, ...]
    editions: dict[str, str]


@recalled
def catalogue(context: str = "subject") -> Catalogue:
    """All names of a context with their code lists. The same object as long as nothing of it changes (two queries)."""
    digest, facts, editions = _content(context)
    found = _KEPT.get(digest)
    if found is None:
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        found = _KEPT[digest] = Catalogue(facts, codes.code_lists(set(editions)), context)
    return found


def catalogue_digest(context: str = "subject") -> str:
    """SHA-256 of everything a rule's meaning depends on: entries and the editions of their code lists."""
    return _content(context)[0]


def definitions(context: str = "subject") -> dict[str, FactDefinition]:
    """The entries as rows, by code, in the catalogue's order."""
    return {one.code: one for one in FactDefinition.objects.filter(context=context)}


def source_named(code: str) -> Source:
    """A registered source of data; NotFound for another."""
    return one_of(
        Source.objects.filter(code=code),
        _("数据来源“%(code)s”未登记。") % {"code": code},
        advice=_("请先在活动包或来源表中登记。"),
    )


@lru_cache(maxsize=64)
def fact_kinds(rows: tuple[tuple[object, ...], ...]) -> tuple[FactKind, ...]:
    """Rows of definitions as the language's entries."""
    return tuple(_fact_kind(dict(zip(_COLUMNS, row, strict=True))) for row in rows)


def _fact_kind(row: dict[str, object]) -> FactKind:
    freshness = row["freshness_days"]
    return FactKind(
        code=str(row["code"]), name=str(row["name"]), kind=Kind(str(row["kind"])), unit=str(row["unit"]),
        code_list=str(row["code_list"]), aliases=tuple(str(row["aliases"]).split("\n")) if row["aliases"] else (),
        owner=str(row["owner"]), freshness_days=freshness if isinstance(freshness, int) else None,
        personal=bool(row["personal"]), fixed=bool(row["fixed"]), judgement=bool(row["judgement"]),
    )  # fmt: skip


def _content(context: str) -> Content:
    """Digest, entries, and the digest of each code list's newest edition; read anew when the entries' stamps have changed.

    Two short queries as long as nothing changes. Entries without a stamp (changed in bulk) are read each time.
    """
    entries = FactDefinition.objects.filter(context=context)
    seen = entries.aggregate(count=Count("pk"), total=Sum("stamp"), least=Min("stamp"))
    stamp = (context, seen["count"], int(seen["total"] or 0))
    known = _READ.get(stamp) if seen["least"] != UNKNOWN else None
    facts, lists, words = known or _read(context)
    if known is None and seen["least"] != UNKNOWN:
        if len(_READ) >= _MOST_KEPT:
            _READ.clear()
        _READ[stamp] = facts, lists, words
    editions = codes.edition_digests(set(lists))
    return Content(hashlib.sha256(repr((words, sorted(editions.items()))).encode()).hexdigest(), facts, editions)


def _read(context: str) -> Read:
    found = FactDefinition.objects.filter(context=context).values_list(*_COLUMNS)
    rows = tuple((*row[:5], "\n".join(row[5]), *row[6:]) for row in found)
    words = hashlib.sha256(repr((context, rows)).encode()).hexdigest()
    return fact_kinds(rows), frozenset(str(row[4]) for row in rows if row[4]), words
