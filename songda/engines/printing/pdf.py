"""PDF by Typst. The template is fixed; the paper reaches it as JSON, so that no text of a paper is ever read as markup."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from songda.engines.printing.fonts import families, fonts_in
from songda.engines.printing.layout import OFFICIAL, Layout
from songda.engines.printing.paper import Paper
from songda.engines.printing.parts import block_parts, head_parts, layout_parts


def to_pdf(paper: Paper, *, layout: Layout = OFFICIAL, fonts: Path | None = None) -> bytes:
    """The paper as PDF; the same paper gives the same bytes. `fonts`: a directory with the official fonts (see `fonts.py`)."""
    given = {
        "paper": head_parts(paper),
        "layout": layout_parts(layout),
        "faces": families(fonts),
        "blocks": [block_parts(block) for block in paper.blocks],
    }
    template = files("songda.engines.printing").joinpath("paper.typ").read_bytes()
    project: Any = {"main.typ": template, "paper.json": json.dumps(given, ensure_ascii=False).encode()}
    return bytes(typst.compile(project, font_paths=fonts_in(fonts)))
