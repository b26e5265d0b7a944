"""Databases to read from and to fill 库的来处与去处: a snapshot of a busy one, a new one that is there whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from songda.kernel.errors import Conflict
from songda.portal.upkeep.archive import settle

QUICK = "PRAGMA synchronous=OFF;PRAGMA journal_mode=MEMORY;PRAGMA cache_size=-262144;PRAGMA temp_store=MEMORY;"


@contextmanager
def snapshot() -> Generator[BaseDatabaseWrapper]:
    """One moment of the database, read by a session of its own while others go on writing.

    SQLite: a read transaction on the WAL. PostgreSQL: REPEATABLE READ, READ ONLY. Neither holds up a writer.
    """
    with closing(connection.copy()) as session:
        options = {name: value for name, value in session.settings_dict["OPTIONS"].items() if name != "pool"}
        session.settings_dict["OPTIONS"] = options
        with session.cursor() as cursor:
            if session.vendor == "postgresql":
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            else:
                cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT count(*) FROM django_migrations")  # the moment is taken at the first read
        yield session
        with session.cursor() as cursor:
            cursor.execute("ROLLBACK")


def refuse_filled() -> None:
    """Conflict unless the database holds no table at all."""
    if connection.introspection.table_names():
        raise Conflict(
            "数据库不是空的，未恢复任何内容。",
            advice="恢复只写入空库：请先停止服务，把现有的数据库与 files 目录另行保存并移开（PostgreSQL 请另建一个空库，改 DATABASE_URL），再重试。",
        )


@contextmanager
def all_or_nothing() -> Generator[None]:
    """Work on the empty database of this installation; as it was before if the block fails.

    PostgreSQL: one transaction. SQLite: a file beside, which takes its place at the end.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
    else:
        with file_beside(Path(connection.settings_dict["NAME"])):
            yield


@contextmanager
def file_beside(final: Path) -> Generator[None]:
    """The default connection leads to a new file for the length of the block; the file then takes the place of `final`."""
    beside = final.with_name(f"{final.name}.restoring")
    connection.close()
    clear(beside)
    kept = dict(connection.settings_dict["OPTIONS"])
    connection.settings_dict["NAME"] = str(beside)
    connection.settings_dict["OPTIONS"] = {**kept, "init_command": QUICK}
    try:
        yield
        connection.close()
        force(beside)
        clear(final)
        beside.replace(final)
        settle(final.parent)
    finally:
        connection.close()
        clear(beside)
        connection.settings_dict["NAME"] = str(final)
        connection.settings_dict["OPTIONS"] = kept


def clear(database: Path) -> None:
    """Remove a SQLite file and what lies beside it: an old log must never be read into a new database."""
    for name in (database.name, f"{database.name}-wal", f"{database.name}-shm", f"{database.name}-journal"):
        database.with_name(name).unlink(missing_ok=True)


def force(path: Path) -> None:
    """Force a file's bytes to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def unchecked() -> Generator[None]:
    """Fill tables in any order: foreign keys are looked at once, when all are there (IntegrityError). One transaction."""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with foreign_keys_aside():
                    yield
            else:
                yield
                connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


@contextmanager
def foreign_keys_aside() -> Generator[None]:
    """PostgreSQL without foreign keys for the block. Putting one back looks at all rows by one join: row by row takes minutes."""
    find = """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
              WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"""
    with connection.cursor() as cursor:
        cursor.execute(find)
        keys = cursor.fetchall()
        for table, name, _said in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        for table, name, said in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {said}")


def set_constraints(when: str) -> None:
    """PostgreSQL: look at foreign keys at the end (DEFERRED) or at each statement (IMMEDIATE), for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {when}")


def copy_file(source: Path, target: Path) -> None:
    """A SQLite database into another, page by page and whole, whoever else has them open."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)
