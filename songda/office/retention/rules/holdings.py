"""A holding 档案门类: a kind of record that is kept, and let go, as one thing.

All holdings of the house stand in this room, not in the rooms that own the tables: the table of retention is one paper that the
archives, the auditor and the lawyer read as a whole, and no room below need know that its rows end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from songda.kernel import words

NOBODY = "（已去标识）"
"""What stands where a text that must not be empty was taken out."""
NUMBERED = "（已去标识{pk}）"
"""The same where values must differ: `{pk}` is the row's own number."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table that hangs on the records of a holding: `path` leads from its rows to the record ('case').

    `blank` is what 去标识 puts in its columns; None: its rows go. `frees` is a foreign key to evidence: the evidence, and its
    file, go with the row where nothing else refers to them.
    """

    model: str
    path: str
    blank: Mapping[str, object] | None = None
    frees: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of record.

    `model`: the table of its records (`only`: which rows of it). `since`: the column from whose day the time runs; without one the
    holding is kept for good. `done` says which records are over, `unless` which are not after all: neither is ever let go before.
    `blank`: what 去标识 puts into the record itself; nothing: it cannot be depersonalised. `counted`: printed figures count its rows,
    so they are never destroyed. `least`: days that a law asks for. `subject` leads to the firm, `case` to the matter, for holds.
    `place`: a column that names a file below the folder of kept files; `holds_files`: its rows are evidence. `also`: further tables
    that belong to it and stay as they are.
    """

    code: str
    label: str
    model: str
    since: str = ""
    done: Mapping[str, object] = field(default_factory=dict)
    unless: Mapping[str, object] = field(default_factory=dict)
    only: Mapping[str, object] = field(default_factory=dict)
    blank: Mapping[str, object] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    also: tuple[str, ...] = ()
    subject: str = ""
    case: str = ""
    counted: bool = False
    least: int = 0
    place: str = ""
    holds_files: bool = False

    @property
    def title(self) -> str:
        """Its label in the reader's language; papers and the trail keep the label."""
        return words.gettext(self.label)

    @property
    def tables(self) -> Iterator[str]:
        """All its tables, the records' own first."""
        yield self.model
        yield from (part.model for part in self.parts)
        yield from self.also
