"""Placeholders 占位 in a text: `{指标}`, with whose, over what and as of when. Parsed strictly; nothing else may stand in braces.

`{firms-resumed@410172 since=2020-02-10 cell=industry as_of=2020-03-17T17：19595家}`: an indicator by its code or its label, then what
is wanted otherwise than for the text as a whole: a unit, the first day counted, the cell, the moment (a day means its end, 23:59). What
follows the full-width colon is what it said when the text was shown; it is for the writer's eye and never read. Three words are no
indicators: `{时点}` the moment of the text, `{单位}` its unit's name, `{日期}` the day it is signed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

WORDS = ("时点", "单位", "日期")
OPTIONS = ("since", "cell", "as_of")
DAY_END = dt.time(23, 59)
"""A text as of a day, without an hour, is as of its last minute."""
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_INSIDE = re.compile(
    r"(?P<name>[^@：\s{}]+)(?:@(?P<unit>[A-Za-z0-9-]+))?(?P<options>(?: +[a-z_]+=[^\s：{}]+)*) *(?:：(?P<said>.*))?"
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d)?")


class PlaceError(ValueError):
    """A text whose braces cannot be read; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place left open: the indicator's code (or one of `WORDS`), and what it asks for otherwise than the text as a whole."""

    name: str
    unit: str = ""
    since: str = ""
    cell: str = ""
    as_of: str = ""

    @property
    def is_word(self) -> bool:
        """Whether it stands for a word of the text rather than for a value."""
        return self.name in WORDS

    @property
    def token(self) -> str:
        """As it is kept: one spelling for one thing asked."""
        options = "".join(f" {key}={getattr(self, key)}" for key in OPTIONS if getattr(self, key))
        return f"{self.name}{'@' if self.unit else ''}{self.unit}{options}"

    def moment(self, otherwise: dt.datetime, place: dt.tzinfo) -> dt.datetime:
        """The moment asked for, the text's own unless the place says another; a day means its end."""
        if not self.as_of:
            return otherwise
        hour = self.as_of[11:]
        return dt.datetime.combine(dt.date.fromisoformat(self.as_of[:10]), dt.time(int(hour)) if hour else DAY_END, place)

    def first_day(self) -> dt.date | None:
        """The first day counted, where the place says one."""
        return dt.date.fromisoformat(self.since) if self.since else None


def pieces(text: str) -> Iterator[str | Place]:
    """The text cut at its places, in order; PlaceError where braces do not pair or hold something else."""
    at = 0
    for found in _BRACES.finditer(text):
        if found[1] is None:
            raise PlaceError(f"花括号不成对：“{text[max(0, found.start() - 8) : found.end() + 8]}”")
        yield text[at : found.start()]
        yield place_in(found[1])
        at = found.end()
    yield text[at:]


def place_in(inside: str) -> Place:
    """One place, from what stands between its braces."""
    found = _INSIDE.fullmatch(inside.strip())
    if found is None:
        raise PlaceError(f"占位“{{{inside}}}”写法不对，应如 {{firms-resumed@410172 as_of=2020-03-18}}")
    given = [one.split("=", 1) for one in found["options"].split()]
    strange = [key for key, _value in given if key not in OPTIONS]
    if strange or len({key for key, _value in given}) < len(given):
        raise PlaceError(f"占位“{{{inside}}}”的选项只能是 {'、'.join(OPTIONS)}，各写一次")
    place = Place(found["name"], found["unit"] or "", **dict(given))
    _check(place, inside)
    return place


def _check(place: Place, inside: str) -> None:
    if place.is_word and place.token != place.name:
        raise PlaceError(f"占位“{{{inside}}}”：{place.name}不带选项")
    if place.as_of and not _MOMENT.fullmatch(place.as_of):
        raise PlaceError(f"占位“{{{inside}}}”：时点写作 2020-03-18 或 2020-03-18T17")
    try:
        place.first_day()
        place.moment(dt.datetime.min.replace(tzinfo=dt.UTC), dt.UTC)
    except ValueError as error:
        raise PlaceError(f"占位“{{{inside}}}”：没有这一天") from error


def places_in(text: str) -> list[Place]:
    """All places that ask for a value, each once, in order."""
    return list(dict.fromkeys(one for one in pieces(text) if isinstance(one, Place) and not one.is_word))


def rewritten(text: str, spell: Callable[[Place], str]) -> str:
    """The text with every place spelled by `spell` (the inside of its braces)."""
    return "".join(one if isinstance(one, str) else f"{{{spell(one)}}}" for one in pieces(text))


def kept(text: str, codes: Mapping[str, str]) -> str:
    """The text as it is kept: labels become codes (`codes`), what was shown is left out."""

    def spell(place: Place) -> str:
        return Place(codes.get(place.name, place.name), place.unit, place.since, place.cell, place.as_of).token

    return rewritten(text, spell)


def for_editing(text: str, labels: Mapping[str, str], said: Mapping[str, str]) -> str:
    """The text for its writer: labels instead of codes (`labels`), and behind each what it now says (`said` by token)."""

    def spell(place: Place) -> str:
        shown = said.get(place.token, "")
        named = Place(labels.get(place.name, place.name), place.unit, place.since, place.cell, place.as_of).token
        return f"{named}：{shown}" if shown else named

    return rewritten(text, spell)
