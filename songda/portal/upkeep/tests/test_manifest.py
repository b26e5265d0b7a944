"""The manifest: read as written, compared by table, later programs known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from songda.kernel.errors import Invalid, Refused
from songda.portal.upkeep.manifest import (
    FileEntry,
    Manifest,
    TableEntry,
    differing,
    fingerprint,
    later_than,
    numbers,
    read,
    written,
)

TABLE = TableEntry("sample", ("id", "name"), 2, "a" * 64, 7)
SAMPLE = Manifest(
    songda="0.1.0", taken_at="2020-03-10T02:00:00+00:00", vendor="sqlite", demonstration=False, secret="s", migrations={"app": ["0001"]},
    packs={"sample 1": "d"}, audit_head="h", tables=(TABLE,), files=(FileEntry("aa/bb/x", 3, "f"),),
)  # fmt: skip


def test_it_is_read_as_written() -> None:
    assert read(written(SAMPLE)) == SAMPLE
    assert SAMPLE.rows == 2


def test_what_is_no_manifest_is_refused() -> None:
    for text in ("", "[]", "{}", '{"format": 1}', '{"format": "x"}'):
        with pytest.raises(Invalid):
            read(text)
    with pytest.raises(Refused, match="格式"):
        read(written(replace(SAMPLE, format=2)))


def test_differing_says_which_table_and_how() -> None:
    assert differing([TABLE], [TABLE]) == []
    assert differing([TABLE], [replace(TABLE, rows=1)]) == ["sample：应有 2 行，实有 1 行"]
    assert differing([TABLE], [replace(TABLE, digest="b")]) == ["sample：2 行，内容与清单不符"]
    assert differing([TABLE], []) == ["sample：应有 2 行，实有 0 行"]


def test_a_later_program_is_known_by_its_migrations_and_its_number() -> None:
    known = frozenset({("app", "0001")})
    assert later_than(SAMPLE, "0.1.0", known) == ""
    assert later_than(SAMPLE, "0.10.0", known) == ""
    assert later_than(SAMPLE, "0.0.9", known) == "备份来自版本 0.1.0"
    assert "app 0002" in later_than(replace(SAMPLE, migrations={"app": ["0001", "0002"]}), "9.0", known)
    assert numbers("0.10.1") > numbers("0.9.9")


def test_a_fingerprint_tells_keys_apart_and_nothing_of_them() -> None:
    assert fingerprint("a") != fingerprint("b")
    assert len(fingerprint("a")) == 16
