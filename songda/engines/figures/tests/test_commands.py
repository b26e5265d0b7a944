"""`songda figures`: text and JSON, one file and several, refusals; without the web framework."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from songda.engines.figures.commands import figures_of_files


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "bulletin.txt"
    path.write_text("截至3月5日，应复工企业200家，已复工180家，复工率95%。", encoding="utf8")
    return path


def test_one_file_as_json(bulletin: Path) -> None:
    result = CliRunner().invoke(figures_of_files, [str(bulletin), "--json"])
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [one["value"] for one in told["figures"]] == ["--03-05", 200, 180, 95]
    assert told["checks"][0]["numbers"] == [95, 180, 200]
    assert told["checks"][0]["holds"] is False
    assert {one["quote"] for one in told["flags"]} == {"200家", "180家", "95%"}


def test_for_people(bulletin: Path) -> None:
    result = CliRunner().invoke(figures_of_files, [str(bulletin)])
    assert "180÷200＝90%，文中写95%。" in result.stdout


def test_a_file_that_cannot_be_read_is_said(bulletin: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(figures_of_files, [str(bulletin), str(tmp_path / "none.txt"), "--json"])
    assert result.exit_code == 3
    assert list(json.loads(result.stdout)) == [str(bulletin)]
    assert CliRunner().invoke(figures_of_files, [str(tmp_path / "none.txt")]).exit_code == 1


@pytest.mark.process
def test_no_web_framework_is_loaded(bulletin: Path) -> None:
    import subprocess

    script = "import sys; from songda.portal.cli.main import command; command('figures'); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
