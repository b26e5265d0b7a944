"""Many rows at once 批量读写: `executemany` on SQLite, COPY on PostgreSQL. No model instances, no signals, no per-row audit:
the caller writes one audit row for the whole, with the digest of what it wrote.

Columns are field names; values are plain Python values (int, str, bool, date, aware datetime, None; JSON fields take what
`json.dumps` takes). Outside a transaction every chunk is its own, so that SQLite's one writer is never held for long.
Measured on two cores: see the README of the kernel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import DateField, DateTimeField, Field, JSONField, Model, QuerySet

CHUNK = 5000  # rows a statement: about 50 ms of writing for a narrow table on SQLite

Row = Sequence[Any]
AnyField = Field[Any, Any]
Progress = Callable[[int], None]
Cast = Callable[[Any], Any]


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Row], *, progress: Progress | None = None) -> int:
    """Append rows; returns how many. `progress` is told the running total after each chunk.

    The database's own errors come through (IntegrityError for a duplicate); chunks before it stay unless the caller holds a
    transaction.
    """
    fields = fields_of(model, columns)
    write = copy_chunk if connection.vendor == "postgresql" else insert_chunk
    return in_chunks(rows, lambda chunk: write(model, fields, prepared(fields, chunk)), progress)


def update(
    model: type[Model], columns: Sequence[str], rows: Iterable[Row], *, key: str = "id", progress: Progress | None = None
) -> int:
    """Change rows one by one key: each row is (…values of `columns`, key); returns how many were given."""
    fields = fields_of(model, [*columns, key])
    quoted = [f"{connection.ops.quote_name(name)} = %s" for name in names_of(fields)]
    statement = f"UPDATE {table_of(model)} SET {', '.join(quoted[:-1])} WHERE {quoted[-1]}"

    def write(chunk: list[Row]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(statement, list(prepared(fields, chunk)))

    return in_chunks(rows, write, progress)


def read(rows: QuerySet[Model], *columns: str) -> Iterator[tuple[Any, ...]]:
    """The columns of a queryset as tuples, fetched in batches: a million rows of four columns take about a second."""
    return rows.values_list(*columns).iterator(chunk_size=CHUNK)


def in_chunks(rows: Iterable[Row], write: Callable[[list[Row]], None], progress: Progress | None) -> int:
    """Feed rows to `write` chunk by chunk, each in a transaction of its own or a savepoint of the caller's."""
    feed, done = iter(rows), 0
    while chunk := list(islice(feed, CHUNK)):
        with transaction.atomic():
            write(chunk)
        done += len(chunk)
        if progress:
            progress(done)
    return done


def insert_chunk(model: type[Model], fields: Sequence[AnyField], rows: Iterable[Row]) -> None:
    """One executemany."""
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table_of(model)} ({column_list(fields)}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def copy_chunk(model: type[Model], fields: Sequence[AnyField], rows: Iterable[Row]) -> None:
    """One COPY (psycopg)."""
    statement = f"COPY {table_of(model)} ({column_list(fields)}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def prepared(fields: Sequence[AnyField], rows: Iterable[Row]) -> Iterable[Row]:
    """Rows in the form the database keeps; rows that need nothing pass through untouched."""
    casts = [(place, cast) for place, field in enumerate(fields) if (cast := freezing(field))]
    return frozen(rows, casts) if casts else rows


def frozen(rows: Iterable[Row], casts: Sequence[tuple[int, Cast]]) -> Iterator[Row]:
    """Rows with some places turned."""
    for row in rows:
        values = list(row)
        for place, cast in casts:
            if values[place] is not None:
                values[place] = cast(values[place])
        yield values


def freezing(field: AnyField) -> Cast | None:
    """How a value of this field is turned into what the database keeps; None for as it is.

    Days and moments repeat from row to row, so the last few thousand are remembered.
    """
    if isinstance(field, JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False)
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, DateTimeField):
        return lru_cache(maxsize=4096)(connection.ops.adapt_datetimefield_value)
    return lru_cache(maxsize=4096)(str) if isinstance(field, DateField) else None


def fields_of(model: type[Model], names: Sequence[str]) -> list[AnyField]:
    """The model's own fields by name or attribute (`subject` or `subject_id`); KeyError for another name."""
    known = {name: field for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    return [known[name] for name in names]


def names_of(fields: Iterable[AnyField]) -> list[str]:
    """Database columns."""
    return [str(field.column) for field in fields]


def column_list(fields: Iterable[AnyField]) -> str:
    """Quoted columns, comma-separated."""
    return ", ".join(connection.ops.quote_name(name) for name in names_of(fields))


def table_of(model: type[Model]) -> str:
    """The quoted table."""
    return connection.ops.quote_name(model._meta.db_table)
