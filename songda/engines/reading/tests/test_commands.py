"""The verb `read`: shapes of the output and the exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from songda.engines.reading.commands import read_files
from songda.engines.reading.tests.files import package

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


def test_folders_are_walked(tmp_path: Path) -> None:
    """Of a folder, the files that end as documents do, in order; hidden ones and those Word leaves behind are passed over."""
    (tmp_path / "inner").mkdir()
    wanted = [_file(tmp_path), _file(tmp_path / "inner", "b.TXT")]
    for name in ("c.xlsx", ".d.txt", "~$e.docx"):
        _file(tmp_path, name)
    done = _run("--json", str(tmp_path))
    assert done.exit_code == 0
    assert list(json.loads(done.stdout)["documents"]) == wanted


def test_an_empty_folder_holds_nothing_to_read(tmp_path: Path) -> None:
    """No document in a folder: nothing was read."""
    assert (_run("--json", str(tmp_path)).exit_code, _run("--json", str(tmp_path)).stdout) == (1, "")


def test_one_object_a_line(tmp_path: Path) -> None:
    """--jsonl: each document on its line, with its path."""
    rows = [json.loads(line) for line in _run("--jsonl", _file(tmp_path), _file(tmp_path, "b.txt")).stdout.splitlines()]
    assert [Path(row["path"]).name for row in rows] == ["a.txt", "b.txt"]
    assert all(len(row["articles"]) == 2 for row in rows)


def test_text_alone(tmp_path: Path) -> None:
    """--text: what was extracted, under its path where there are several."""
    one, two = _file(tmp_path), _file(tmp_path, "b.txt", "乙\n")
    assert _run("--text", one).stdout == TEXT
    assert _run("--text", one, two).stdout == f"==> {one} <==\n{TEXT}\n==> {two} <==\n乙\n\n"


def test_notes_go_to_standard_error(tmp_path: Path) -> None:
    """What a person should know of the reading does not stand in the result."""
    run = "<w:r><w:t>正文</w:t></w:r><w:r><w:object/></w:r>"
    body = f'<w:document xmlns:w="w"><w:body><w:p>{run}</w:p></w:body></w:document>'
    place = tmp_path / "a.docx"
    place.write_bytes(package({"word/document.xml": body}))
    done = _run("--text", str(place))
    assert (done.exit_code, done.stdout) == (0, "正文\n")
    assert "嵌入的对象" in done.stderr


@pytest.mark.process
def test_a_broken_pipe_is_quiet_and_django_is_not_loaded(tmp_path: Path) -> None:
    """A reader that goes away ends the command without a word; the web framework is never imported."""
    script = (
        "import sys; from songda.portal.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print([name for name in sys.modules if name.split('.')[0] == 'django'], file=sys.stderr)"
    )
    files = [_file(tmp_path, f"{at}.txt", TEXT * 200) for at in range(30)]
    process = subprocess.Popen(
        [sys.executable, "-c", script, "read", "--jsonl", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == 1
    assert said.strip() == "[]"
