"""The states of subjects at any moment, from facts and the negative list: the one reading that pages, rates and tallies share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from songda.engines.rules.days import EPOCH, day_number
from songda.kernel import clock
from songda.kernel.paths import above, within
from songda.kernel.recall import recalled
from songda.office.resumption.models import Entry
from songda.office.resumption.rules.asof import Flags, Ints, Texts, Track, words_of
from songda.office.resumption.rules.counting import States
from songda.registry.facts.models import FactDefinition
from songda.registry.facts.queries import Reach, held
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import merged_by
from songda.registry.subjects.rules import industry as industries

NUMBERS = ("due_at_work", "back_at_work", "headcount", "staff_back")
FLAGS = ("above_scale", "negative_list")
TEXTS = ("resumption", "industry")
CODES = (*NUMBERS, *FLAGS, *TEXTS)
COUNTED = ("enterprise", "project", "site", "merchant")
LISTS = "negative_list"
FOREVER = dt.date(2100, 12, 31)


@dataclass(frozen=True)
class Frame:
    """Who there is: subjects by key, with kind and path. Those merged into others, and not open, are left out."""

    subjects: Ints
    kinds: Texts
    paths: Texts


@dataclass(frozen=True)
class Timeline:
    """Everything needed to say the states of the frame's subjects on any day up to the last one asked for."""

    frame: Frame
    tracks: dict[str, Track]
    vocabulary: dict[str, int]
    entries: tuple[Entry, ...]

    def at(self, rows: Ints, days: Ints) -> States:
        """The states of some rows of the frame, each on its day (days since 1970-01-01)."""
        frame = self.frame
        subjects, kinds, paths = frame.subjects[rows], frame.kinds[rows], frame.paths[rows]
        seen = {code: track.at(subjects, days) for code, track in self.tracks.items()}
        words = words_of(seen["industry"], self.vocabulary)
        listed = seen[LISTS] == 1
        for entry in self.entries:
            listed |= caught(entry, (subjects, kinds, paths, words), days)
        return States(
            subjects, kinds, paths, words_of(seen["resumption"], self.vocabulary), words, seen["above_scale"], listed,
            seen["due_at_work"], seen["back_at_work"], seen["headcount"], seen["staff_back"],
        )  # fmt: skip

    def on(self, day: dt.date) -> States:
        """The states of all on one day."""
        rows = np.arange(len(self.frame.subjects))
        return self.at(rows, np.full(len(rows), day_number(day), np.int64))


def states_at(
    area_path: str, *, on: dt.date, known_at: dt.datetime | None = None, subjects: Iterable[int] | None = None
) -> States:
    """The states of the open subjects of a territory (or of some subjects) on a day, as known at a moment (None: now)."""
    if subjects is None:
        return _all_at(area_path, on, known_at)
    return timeline(area_path, last=on, known_at=known_at, subjects=subjects).on(on)


@recalled
def _all_at(area_path: str, on: dt.date, known_at: dt.datetime | None) -> States:
    """A whole territory: a bulletin asks for a dozen figures of one day, which are read once."""
    return timeline(area_path, last=on, known_at=known_at).on(on)


def timeline(
    area_path: str, *, last: dt.date, known_at: dt.datetime | None = None, subjects: Iterable[int] | None = None
) -> Timeline:
    """Read a territory once, with all that was valid up to `last`."""
    wanted = None if subjects is None else set(subjects)
    frame = frame_of(area_path, wanted, known_at)
    keys = dict(FactDefinition.objects.filter(code__in=CODES, context="subject").values_list("code", "pk"))
    known = held(Reach(area_path, wanted, set(keys.values())), known_at=known_at, until=last)
    tracks = {}
    for code in CODES:
        rows = known.of(keys[code]) if code in keys else known.where(slice(0, 0))
        tracks[code] = Track(rows.subjects, rows.days, rows.texts if code in TEXTS else rows.nums)
    return Timeline(frame, tracks, dict(known.vocabulary), tuple(entries_known(area_path, known_at)))


def frame_of(area_path: str, wanted: set[int] | None, known_at: dt.datetime | None) -> Frame:
    """The subjects of a territory that count, as known."""
    rows = Subject.objects.filter(within([area_path]), kind__in=COUNTED).exclude(status=Subject.Status.CLOSED)
    if wanted is not None:
        rows = rows.filter(pk__in=wanted)
    if known_at is None:
        rows = rows.filter(merged_into=None)
    else:
        rows = rows.filter(Q(registered_at=None) | Q(registered_at__lte=known_at)).exclude(pk__in=list(merged_by(known_at)))
    found = list(rows.order_by("pk").values_list("pk", "kind", "area_path"))
    keys, kinds, paths = zip(*found, strict=True) if found else ((), (), ())
    return Frame(np.array(keys, np.int64), np.array(kinds, object), np.array(paths, object))


def entries_known(area_path: str = "", known_at: dt.datetime | None = None) -> list[Entry]:
    """Entries of the negative list that can concern a territory, each with the end that was known at the moment."""
    rows = Entry.objects.filter(Q(area_path__in=above([area_path])) | within([area_path])).order_by("pk")
    if known_at is None:
        return list(rows)
    found = list(rows.filter(listed_at__lte=known_at))
    for one in found:
        if one.delisted_at is not None and one.delisted_at > known_at:
            one.ends_on = None
    return found


def caught(entry: Entry, rows: tuple[Ints, Texts, Texts, Texts], days: Ints) -> Flags:
    """Which rows (subjects, kinds, paths, industries) an entry lists on their days."""
    subjects, kinds, paths, words = rows
    last = day_number(entry.ends_on or FOREVER)
    found: Flags = (days >= day_number(entry.starts_on)) & (days <= last)
    if entry.sort == "subject":
        found &= subjects == entry.subject_id
        return found
    if entry.area_path:
        found &= by_text(paths, lambda path: path.startswith(entry.area_path))
    found &= (
        (kinds == entry.kind) if entry.sort == "kind" else by_text(words, lambda code: industries.within(code, [entry.industry]))
    )
    return found


def by_text(words: Texts, holds: Callable[[str], bool]) -> Flags:
    """A condition on texts, asked once for each different text."""
    known: dict[str, bool] = {word: bool(holds(word)) for word in set(words.tolist())}
    return np.fromiter((known[word] for word in words.tolist()), bool, len(words))


def local_day(as_of: dt.datetime) -> dt.date:
    """The day that a moment belongs to: facts hold from a day, so a moment shows the states of its day."""
    return clock.day_of(as_of)


def day_at(number: int) -> dt.date:
    """A day from its number."""
    return EPOCH + dt.timedelta(days=number)
