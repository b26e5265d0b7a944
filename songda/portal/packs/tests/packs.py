"""The bundled pack, what its files declare, and copies of it with a mistake in one place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from songda.engines.rules.catalogue_files import PlainLoader
from songda.portal.packs.checking import check_pack
from songda.portal.packs.problem import PackProblem

PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"


def declared(folder: str, name: str = "*") -> list[dict[str, Any]]:
    """The data of a folder's files, in the order of their names: what the counts of the tests are derived from."""
    files = sorted((PACK / folder).glob(f"{name}.yaml"))
    return [yaml.load(file.read_text(encoding="utf-8"), Loader=PlainLoader) for file in files]


def spoiled(folder: Path, file: str, before: str, after: str) -> tuple[PackProblem, ...]:
    """The problems of the pack with one text replaced in one file."""
    copy = folder / "pack"
    shutil.copytree(PACK, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert before in text, f"{before} is not in {file}"
    (copy / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    return check_pack(copy).problems
