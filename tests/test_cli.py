"""The command line as scripts meet it: one JSON object on standard output, sentences on standard error, and the exit codes.

0 done, 1 refused, 2 usage, 3 done with row errors, 4 unavailable. Each command runs as its users run it: a process of its own.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter

pytestmark = pytest.mark.process

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs/zhengzhou-2020"
HEADINGS = ("统一社会信用代码", "企业名称", "用工人数")
GOOD = ("91990000000000991L", "示例甲有限公司", 48)
WRONG = ("91990000000000991X", "示例乙有限公司", 12)  # the check digit does not fit


def songda(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a home of its own."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    given = {**inherited, "SONGDA_HOME": str(home), **environment}
    command = [sys.executable, "-m", "songda.portal.cli.main", *arguments]
    return subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, check=False)


def told(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """The one JSON object on standard output."""
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def roster(path: Path, *rows: tuple[object, ...]) -> str:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((HEADINGS, *rows)):
            sheet.write_row(at, 0, row)
    return str(path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation, begun from a pack of its own."""
    folder = tmp_path_factory.mktemp("cli")
    made = songda(
        folder, "pack", "new", str(folder / "pack"), "--from", str(PACK), "--code", "sample", "--name", "示例", "--json"
    )
    assert (made.returncode, told(made)["code"]) == (0, "sample")
    begun = songda(folder, "init", "--pack", str(folder / "pack"), "--json")
    assert begun.returncode == 0, begun.stderr
    assert set(told(begun)["accounts"]) == {"system-admin", "security-admin", "audit-admin"}
    return folder


def test_init_again_gives_new_passwords_until_somebody_came_in(home: Path) -> None:
    """The first ones may have been lost; from the first sign-in on it is refused."""
    again = songda(home, "init", "--pack", str(home / "pack"), "--json")
    assert (again.returncode, set(told(again)["accounts"])) == (0, {"system-admin", "security-admin", "audit-admin"})
    with closing(sqlite3.connect(home / "songda.sqlite3")) as database, database:
        database.execute("UPDATE people_account SET last_login = '2026-01-01 00:00:00' WHERE username = 'audit-admin'")
    refused = songda(home, "init", "--pack", str(home / "pack"), "--json")
    assert (refused.returncode, told(refused)["error"]["code"]) == (1, "conflict")


def test_a_demonstration_pack_does_not_enter_a_real_installation(home: Path) -> None:
    refused = songda(home, "init", "--pack", str(PACK), "--json")
    assert (refused.returncode, told(refused)["error"]["code"]) == (1, "not_permitted")


def test_rosters_give_all_three_answers(home: Path, tmp_path: Path) -> None:
    where = ("--area", "410172", "--as-of", "2020-03-01", "--json")
    mixed = songda(home, "import", "roster", roster(tmp_path / "mixed.xlsx", GOOD, WRONG), *where)
    good = songda(home, "import", "roster", roster(tmp_path / "good.xlsx", GOOD), *where)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    broken = songda(home, "import", "roster", str(tmp_path / "broken.xlsx"), *where)
    assert (mixed.returncode, good.returncode, broken.returncode) == (3, 0, 1), (mixed.stderr, good.stderr, broken.stderr)
    assert told(broken)["error"]["message"]


def test_match_worker_and_audit_answer_in_json(home: Path) -> None:
    for command in (("match",), ("worker", "--once"), ("audit", "seal"), ("audit", "verify")):
        done = songda(home, *command, "--json")
        assert done.returncode == 0, (command, done.stderr)
        assert told(done)


def test_usage_is_two(tmp_path: Path) -> None:
    for words in (("no-such-command",), ("match", "--no-such-option"), ("read",), ("import", "roster")):
        assert songda(tmp_path, *words).returncode == 2


def test_no_database_yet_is_four_with_what_to_do(tmp_path: Path) -> None:
    done = songda(tmp_path, "audit", "verify", "--json")
    assert (done.returncode, told(done)["error"]["code"]) == (4, "unavailable")
    assert "songda init" in str(told(done)["error"])


def test_reading_needs_no_framework(tmp_path: Path) -> None:
    text = tmp_path / "policy.txt"
    text.write_text(
        "示例区支持办法\n一、研发补助。对参保企业，给予每家5万元补助。（责任单位：区科技局）\n二、房租减免。对承租企业减免3个月房租。（责任单位：区财政局）\n",
        encoding="utf-8",
    )
    probe = "import sys; from songda.portal.cli.main import main\ntry: main(['read', sys.argv[1], '--json'])\nfinally: sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe, str(text)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert told(done)["articles"]


def test_wrong_configuration_says_which_variable(tmp_path: Path) -> None:
    done = songda(tmp_path, "audit", "verify", SONGDA_DEMO="maybe")
    assert done.returncode != 0
    assert "SONGDA_DEMO" in done.stderr
