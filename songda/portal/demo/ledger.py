"""The ledger of the demonstration: matters in every state, written in bulk as `step_case` would have left them.

Every column that the actions derive (clocks, state, version) is derived here by the same functions from the same steps.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from songda.engines.clocks.calendar import Calendar
from songda.engines.clocks.ladder import wake_at
from songda.kernel import bulk, clock
from songda.kernel.audit.actions import record
from songda.ledger.cases.actions.clocks import Told as ClockTold
from songda.ledger.cases.actions.clocks import clocks_after, columns_of, pressing
from songda.ledger.cases.models import Case, CaseClock, CaseStep, Counter, KindVersion, Party, Word
from songda.ledger.cases.queries import kind_in_force, spec_of
from songda.ledger.cases.rules.course import Happened, clocks_for
from songda.ledger.cases.states import AT_REST, DEMAND, FIRST, NOTES
from songda.portal.demo.replay import texts
from songda.portal.demo.stories import FIRM_STEPS, Teller, Told
from songda.registry.actors import Actor
from songda.registry.calendars.queries import calendar as registry_calendar
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Assignment, Post
from songda.registry.people.states import Role
from songda.registry.subjects.models import Subject

CASE = (
    "number", "kind_id", "machine", "subject_id", "area_path", "title", "text", "category", "difficulty", "urgent", "origin", "channel",
    "contact_name", "contact_phone", "lead_id", "holder_id", "state", "open", "outcome", "cause", "opened_at", "moved_at", "closed_at",
    "due_at", "blue_at", "yellow_at", "pressing_at", "wake_at", "version", "bounced", "demonstration", "extra",
)  # fmt: skip
STEP = ("case_id", "seq", "step", "before", "after", "at", "post_id", "name", "for_name", "note", "told", "used")
PARTY = ("case_id", "organisation_id", "role", "answer", "final", "reason", "asked_at", "answered_at")
WORD = ("case_id", "cycle", "by", "answer", "contacted", "useful", "grade", "text", "at", "name")
CLOCK = (
    "case_id", "code", "cycle", "main", "standing", "counts_from", "blue_at", "yellow_at", "due_at", "stopped_at", "late",
    "provisional", "wake_at", "failures", "trouble",
)  # fmt: skip
BATCH = 5000
ORIGINS, CHANNELS = ("firm", "officer", "signal", "meeting"), ("web", "phone", "visit", "message")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Amount:
    """How many matters, how many of them open, since when, and below which path."""

    cases: int
    open: int
    since: dt.datetime
    area_path: str = ""
    all_clocks: bool = True  # False: only those of open matters are kept (a bench needs no more)


@dataclass
class Ground:
    """Who may be asked: subjects with their places and officers, units and posts by territory. `known` are those of `subjects` with an
    account, `served` those with an officer: they ask more often, so that every part of the demonstration has something to do.
    """

    subjects: list[tuple[int, str]]
    known: list[tuple[int, str]]
    served: list[tuple[int, str]]
    officers: Mapping[int, int]
    units: Mapping[str, list[int]]
    posts: Mapping[int, list[int]]


@dataclass
class Row:
    """One matter on its way into the tables."""

    told: Told
    subject_id: int
    area_path: str
    lead_id: int | None
    holder_id: int | None
    stands: str = ""
    steps: list[tuple[object, ...]] = field(default_factory=list)
    clocks: tuple[ClockTold, ...] = ()


def fill_ledger(amount: Amount, *, seed: str, by: Actor, now: dt.datetime, progress: Progress | None = None) -> int:
    """Write the matters; how many. The same seed on the same city gives the same ledger."""
    version, calendar = kind_in_force("demand"), registry_calendar()
    teller, ground = Teller(seed, calendar, now), ground_of(amount.area_path)
    chance = random.Random(seed)
    for start in range(0, amount.cases, BATCH):
        count = min(BATCH, amount.cases - start)
        rows = [
            one_matter(teller, ground, chance, rests=chance.random() >= amount.open / amount.cases, since=amount.since)
            for _ in range(count)
        ]
        for row in rows:
            walk(row, teller)
            if amount.all_clocks or row.stands not in AT_REST["demand"]:
                row.clocks = read(row, version, calendar)
        with transaction.atomic():
            write(rows, version, now)
        if progress:
            progress(start + count, amount.cases)
    with transaction.atomic():
        record("demo.ledger", version, by=by, now=now, after={"cases": amount.cases})
    return amount.cases


def ground_of(area_path: str) -> Ground:
    """Subjects of an area with their officers; departments by their territory, and posts that handle, by unit."""
    subjects = list(
        Subject.objects.filter(area_path__startswith=area_path, demonstration=True).order_by("pk").values_list("pk", "area_path")
    )
    units: dict[str, list[int]] = {}
    # The units whose matters the texts count keep to those: what is invented goes to others.
    invented = Q(kind__in=("department", "street"), ends_on=None) & ~Q(code__in=[one.unit for one in texts()])
    for pk, path in Organisation.objects.filter(invented).values_list("pk", "area_path"):
        units.setdefault(path, []).append(pk)
    posts: dict[int, list[int]] = {}
    held = Post.objects.filter(role__in=(Role.DEPARTMENT_DESK, Role.STREET_CLERK, Role.DEPARTMENT_LEAD), ends_on=None)
    for post, unit in held.order_by("pk").values_list("pk", "organisation_id"):
        if unit is not None:
            posts.setdefault(unit, []).append(post)
    officers = dict(Assignment.objects.filter(ends_on=None).values_list("subject_id", "post_id"))
    accounts = set(Post.objects.filter(subject__isnull=False).values_list("subject_id", flat=True))
    known, served = ([one for one in subjects if one[0] in group] for group in (accounts, officers))
    return Ground(subjects, known or subjects, served or subjects, officers, units, posts)


def one_matter(teller: Teller, ground: Ground, chance: random.Random, *, rests: bool, since: dt.datetime) -> Row:
    """A matter of some subject, with the unit that leads it and the post that holds it, where any does."""
    lot = chance.random()
    pool = ground.known if lot < 0.01 else ground.served if lot < 0.3 else ground.subjects
    subject_id, path = pool[int(chance.random() * len(pool))]
    told = teller.told(rests=rests, since=since)
    asked = any(name in ("assign", "solve_on_spot") for name, _at in told.steps)
    near = [unit for place in above(path) for unit in ground.units.get(place, ())]
    lead = near[int(chance.random() * len(near))] if asked and near else None
    held = ground.posts.get(lead or 0, [])
    holder = ground.officers.get(subject_id) if lead and chance.random() < 0.4 else None
    if holder is None and held:
        holder = held[int(chance.random() * len(held))]
    return Row(told, subject_id, path, lead, holder)


def above(path: str) -> list[str]:
    """A territory and the one over it: a street and its district."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[:n]) + "/" for n in range(len(parts), 1, -1)]


def walk(row: Row, teller: Teller) -> None:
    """Take the steps on paper: each from a state the machine allows (KeyError, ValueError for a way it does not)."""
    row.stands = FIRST["demand"]
    row.steps = [("file", "", row.stands, row.told.opened_at, "", "")]
    for name, at in row.told.steps:
        before, note = row.stands, teller.note(name)
        if name not in NOTES:
            if not DEMAND.allows(name, before):
                raise ValueError(f"{name} from {before}")
            row.stands = DEMAND.step(name).target
        told = note if name in ("propose", "solve_on_spot", "decline", "pause", "progress") else ""
        row.steps.append((name, before, row.stands, at, "" if told else note, told))


def read(row: Row, version: KindVersion, calendar: Calendar) -> tuple[ClockTold, ...]:
    """The clocks of the matter after its steps."""
    steps = [Happened(str(one[0]), moment(one[3]), str(one[5] or one[4])) for one in row.steps]
    return clocks_after(steps, clocks_for(spec_of(version), row.told.difficulty), calendar)


def moment(value: object) -> dt.datetime:
    """A step's moment."""
    if not isinstance(value, dt.datetime):
        raise TypeError(value)
    return value


def write(rows: list[Row], version: KindVersion, now: dt.datetime) -> None:
    """Insert matters and what belongs to them."""
    series = f"{version.kind.code[:2].upper()}{clock.day_of(now).year}"
    counter, _made = Counter.objects.get_or_create(series=series)
    before = Case.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    bulk.insert(Case, CASE, (case_row(one, version, f"{series}-{counter.last + n:06d}", now) for n, one in enumerate(rows, 1)))
    counter.last += len(rows)
    counter.save(update_fields=["last"])
    numbers = list(Case.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True))
    paired = list(zip(numbers, rows, strict=True))
    bulk.insert(CaseStep, STEP, (step for number, row in paired for step in step_rows(number, row)))
    bulk.insert(Party, PARTY, (party for number, row in paired for party in party_rows(number, row)))
    bulk.insert(Word, WORD, (word for number, row in paired for word in word_rows(number, row)))
    bulk.insert(CaseClock, CLOCK, (one for number, row in paired for one in clock_rows(number, row, now)))


def case_row(row: Row, version: KindVersion, number: str, now: dt.datetime) -> tuple[object, ...]:
    """A row of the ledger."""
    told, rests = row.told, row.stands in AT_REST["demand"]
    moved = moment(row.steps[-1][3])
    said = pressing(row.clocks)
    mark = sum(map(ord, number + told.title))
    wakes = [at for one in row.clocks if (at := wake_at(one.reading, one.dues, (), now)) is not None]
    result = ("solved", "solved", "explained", "partly")[mark % 4]
    outcome = result if row.stands in ("proposed", "confirmed", "closed") else "withdrawn" if row.stands == "withdrawn" else ""
    return (
        number, version.pk, version.machine, row.subject_id, row.area_path, told.title, f"{told.title}，请帮助协调解决。", told.category,
        told.difficulty, mark % 23 == 0, ORIGINS[(mark % 10) // 4 if mark % 10 < 8 else mark % 10 - 6], CHANNELS[mark % 4], "", "",
        row.lead_id, row.holder_id, row.stands, not rests, outcome, told.category if rests else "", told.opened_at, moved,
        moved if rests else None, said["due_at"], said["blue_at"], said["yellow_at"], said["pressing_at"],
        min(wakes, default=None), len(row.steps), int(any(one[0] == "dispute" for one in row.steps)), True, {},
    )  # fmt: skip


def step_rows(number: int, row: Row) -> Iterator[tuple[object, ...]]:
    """The history of a matter."""
    for seq, (name, before, after, at, note, told) in enumerate(row.steps, 1):
        who = "演示企业" if name in FIRM_STEPS or name == "file" else "演示经办"
        yield (number, seq, name, before, after, at, None if who == "演示企业" else row.holder_id, who, "", note, told, {})


def party_rows(number: int, row: Row) -> Iterator[tuple[object, ...]]:
    """The lead, asked when the matter was assigned."""
    asked = next((moment(one[3]) for one in row.steps if one[0] in ("assign", "solve_on_spot")), None)
    if row.lead_id is None or asked is None:
        return
    taken = next((moment(one[3]) for one in row.steps if one[0] in ("take", "solve_on_spot")), None)
    yield (number, row.lead_id, "lead", "accepted" if taken else "asked", False, "", asked, taken)


def word_rows(number: int, row: Row) -> Iterator[tuple[object, ...]]:
    """What the firm said, a round each time a result was proposed."""
    cycle = 0
    for name, _before, _after, at, _note, _told in row.steps:
        cycle += name in ("propose", "solve_on_spot")
        if name in ("confirm", "object"):
            good = name == "confirm"
            yield (number, cycle, "firm", "yes" if good else "no", True, good, "5" if good else "3", "", at, "演示企业")


def clock_rows(number: int, row: Row, now: dt.datetime) -> Iterator[tuple[object, ...]]:
    """The clocks as read, awake for every rung that is owed."""
    for one in row.clocks:
        said = columns_of(one)
        wake = wake_at(one.reading, one.dues, (), now)
        yield (number, one.spec.definition.code, *(said[name] for name in CLOCK[2:12]), wake, 0, "")
