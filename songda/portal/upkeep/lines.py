r"""A row as a line 行: the text form of PostgreSQL's COPY (tabs between columns, `\N` for nothing, backslash before the four marks).

The databases write plain columns themselves (`columns.written`); JSON is put into one form here, since each database spells it
its own way. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

NOTHING = r"\N"
MARKS = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MARKED = re.compile(r"\\(.)", re.DOTALL)
_SAID = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
Cast = Callable[[str], object]


def escaped(text: str) -> str:
    """A value as it stands in a line."""
    for mark, said in MARKS.items():
        text = text.replace(mark, said)
    return text


def unescaped(text: str) -> str | None:
    """The value that stands in a line; None for nothing."""
    if "\\" not in text:
        return text
    return None if text == NOTHING else _MARKED.sub(lambda found: _SAID.get(found[1], found[1]), text)


def json_part(text: str | None) -> str:
    """JSON in the one form: keys sorted, no blanks, letters as they are, whole numbers without an exponent."""
    if text is None:
        return NOTHING
    held = json.loads(text, parse_float=_number)
    return escaped(json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if "e" in text.lower() and value.is_integer() else value


def joined(rows: Iterable[Sequence[str | None]], json_at: Sequence[int]) -> Iterator[str]:
    """Lines of rows that come in parts: a part is JSON (`json_at`) or a run of columns the database has already written."""
    if not json_at:
        yield from (str(row[0]) for row in rows)
        return
    places = frozenset(json_at)
    for row in rows:
        yield "\t".join(json_part(part) if at in places else str(part) for at, part in enumerate(row))


def split(line: str, casts: Sequence[tuple[int, Cast]]) -> list[object]:
    """The values of a line, some of them cast."""
    values: list[object] = [unescaped(part) for part in line.split("\t")]
    for at, cast in casts:
        if values[at] is not None:
            values[at] = cast(str(values[at]))
    return values
