"""Tables read into lines and filled from them 读表与装表. One table after another, in batches: memory does not grow with rows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from io import TextIOWrapper
from itertools import islice
from typing import IO, Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model

from songda.kernel import bulk
from songda.portal.upkeep.columns import in_order, parts, sqlite_casts
from songda.portal.upkeep.lines import joined, split
from songda.portal.upkeep.manifest import TableEntry

BATCH = 5000
Progress = Callable[[str, int, int], None]


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns of a model's own table."""
    return list(model._meta.local_concrete_fields)


def lines_of(model: type[Model], at: BaseDatabaseWrapper, fields: list[Field[Any, Any]] | None = None) -> Iterator[bytes]:
    """All rows in order of the key, as pieces of whole lines; `fields` in another order than the model's."""
    fields = fields or fields_of(model)
    selected, json_at = parts(fields, at)
    key = model._meta.pk
    order = in_order(key, at) if key else "1"
    table = at.ops.quote_name(model._meta.db_table)
    with at.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selected)} FROM {table} ORDER BY {order}")
        while rows := cursor.fetchmany(BATCH):
            yield ("\n".join(joined(rows, json_at)) + "\n").encode()


def entry_of(model: type[Model], at: BaseDatabaseWrapper, rows: int, digest: str) -> TableEntry:
    """What the manifest says of a table."""
    columns = tuple(str(field.column) for field in fields_of(model))
    return TableEntry(model._meta.db_table, columns, rows, digest, last_id(model, at))


def weighed(model: type[Model], at: BaseDatabaseWrapper, saved: TableEntry) -> TableEntry:
    """A table as it is in the database now, by the columns of a backup: a model's own order changes from version to version."""
    rows, digest = 0, hashlib.sha256()
    for piece in lines_of(model, at, in_columns(model, saved)):
        rows += piece.count(b"\n")
        digest.update(piece)
    return TableEntry(saved.name, saved.columns, rows, digest.hexdigest(), last_id(model, at))


def last_id(model: type[Model], at: BaseDatabaseWrapper) -> int:
    """The highest number ever given in a table, 0 where keys are not given by the database."""
    key = model._meta.pk
    if not isinstance(key, AutoField):
        return 0
    with at.cursor() as cursor:
        if at.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [at.ops.quote_name(model._meta.db_table), key.column])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")
        else:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def fill(model: type[Model], entry: TableEntry, stream: IO[bytes]) -> None:
    """Load the lines of a table, and go on counting where its numbers ended."""
    fields = bulk.fields_of(model, [field.name for field in in_columns(model, entry)])
    if connection.vendor == "postgresql":
        copy_lines(model, fields, stream)
    else:
        insert_lines(model, fields, stream)


def clear(models: Iterable[type[Model]]) -> None:
    """Remove what the migrations themselves wrote into their new tables: the backup brings its own."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {bulk.table_of(model)}")


def in_columns(model: type[Model], entry: TableEntry) -> list[Field[Any, Any]]:
    """The fields of the columns of a backup, in their order; KeyError where the table has no such column."""
    known = {str(field.column): field for field in fields_of(model)}
    return [known[column] for column in entry.columns]


def copy_lines(model: type[Model], fields: list[Field[Any, Any]], stream: IO[bytes]) -> None:
    """One COPY: the lines are its own text form already."""
    statement = f"COPY {bulk.table_of(model)} ({bulk.column_list(fields)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        while piece := stream.read(1 << 20):
            copy.write(piece)


def insert_lines(model: type[Model], fields: list[Field[Any, Any]], stream: IO[bytes]) -> None:
    """Rows in chunks; SQLite turns digits into numbers by the affinity of the column."""
    casts = sqlite_casts(fields)
    rows = (split(line[:-1], casts) for line in TextIOWrapper(stream, encoding="utf-8", newline="\n"))
    while chunk := list(islice(rows, BATCH)):
        bulk.insert_chunk(model, fields, chunk)


def count_on(entries: Iterable[tuple[type[Model], TableEntry]]) -> None:
    """Let each table's numbers go on after the last that was ever given."""
    with connection.cursor() as cursor:
        for model, entry in entries:
            if not entry.last_id:
                continue
            name = model._meta.db_table
            if connection.vendor == "postgresql":
                key = model._meta.pk
                sequence = [connection.ops.quote_name(name), key.column if key else "id", entry.last_id]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", sequence)
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, entry.last_id])
