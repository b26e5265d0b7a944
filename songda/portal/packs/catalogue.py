"""The fact catalogue of a pack, without a database: what its rules may speak of."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.catalogue_files import code_list, fact_kind
from songda.portal.packs.reading import Pack, read_pack


@lru_cache(maxsize=8)
def catalogue_of(path: Path | str) -> Catalogue:
    """The catalogue of the pack in this folder, kept per folder (a Catalogue is compared by identity)."""
    return catalogue_in(read_pack(Path(path)))


def catalogue_in(pack: Pack) -> Catalogue:
    """The catalogue of a pack as read; entries and code lists in the order of the files."""
    facts = [fact_kind(item) for _sheet, _where, item in pack.items("facts", "facts")]
    return Catalogue.of(facts, (code_list(sheet.data) for sheet in pack.of("dictionary")))
