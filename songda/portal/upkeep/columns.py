"""How a column is written as text by each database 列的通用写法, so that both write the same bytes for the same value.

Numbers and yes/no as digits, days and moments (UTC) as ISO with a blank, bytes and UUID in hexadecimal, JSON as it comes
(`lines.json_part` puts it into one form).
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey

from songda.portal.upkeep.lines import MARKS, Cast

AnyField = Field[Any, Any]
KINDS = {
    **dict.fromkeys(("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"), "number"),
    **dict.fromkeys(("SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"), "number"),
    **dict.fromkeys(("CharField", "TextField", "SlugField", "EmailField", "URLField", "FileField", "FilePathField"), "text"),
    "BooleanField": "yes_no", "DateField": "day", "DateTimeField": "moment", "TimeField": "time", "UUIDField": "uuid",
    "JSONField": "json", "BinaryField": "bytes", "GenericIPAddressField": "address",
}  # fmt: skip
POSTGRESQL = {
    "number": "{}::text",
    "yes_no": "{}::int::text",
    "day": "to_char({}, 'YYYY-MM-DD')",
    "moment": "replace(to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '.000000', '')",
    "time": "replace(to_char({}, 'HH24:MI:SS.US'), '.000000', '')",
    "uuid": "replace({}::text, '-', '')",
    "bytes": r"'\\x' || encode({}, 'hex')",
    "address": "host({})",
    "json": "{}::text",
}
SQLITE = {
    "number": "CAST({} AS TEXT)",
    "yes_no": "CAST({} AS TEXT)",
    "bytes": r"'\\x' || lower(hex({}))",
    "json": "{}",
}


def kind_of(field: AnyField) -> str:
    """The kind of a column; a foreign key is of the kind it points to. TypeError for one without a common form."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    found = KINDS.get(field.get_internal_type())
    if found is None:
        raise TypeError(f"{field.model._meta.label}.{field.name}: no portable form for {field.get_internal_type()}")
    return found


def written(field: AnyField, connection: BaseDatabaseWrapper) -> str:
    """The expression that writes a column; JSON comes bare, everything else as it stands in a line."""
    kind, name = kind_of(field), connection.ops.quote_name(str(field.column))
    postgresql = connection.vendor == "postgresql"
    plain = (POSTGRESQL if postgresql else SQLITE).get(kind, "{}").format(name)
    if kind == "json":
        return plain
    if kind == "text":
        plain = marked(plain, "chr" if postgresql else "char")
    return rf"coalesce({plain}, '\N')"


def marked(expression: str, letter: str) -> str:
    """A text with the four marks escaped, by the database itself; `letter` is its function from code to letter."""
    for mark, said in MARKS.items():
        expression = f"replace({expression}, {letter}({ord(mark)}), '{said}')"
    return expression


def parts(fields: list[AnyField], connection: BaseDatabaseWrapper) -> tuple[list[str], list[int]]:
    """The expressions to select: each run of plain columns as one text with tabs, each JSON column alone; and where JSON is."""
    tab = f" || {'chr' if connection.vendor == 'postgresql' else 'char'}(9) || "
    found: list[list[str]] = []
    json_at: list[int] = []
    for field in fields:
        expression = written(field, connection)
        if kind_of(field) == "json":
            json_at.append(len(found))
            found.append([expression])
        elif found and len(found) - 1 not in json_at:
            found[-1].append(expression)
        else:
            found.append([expression])
    return [tab.join(run) for run in found], json_at


def in_order(field: AnyField, connection: BaseDatabaseWrapper) -> str:
    """How rows are put in the one order of their key: numbers as numbers, text by its bytes."""
    name = connection.ops.quote_name(str(field.column))
    return f'{name} COLLATE "C"' if connection.vendor == "postgresql" and kind_of(field) == "text" else name


def sqlite_casts(fields: list[AnyField]) -> list[tuple[int, Cast]]:
    """What SQLite does not make of text by itself: bytes. Numbers it does, by the affinity of the column."""
    return [(at, lambda text: bytes.fromhex(text[2:])) for at, field in enumerate(fields) if kind_of(field) == "bytes"]
