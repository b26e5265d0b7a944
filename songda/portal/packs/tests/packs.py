"""The bundled pack, and copies of it with a mistake in one place."""

from __future__ import annotations

import shutil
from pathlib import Path

from songda.portal.packs.checking import check_pack
from songda.portal.packs.problem import PackProblem

PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"


def spoiled(folder: Path, file: str, before: str, after: str) -> tuple[PackProblem, ...]:
    """The problems of the pack with one text replaced in one file."""
    copy = folder / "pack"
    shutil.copytree(PACK, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert before in text, f"{before} is not in {file}"
    (copy / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    return check_pack(copy).problems
