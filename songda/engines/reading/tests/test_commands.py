"""The verb `read`: shapes of the output and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from songda.engines.reading.commands import read_files

TEXT = "支持企业若干措施\n1.减租。对小微企业给予租金减半。（责任单位：市财政局）\n2.补贴。对企业给予20万元补贴。\n"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(read_files, list(arguments))


def _file(folder: Path, name: str = "a.txt", text: str = TEXT) -> str:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return str(place)


def test_one_file_is_the_document_itself(tmp_path: Path) -> None:
    """One file: one object shaped like the annotations."""
    done = _run("--json", _file(tmp_path))
    shaped = json.loads(done.stdout)
    assert done.exit_code == 0
    assert [article["number"] for article in shaped["articles"]] == ["1", "2"]
    assert shaped["articles"][0]["departments"] == ["市财政局"]
    assert shaped["articles"][1]["measures"][0]["amounts"][0]["v"] == 20


def test_several_files_are_keyed_by_path(tmp_path: Path) -> None:
    """Several files: one object under their paths; a refused one is said on stderr and by exit code 3."""
    good, bad = _file(tmp_path), _file(tmp_path, "b.txt", "  ")
    done = _run("--json", good, bad)
    assert done.exit_code == 3
    assert list(json.loads(done.stdout)["documents"]) == [good]
    assert "没有文字" in done.stderr


def test_refused_and_misused(tmp_path: Path) -> None:
    """1 where nothing could be read, 2 for wrong usage."""
    assert _run(str(tmp_path / "none.txt")).exit_code == 1
    assert _run().exit_code == 2


def test_outline_for_people(tmp_path: Path) -> None:
    """Without --json: title, articles, measures with their figures."""
    done = _run(_file(tmp_path))
    assert done.exit_code == 0
    assert "支持企业若干措施" in done.stdout
    assert "（20万元）" in done.stdout


def test_rules_are_drafted_under_a_pack(tmp_path: Path) -> None:
    """--json drafts under the demonstration pack, or under the pack that is named; a folder without a catalogue is refused."""
    measure = json.loads(_run("--json", _file(tmp_path)).stdout)["articles"][0]["measures"][0]
    assert measure["conditions"][0]["rule"] == "企业规模 属于 {小型；微型}"
    assert measure["rule_of_measure"] == "企业规模 属于 {小型；微型}"
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "facts.yaml").write_text("facts: []\n", encoding="utf-8")
    bare = json.loads(_run("--json", "--pack", str(tmp_path / "pack"), _file(tmp_path)).stdout)
    assert bare["articles"][0]["measures"][0]["conditions"][0]["rule"] is None
    assert _run("--json", "--pack", str(tmp_path), _file(tmp_path)).exit_code == 2
