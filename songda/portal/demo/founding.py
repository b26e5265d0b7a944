"""Writing the invented city: subjects, facts, lists and contacts, all in bulk, with one audit row for the whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from songda.engines.rules.catalogue import Catalogue
from songda.kernel import bulk
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, NotPermitted
from songda.portal.demo.columns import Column
from songda.portal.demo.naming import enter_named
from songda.portal.demo.registering import Ground, Place, Register, draw
from songda.portal.demo.registers import City
from songda.portal.demo.words import brands
from songda.registry.actors import Actor
from songda.registry.campaigns.models import Campaign
from songda.registry.facts.actions.state_coverage import Complete, state_coverage
from songda.registry.facts.models import Fact, FactDefinition, Source
from songda.registry.organisations import queries as organisations
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Contact
from songda.registry.subjects.models import Subject
from songda.registry.subjects.rules import names

SUBJECT = (
    "kind", "uscc", "local_number", "name", "name_key", "name_core", "home_id", "area_path", "industry", "size", "above_scale",
    "status", "founded_on", "address", "demonstration",
)  # fmt: skip
FACT = ("subject_id", "fact_id", "valid_from", "recorded_at", "source_id", "num", "text", "void")
CONTACT = ("subject_id", "channel", "address", "holder", "starts_on")
SLICE = 100_000  # fact rows turned into Python values at a time
Said = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Founded:
    """What was written: subjects, facts, contacts, and the digest of everything drawn."""

    subjects: int
    facts: int
    contacts: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Keys:
    """Numbers of rows that facts point at."""

    facts: Mapping[str, int]
    sources: Mapping[str, int]
    now: dt.datetime


def city_stands() -> bool:
    """Whether the demonstration city is there already."""
    return Subject.objects.filter(demonstration=True).exists()


def found_city(
    city: City, catalogue: Catalogue, *, demonstration: bool, by: Actor, now: dt.datetime, said: Said | None = None
) -> Founded:
    """Draw and write the city. Refused outside demonstration mode, and where real subjects or the city are there.

    `said` is told the register's code, its number of rows so far, and the subjects of the whole city.
    """
    refuse_real(demonstration=demonstration)
    ground = Ground(catalogue, {group.area: places_of(group.area) for group in city.groups})
    keys = _Keys(dict(FactDefinition.objects.values_list("code", "pk")), dict(Source.objects.values_list("code", "pk")), now)
    brand = brands(random.Random(city.seed))
    digest, subjects, facts, contacts = hashlib.sha256(), 0, 0, 0
    for at, group in enumerate(city.groups):
        register = draw(city, at, ground, brand)
        with transaction.atomic():
            ids = write_subjects(register)
            facts += bulk.insert(Fact, FACT, fact_rows(register.columns, ids, keys))
            contacts += bulk.insert(Contact, CONTACT, contact_rows(register, ids, now))
        subjects += len(ids)
        digest.update(register.digest.encode())
        if said:
            said(group.code, subjects, city.subjects)
    subjects += enter_named(city, by=by, now=now)
    state_lists(city, by=by, now=now)
    found = Founded(subjects, facts, contacts, digest.hexdigest())
    note(found, by, now)
    return found


def refuse_real(*, demonstration: bool) -> None:
    """Invented subjects stand only in a demonstration, and only on empty ground."""
    if not demonstration:
        raise NotPermitted(_("演示城市只能在演示环境中生成。"), advice=_("请以 SONGDA_DEMO=yes 启动，并使用单独的数据目录。"))
    if Subject.objects.exists():
        raise Conflict(_("登记簿里已有主体，不能再生成演示城市。"), advice=_("请换一个空的数据目录（SONGDA_HOME）。"))


def places_of(area: str) -> list[Place]:
    """The streets of an area, or the area itself where it has none."""
    unit = organisations.by_code(area)
    streets = Organisation.objects.filter(parent=unit, kind=Organisation.Kind.STREET).order_by("code")
    return [Place(one.pk, one.area_path, one.code) for one in streets] or [Place(unit.pk, unit.area_path, unit.code)]


def write_subjects(register: Register) -> list[int]:
    """Insert a register's subjects; their numbers in the register's order."""
    before = Subject.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    bulk.insert(Subject, SUBJECT, subject_rows(register))
    return list(Subject.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True))


def subject_rows(register: Register) -> Iterator[tuple[object, ...]]:
    """Rows of subjects."""
    firm = register.group.kind == "enterprise"
    hot = register.hot
    for at, (name, key, home) in enumerate(zip(register.names, register.keys, register.homes, strict=True)):
        yield (
            register.group.kind, key if firm else None, None if firm else key, name, names.key_of(name), names.core_of(name),
            home.organisation, home.path, hot["industry"][at], hot["size"][at], hot["above_scale"][at], "open",
            hot["founded_on"][at], "", True,
        )  # fmt: skip


def fact_rows(columns: Sequence[Column], ids: Sequence[int], keys: _Keys) -> Iterator[tuple[object, ...]]:
    """Rows of facts in the order of subjects (so that the index grows at its end), a slice at a time."""
    rows = np.concatenate([one.rows for one in columns])
    order = np.argsort(rows, kind="stable")
    subjects = np.asarray(ids)[rows[order]]
    numbers = np.concatenate([np.full(len(one.rows), -1) if one.coded else one.values for one in columns])[order]
    days = np.concatenate([one.days for one in columns])[order]
    texts = np.concatenate([one.values if one.coded else np.full(len(one.rows), None, object) for one in columns])[order]
    which = np.repeat(np.arange(len(columns)), [len(one.rows) for one in columns])[order]
    facts = np.array([keys.facts[one.fact] for one in columns])[which]
    sources = np.array([keys.sources[one.source] for one in columns])[which]
    calendar = {day: dt.date.fromordinal(day) for day in np.unique(days).tolist()}
    for start in range(0, len(order), SLICE):
        part = slice(start, start + SLICE)
        words = texts[part].tolist()
        plain = [None if word is not None else number for number, word in zip(numbers[part].tolist(), words, strict=True)]
        valid = [calendar[day] for day in days[part].tolist()]
        yield from zip(
            subjects[part].tolist(),
            facts[part].tolist(),
            valid,
            repeat(keys.now),
            sources[part].tolist(),
            plain,
            words,
            repeat(False),
        )


def contact_rows(register: Register, ids: Sequence[int], now: dt.datetime) -> Iterator[tuple[object, ...]]:
    """The inbox of everyone who can be reached, of every second firm a second person's too, and for some an invented number on a
    messaging platform.

    No invented mobile number can be certain to be nobody's, so there is none.
    """
    day = now.date()
    for turn, row in enumerate(register.reachable.tolist()):
        subject = ids[row]
        yield (subject, Contact.Channel.INBOX, f"subject-{subject}", "", day)
        if turn % 2 == 0:
            yield (subject, Contact.Channel.INBOX, f"subject-{subject}-finance", _("演示财务联系人"), day)
        if turn % 40 == 0:
            yield (subject, Contact.Channel.DINGTALK, f"demo-ding-{subject}", "", day)
        elif turn % 270 == 1:
            yield (subject, Contact.Channel.WECOM, f"demo-wecom-{subject}", "", day)


def state_lists(city: City, *, by: Actor, now: dt.datetime) -> None:
    """Say for which areas each list is complete."""
    for one in city.lists:
        for area in one.coverage:
            path = organisations.by_code(area).area_path
            state_coverage(one.fact, Complete(path, one.since), source_code="registry", by=by, now=now)


@transaction.atomic
def note(found: Founded, by: Actor, now: dt.datetime) -> None:
    """One audit row for the whole city."""
    campaign: Any = Campaign.objects.order_by("-applied_at").first()
    told = {"subjects": found.subjects, "facts": found.facts, "contacts": found.contacts, "digest": found.digest}
    record("demo.found_city", campaign, by=by, now=now, after=told)
