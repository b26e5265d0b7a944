"""The fact catalogue as the rule language wants it, made once for each content."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.kernel.errors import NotFound
from songda.registry.codes import queries as codes
from songda.registry.facts.models import FactDefinition, Source

_COLUMNS = (
    "code", "name", "kind", "unit", "code_list", "aliases", "owner", "freshness_days", "personal", "fixed", "judgement",
)  # fmt: skip
_KEPT: dict[str, Catalogue] = {}
_MOST_KEPT = 32


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
    found = Source.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("数据来源“%(code)s”未登记。") % {"code": code}, advice=_("请先在活动包或来源表中登记。"))
    return found


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


def _content(context: str) -> tuple[str, tuple[FactKind, ...], dict[str, str]]:
    """Digest, entries, and the digest of each code list's newest edition."""
    found = FactDefinition.objects.filter(context=context).values_list(*_COLUMNS)
    rows = tuple((*row[:5], "\n".join(row[5]), *row[6:]) for row in found)
    editions = codes.edition_digests({str(row[4]) for row in rows if row[4]})
    digest = hashlib.sha256(repr((context, rows, sorted(editions.items()))).encode()).hexdigest()
    return digest, fact_kinds(rows), editions
