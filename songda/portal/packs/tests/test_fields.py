"""The handbook's tables of fields are those of the schemas; every field has a name, every example is one that the schema takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from songda.engines.rules.units import COUNTED, UNIT_NAMES
from songda.portal.packs.fields import field_tables, is_text
from songda.portal.packs.reading import SECTIONS
from songda.portal.packs.shapes import schema_of

HANDBOOK = Path(__file__).resolve().parents[4] / "docs" / "handbook"


def nodes(node: Any, above: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        for name, inner in node.get("properties", {}).items():
            yield f"{above}.{name}", inner
        for key, inner in node.items():
            if key not in ("examples", "$defs", "if"):
                yield from nodes(inner, f"{above}/{key}")
    elif isinstance(node, list):
        for inner in node:
            yield from nodes(inner, above)


def test_the_handbook_prints_the_schemas():
    text = (HANDBOOK / "pack-fields.zh.md").read_text(encoding="utf-8")
    assert field_tables() in text, "run `songda pack schema --fields` and put it into the handbook"


@pytest.mark.parametrize("section", SECTIONS)
def test_every_field_has_a_name_and_its_example_is_taken(section):
    root = schema_of(section)
    told = [(path, one) for path, one in nodes(root, section) if "const" not in one]
    assert told and [path for path, one in told if not one.get("title")] == []
    for path, one in told:
        for example in one.get("examples", ()):
            validator = Draft202012Validator({**one, "$defs": root.get("$defs", {})})
            assert list(validator.iter_errors(example)) == [], path


@pytest.mark.parametrize(
    ("written", "text"), [("1.0", True), ("990100", False), ("true", False), ("5.5%", True), ("a: b", False)]
)
def test_what_needs_quotes_is_shown_with_them(written, text):
    assert is_text(written) is text


def test_the_guide_names_every_unit_that_is_known_and_no_other():
    guide = (HANDBOOK / "pack.zh.md").read_text(encoding="utf-8")
    rows = re.search(r"\| 种类 \| 单位 \|\n\|---\|---\|\n((?:\|.*\n)+)", guide)
    assert rows
    named = {name for row in rows[1].splitlines() for name in row.split("|")[2].strip().split("、")}
    assert named | {f"万{name}" for name in COUNTED if name != "分"} == set(UNIT_NAMES)


def test_the_guide_names_every_sort_of_file():
    guide = (HANDBOOK / "pack.zh.md").read_text(encoding="utf-8")
    lacking = [place for section, place in SECTIONS.items() if place not in guide and section not in UNSAID]
    assert lacking == []


UNSAID = {"sources", "places", "indicators", "watch", "guides", "resumption", "bulletin", "retention"}
"""Generic files that a new pack brings along and that say themselves what to change."""
