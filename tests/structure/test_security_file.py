"""The security file says only what is there: every clause answered, every test, page and command it names exists; locks have digests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from songda.portal.cli.table import MODULES

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ROOT / "docs/security/dengbao-3.zh.md"
PAGES = (ANSWERS, ROOT / "docs/security/threat-model.zh.md", ROOT / "docs/handbook/security.zh.md", ROOT / "SECURITY.md")
CLAUSES = [
    "8.1.4.1a", "8.1.4.1b", "8.1.4.1c", "8.1.4.1d", "8.1.4.2a", "8.1.4.2b", "8.1.4.2c", "8.1.4.2d", "8.1.4.2e", "8.1.4.2f",
    "8.1.4.2g", "8.1.4.3a", "8.1.4.3b", "8.1.4.3c", "8.1.4.3d", "8.1.4.4c", "8.1.4.4d", "8.1.4.4e", "8.1.4.4f", "8.1.4.5",
    "8.1.4.7a", "8.1.4.7b", "8.1.4.8a", "8.1.4.8b", "8.1.4.9", "8.1.4.10a", "8.1.4.10b", "8.1.4.11a", "8.1.4.11b", "8.1.5.1a",
    "8.1.5.2a", "8.1.5.3a", "8.1.5.4d",
]  # fmt: skip
ROW = re.compile(r"^\| (8\.1\.\S+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
WORDS = {"满足", "部分", "由部署方", "未做"}
NAMED = re.compile(r"`([^`\n]+)`")
PINNED = re.compile(r"^[A-Za-z0-9][\w.\-\[\]]*==", re.MULTILINE)


def missing(named: str) -> str:
    """What is wrong with something named between backticks; '' where it is there, or is no name of ours."""
    if re.match(r"(tests|songda|docs|deploy)/[\w./-]+", named):
        path, _colons, test = named.partition("::")
        if not (ROOT / path).exists():
            return f"no file {path}"
        said = "" if not test else (ROOT / path).read_text(encoding="utf8")
        return "" if not test or f"def {test}(" in said else f"no test {named}"
    if re.fullmatch(r"/[a-z0-9/-]*/", named):
        try:
            resolve(named)
        except Resolver404:
            return f"no page {named}"
    if re.fullmatch(r"songda [a-z]+.*", named) and named.split()[1] not in MODULES:
        return f"no command {named}"
    if re.fullmatch(r"make [a-z]+", named) and f"\n{named.split()[1]}:" not in (ROOT / "Makefile").read_text(encoding="utf8"):
        return f"no target {named}"
    return ""


def test_every_clause_is_answered_once_in_one_of_four_words() -> None:
    rows = ROW.findall(ANSWERS.read_text(encoding="utf8"))
    assert [row[0] for row in rows] == CLAUSES
    assert len(CLAUSES) == 33
    assert {row[2] for row in rows} <= WORDS
    assert [row[0] for row in rows if not NAMED.search(row[4])] == []


def test_what_is_met_is_shown_by_a_test() -> None:
    rows = ROW.findall(ANSWERS.read_text(encoding="utf8"))
    assert [row[0] for row in rows if row[2] == "满足" and not re.search(r"`(tests|songda)/\S+`", row[4])] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_whatever_is_named_is_there(page: Path) -> None:
    assert [fault for named in NAMED.findall(page.read_text(encoding="utf8")) if (fault := missing(named))] == []


@pytest.mark.parametrize(
    "named",
    ["tests/controls/test_nothing.py", "tests/test_scope.py::test_nothing", "/no-such-page/", "songda nothing", "make nothing"],
)
def test_the_test_sees_what_is_not_there(named: str) -> None:
    assert missing(named)


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda path: path.name)
def test_lock_files_have_a_digest_for_every_part(lock: Path) -> None:
    assert unhashed(lock.read_text(encoding="utf8")) == []


def test_the_test_sees_a_part_without_a_digest() -> None:
    assert unhashed("one==1.0 \\\n    --hash=sha256:ab\ntwo==2.0\n") == ["two==2.0"]


def unhashed(text: str) -> list[str]:
    """The parts of a lock file that anything could stand in for."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    return [block.splitlines()[0] for block in blocks if PINNED.match(block) and "--hash=sha256:" not in block]
