"""A file is there whole, or nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from songda.kernel.placing import placed


def test_it_takes_its_place_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "table.xlsx"
    with placed(target) as beside:
        beside.write_text("new")
        assert not target.exists()
    assert target.read_text() == "new"
    assert list(target.parent.iterdir()) == [target]


def test_trouble_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "table.xlsx"
    target.write_text("old")
    with pytest.raises(OSError, match="full"), placed(target) as beside:
        beside.write_text("half")
        raise OSError("full")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
