"""The fact catalogue of a pack, without a database: what its rules may speak of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.portal.packs.reading import Pack, read_pack


@lru_cache(maxsize=8)
def catalogue_of(path: Path | str) -> Catalogue:
    """The catalogue of the pack in this folder, kept per folder (a Catalogue is compared by identity)."""
    return catalogue_in(read_pack(Path(path)))


def catalogue_in(pack: Pack) -> Catalogue:
    """The catalogue of a pack as read; entries and code lists in the order of the files."""
    return Catalogue.of(_facts(pack), (code_list(sheet.data) for sheet in pack.of("dictionary")))


def code_list(data: dict[str, Any]) -> CodeList:
    """A dictionary file as a code list."""
    entries = data.get("entries", ())
    return CodeList(
        data["code"],
        {entry["code"]: entry["label"] for entry in entries},
        {entry["code"]: entry.get("parent") for entry in entries},
    )


def _facts(pack: Pack) -> Iterator[FactKind]:
    for _sheet, _where, item in pack.items("facts", "facts"):
        yield FactKind(
            code=item["code"],
            name=item["name"],
            kind=Kind(item["kind"]),
            unit=item.get("unit", ""),
            code_list=item.get("code_list", ""),
            aliases=tuple(item.get("aliases", ())),
            owner=item.get("owner", ""),
            freshness_days=item.get("freshness_days"),
            personal=item.get("personal", False),
            fixed=item.get("fixed", False),
            judgement=item.get("judgement", False),
        )
