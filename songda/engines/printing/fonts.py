"""Fonts 字体: the official families where an installation has them, free ones otherwise.

The official faces (方正小标宋, 仿宋_GB2312, 楷体_GB2312, 黑体) are not free and cannot be shipped. A directory with them (or with
FandolFang, LXGW WenKai…) makes the PDF look as the standard says; without it 思源宋体 and 思源黑体 of `pylopdf-fonts-zh-cn` stand
in: the same measures and pages, other letters. A Word file names the official families: the reader's own machine has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from songda.engines.printing.layout import Face

WORD_FAMILIES: Mapping[Face, str] = {
    Face.SONG: "宋体",
    Face.FANG: "仿宋_GB2312",
    Face.HEI: "黑体",
    Face.KAI: "楷体_GB2312",
    Face.TITLE: "方正小标宋简体",
}
"""What a Word file asks for."""

_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
_FANG = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R", _SERIF)
_KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "LXGW WenKai", "FandolKai", _SERIF)
FAMILIES: Mapping[Face, tuple[str, ...]] = {
    Face.SONG: ("SimSun", "宋体", "STSong", _SERIF),
    Face.FANG: _FANG,
    Face.HEI: ("SimHei", "黑体", "STHeiti", "FandolHei", _SANS),
    Face.KAI: _KAI,
    Face.TITLE: ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", _SERIF),
}
"""By face, what is looked for in a PDF, best first."""


@lru_cache(maxsize=4)
def fonts_in(directory: Path | None) -> typst.Fonts:
    """The fonts of a directory and the free ones; system fonts are left out, so that a paper looks the same everywhere."""
    free = Path(pylopdf_fonts_zh_cn.__file__).parent
    paths = [str(free)] if directory is None else [str(directory), str(free)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def families(directory: Path | None) -> dict[str, list[str]]:
    """By face, the families at hand, best first."""
    at_hand = set(fonts_in(directory).families())
    return {face.value: [name for name in names if name in at_hand] for face, names in FAMILIES.items()}
