"""People of the source texts appear as posts, never by name: their names are kept here only as digests, and looked for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
FOLDERS = ("songda", "packs", "docs", "tests")
KINDS = {".py", ".yaml", ".html", ".md", ".po", ".json", ".csv"}
NAMES = {  # the first 16 letters of SHA-256 over the name in UTF-8
    "11f3934feb70f36a", "1ff7f1d8b47f8ccc", "34bf40c89032606e", "3777a616217206b7", "436bdfeb0ec97182",
    "497b787f63cfea7e", "4c4598340d2d008d", "5c774e7a675c50fd", "60559312cbb17041", "72b8ba496c53a1a4",
    "77df5f6e4fdf513e", "7ad9156339661998", "803ced82c524d6f3", "84bba8b0d76fdfd6", "86fc5269497dace2",
    "a6a3492056611ca7", "bff09f5ee23a3246", "d475083eeece6852", "dc99a71673abd91d", "dd568932bee60da0",
    "e06b91313317d55f", "f6878cb9128ecb23", "f9de5d9f81ab9fc3",
}  # fmt: skip


def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def runs_in(text: str) -> set[str]:
    """Every run of two or three Han letters."""
    return {run[at : at + size] for run in HAN.findall(text) for size in (2, 3) for at in range(len(run) - size + 1)}


def test_nobody_of_the_texts_is_named() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in KINDS]
    words = set().union(*(runs_in(path.read_text(encoding="utf8")) for path in files))
    assert len(words) > 10_000
    assert {word for word in words if digest(word) in NAMES} == set()


def test_a_name_would_be_found() -> None:
    assert digest("示例") not in NAMES
    assert "示例" in runs_in("由示例甲签发")
