"""A catalogue from files: facts and the dictionaries they name; anything else is refused with the file's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from songda.engines.rules.catalogue import Kind
from songda.engines.rules.catalogue_files import catalogue_at

FACTS = """facts:
  - {code: size, name: 企业规模, kind: code, code_list: sizes, owner: 统计部门}
  - {code: tax, name: 纳税额, kind: num, unit: 元, owner: 税务部门, aliases: [年纳税额], judgement: true}
"""
SIZES = """code: sizes
edition: "1"
name: 规模
entries:
  - {code: "01", label: 大型}
  - {code: "02", label: 小型, parent: "01"}
"""


def _folder(place: Path, facts: str = FACTS) -> Path:
    (place / "dictionaries").mkdir()
    (place / "facts.yaml").write_text(facts, encoding="utf-8")
    (place / "dictionaries" / "sizes.yaml").write_text(SIZES, encoding="utf-8")
    (place / "dictionaries" / "unused.yaml").write_text("not: [a, dictionary", encoding="utf-8")
    return place


def test_facts_and_the_dictionaries_they_name(tmp_path: Path) -> None:
    """Codes stay text; a dictionary that no fact names is not opened."""
    catalogue = catalogue_at(_folder(tmp_path))
    assert catalogue.by_name["年纳税额"].kind is Kind.NUM
    assert catalogue.by_code["tax"].judgement
    assert catalogue.code_lists["sizes"].lineage("02") == ("02", "01")


@pytest.mark.parametrize(
    "facts", ["facts: [", "facts:\n  - {name: 无代码}\n", "- 1\n", "facts:\n  - {code: a, name: b, kind: odd}\n"]
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, facts: str) -> None:
    """ValueError, never half a catalogue."""
    with pytest.raises(ValueError, match="不是事实目录"):
        catalogue_at(_folder(tmp_path, facts))


def test_a_folder_without_facts(tmp_path: Path) -> None:
    """OSError: there is nothing to read."""
    with pytest.raises(OSError, match=r"facts\.yaml"):
        catalogue_at(tmp_path)
