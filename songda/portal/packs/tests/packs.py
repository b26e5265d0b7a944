"""The bundled pack, what its files declare, and the pack with a mistake in one place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from songda.engines.rules.catalogue_files import PlainLoader
from songda.portal.packs.checking import check
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, read_pack, read_sheet, section_of

PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"


def declared(folder: str, name: str = "*") -> list[dict[str, Any]]:
    """The data of a folder's files, in the order of their names: what the counts of the tests are derived from."""
    files = sorted((PACK / folder).glob(f"{name}.yaml"))
    return [yaml.load(file.read_text(encoding="utf-8"), Loader=PlainLoader) for file in files]


@cache
def whole() -> Pack:
    """The bundled pack as read, once for all tests that spoil one file of it."""
    return read_pack(PACK)


def spoiled(folder: Path, file: str, before: str, after: str) -> tuple[PackProblem, ...]:
    """The problems of the pack with one text replaced in one file; the other files are those read once."""
    text = (PACK / file).read_text(encoding="utf-8")
    assert before in text, f"{before} is not in {file}"
    copy = folder / Path(file).name
    copy.write_text(text.replace(before, after, 1), encoding="utf-8")
    found = read_sheet(copy, file, section_of(file) or "")
    if isinstance(found, PackProblem):
        return check(Pack(PACK, whole().sheets, (found,))).problems
    return check(Pack(PACK, tuple(found if sheet.file == file else sheet for sheet in whole().sheets))).problems
