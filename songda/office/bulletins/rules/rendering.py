"""A text with its numbers 成文: sections of paragraphs, each paragraph a row of parts, a part plain or a bound number with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from songda.office.bulletins.rules.places import Place, pieces

GAP = "＿＿"
OWN = "="
"""In frozen data, what marks words of the text itself."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as written: its heading, the unit it is of (a code, empty: the text's own), its text with places."""

    heading: str
    text: str
    unit: str = ""

    def as_data(self) -> dict[str, str]:
        """As it is kept."""
        return {"heading": self.heading, "text": self.text, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph; `token` names the value they are bound to, `word` tells words of the text itself (its moment, its unit)."""

    text: str
    token: str = ""
    word: bool = False


Paragraph = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A section as it reads."""

    heading: str
    unit: str
    paragraphs: tuple[Paragraph, ...]

    def as_data(self) -> dict[str, Any]:
        """As it is frozen: parts as pairs of words and token, words of the text itself with the token '='."""
        lines = [[[part.text, OWN if part.word else part.token] for part in line] for line in self.paragraphs]
        return {"heading": self.heading, "unit": self.unit, "paragraphs": lines}


def sections_of(data: Iterable[Mapping[str, Any]]) -> tuple[Section, ...]:
    """Sections as they are kept."""
    return tuple(Section(one.get("heading", ""), one["text"], one.get("unit", "")) for one in data)


def told_of(data: Iterable[Mapping[str, Any]]) -> tuple[Told, ...]:
    """Sections as they were frozen."""
    return tuple(
        Told(one["heading"], one["unit"], tuple(tuple(_part(*pair) for pair in line) for line in one["paragraphs"]))
        for one in data
    )


def key_of(section: Section, place: Place) -> str:
    """What a place in a section asks for, so that the same words in another unit's section ask for that unit's value."""
    return f"{section.unit}|{place.token}" if section.unit and not place.unit else place.token


def told(sections: Sequence[Section], values: Mapping[str, str], words: Mapping[str, str]) -> tuple[Told, ...]:
    """The sections with their numbers: `values` by `key_of`, `words` by name; a gap where there is none."""
    return tuple(
        Told(
            one.heading, one.unit, tuple(tuple(_parts(one, line, values, words)) for line in one.text.split("\n") if line.strip())
        )
        for one in sections
    )


def plain(paragraph: Paragraph) -> str:
    """A paragraph without its bindings."""
    return "".join(part.text for part in paragraph)


def spans(paragraph: Paragraph, *, words: bool = True) -> list[tuple[int, int, str]]:
    """Where bound numbers (and words of the text itself) stand in the plain paragraph: start, end, token."""
    found, at = [], 0
    for part in paragraph:
        if part.token or (part.word and words):
            found.append((at, at + len(part.text), part.token))
        at += len(part.text)
    return found


def _part(text: str, token: str) -> Part:
    return Part(text, word=True) if token == OWN else Part(text, token)


def _parts(section: Section, line: str, values: Mapping[str, str], words: Mapping[str, str]) -> Iterable[Part]:
    for one in pieces(line):
        if isinstance(one, str):
            if one:
                yield Part(one)
        elif one.is_word:
            yield Part(words.get(one.name, GAP), word=True)
        else:
            key = key_of(section, one)
            yield Part(values.get(key) or GAP, key)
