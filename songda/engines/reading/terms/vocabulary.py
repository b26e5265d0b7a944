"""The vocabulary 规则词汇 of the command line: under which catalogue conditions become rule text."""

from __future__ import annotations

from pathlib import Path

from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.catalogue_files import catalogue_at

DEMONSTRATION = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"


def catalogue_for(pack: Path | None) -> Catalogue | None:
    """The catalogue of a pack, else of the demonstration pack beside the program, else None.

    OSError or ValueError where the given pack's catalogue cannot be read.
    """
    if pack is not None:
        return catalogue_at(pack)
    return catalogue_at(DEMONSTRATION) if (DEMONSTRATION / "facts.yaml").is_file() else None
