"""The manifest 清单 of a backup: what is in the archive, and how to know it again. Pure: no database, no files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from songda.kernel.errors import Invalid, Refused

FORMAT = 1  # of the archive; a program refuses what it does not know


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table: its columns in the order of its lines, how many rows, SHA-256 over its lines in order of the key.

    `last_id` is the highest number ever given, so that a number of a removed row is not given again; 0 where keys are not numbers.
    """

    name: str
    columns: tuple[str, ...]
    rows: int
    digest: str
    last_id: int = 0


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One kept file: its place below the folder of files, its size and SHA-256."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All of it. `migrations` by app, in order; `packs` by campaign and version; `audit_head` is the digest of the last seal."""

    songda: str
    taken_at: str
    vendor: str
    demonstration: bool
    secret: str
    migrations: Mapping[str, Sequence[str]]
    packs: Mapping[str, str]
    audit_head: str
    tables: tuple[TableEntry, ...]
    files: tuple[FileEntry, ...]
    damaged: tuple[str, ...] = ()
    with_secret: bool = False
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def applied(self) -> frozenset[tuple[str, str]]:
        """Every migration of the backup as (app, name)."""
        return frozenset((app, name) for app, names in self.migrations.items() for name in names)


def written(manifest: Manifest) -> str:
    """As text, the same for the same contents."""
    return json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True, indent=1)


def read(text: str) -> Manifest:
    """From text; Invalid for what is no manifest of ours, Refused for a format of a later program."""
    try:
        held = json.loads(text)
        if held["format"] > FORMAT:
            raise Refused("备份的格式比本程序新。", advice="请用备份时的版本或更新的版本恢复。")
        tables = tuple(TableEntry(**{**table, "columns": tuple(table["columns"])}) for table in held.pop("tables"))
        files = tuple(FileEntry(**file) for file in held.pop("files"))
        return Manifest(tables=tables, files=files, **{**held, "damaged": tuple(held["damaged"])})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid("备份的清单读不懂。", advice="请换一份备份；此文件可能不是 songda backup 写出的。") from error


def fingerprint(secret: str) -> str:
    """A key known again without being told: the first 16 letters of a digest of its own."""
    return sha256(b"songda.secret.fingerprint:" + secret.encode()).hexdigest()[:16]


def differing(wanted: Sequence[TableEntry], found: Sequence[TableEntry]) -> list[str]:
    """Tables whose rows are not those of the manifest, each with what is wrong."""
    by_name = {table.name: table for table in found}
    told = []
    for table in wanted:
        there = by_name.get(table.name)
        if there is None or there.rows != table.rows:
            told.append(f"{table.name}：应有 {table.rows} 行，实有 {there.rows if there else 0} 行")
        elif there.digest != table.digest:
            told.append(f"{table.name}：{table.rows} 行，内容与清单不符")
    return told


def later_than(manifest: Manifest, version: str, known: frozenset[tuple[str, str]]) -> str:
    """Why a backup is of a later program than this one; '' when it is not."""
    unknown = sorted(manifest.applied - known)
    if unknown:
        return f"本程序没有迁移 {unknown[0][0]} {unknown[0][1]}"
    return f"备份来自版本 {manifest.songda}" if numbers(manifest.songda) > numbers(version) else ""


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare: `0.10.1` → (0, 10, 1); marks of a pre-release are left out."""
    return tuple(int(part) for part in version.partition("+")[0].split(".") if part.isdigit())
