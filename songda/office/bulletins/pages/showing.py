"""A piece as its page shows it: every number a link to its value, with a mark of where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from songda.office.bulletins.rules.fitness import Fault
from songda.office.bulletins.rules.frozen import sections_in, title_in
from songda.office.bulletins.rules.rendering import Part, plain

VALUE = "/figures/values/{}/"


@dataclass(frozen=True, slots=True)
class Word:
    """Plain words, or a number with its note (`number` 0: none), mark and address."""

    text: str
    number: int = 0
    origin: str = ""
    address: str = ""
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its lines."""

    heading: str
    lines: list[list[Word]]


@dataclass(frozen=True, slots=True)
class ShownFault:
    """What blocks, with what can be done about it here: the address to confirm at, or to explain the value at."""

    text: str
    confirm: str = ""
    explain: str = ""


def faults_shown(piece_id: int, faults: Iterable[Fault], numbers: Mapping[str, int]) -> list[ShownFault]:
    """Faults with their addresses; `numbers`: by token, the ordinal of a number that has a value."""
    found = []
    for one in faults:
        confirm = f"/bulletins/{piece_id}/confirm/?{urlencode({'sort': one.sort, 'key': one.key})}" if one.key else ""
        explain = (
            f"/bulletins/{piece_id}/explain/{numbers[one.token]}/" if one.sort == "over_100" and one.token in numbers else ""
        )
        found.append(ShownFault(one.text, confirm, explain))
    return found


def title_of(content: Mapping[str, Any]) -> str:
    """The title without its bindings."""
    return plain(title_in(content))


def sections_shown(content: Mapping[str, Any], *, linked: bool) -> list[ShownSection]:
    """The sections; `linked`: the reader may open values (others get to the note)."""
    notes = {note["token"]: note for note in content["notes"]}
    return [
        ShownSection(one.heading, [list(_words(line, notes, linked=linked)) for line in one.paragraphs]) for one in sections_in(content)
    ]  # fmt: skip


def notes_shown(content: Mapping[str, Any], *, linked: bool) -> list[dict[str, Any]]:
    """The notes with the addresses of their values."""
    return [{**note, "address": VALUE.format(note["value"]) if linked and note["value"] else ""} for note in content["notes"]]


def _words(line: tuple[Part, ...], notes: Mapping[str, Mapping[str, Any]], *, linked: bool) -> Iterator[Word]:
    for part in line:
        note = notes.get(part.token)
        if note is None:
            yield Word(part.text, lacking=bool(part.token))
            continue
        address = VALUE.format(note["value"]) if linked and note["value"] else f"#note-{note['number']}"
        yield Word(part.text, note["number"], note["origin"], address, lacking=note["value"] is None)
