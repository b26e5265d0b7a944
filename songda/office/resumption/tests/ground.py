"""The ground of the room's tests: the cast, the facts the room reads, two industries, the order of the city. Invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction

from songda.engines.rules.catalogue import FactKind, Kind
from songda.engines.rules.catalogue_files import PlainLoader
from songda.ledger.cases import packs as kinds
from songda.office.resumption import packs
from songda.office.resumption.states import Production
from songda.registry.actors import Actor, system
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.rules import Entry
from songda.registry.facts.actions import Definition, NewSource, define_facts, define_sources, record_fact
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, Cast, firm, hire

STATES = [Entry(one.value, str(one.label)) for one in Production]
INDUSTRIES = [
    Entry("C", "制造业"), Entry("37", "运输设备制造业", "C"), Entry("3711", "高铁车组制造", "37"),
    Entry("R", "文化、体育和娱乐业"), Entry("87", "广播电视电影", "R"), Entry("8760", "电影放映", "87"),
]  # fmt: skip
FACTS = (
    FactKind("industry", "行业", Kind.CODE, code_list="gbt4754", fixed=True),
    FactKind("above_scale", "规模以上", Kind.BOOL, freshness_days=400),
    FactKind("headcount", "用工人数", Kind.NUM, "人", freshness_days=400),
    FactKind("resumption", "复工状态", Kind.CODE, code_list="resumption-states", freshness_days=14),
    FactKind("resumed_on", "复工日期", Kind.DATE),
    FactKind("due_at_work", "应到岗人数", Kind.NUM, "人", freshness_days=60),
    FactKind("back_at_work", "到岗人数", Kind.NUM, "人", freshness_days=14),
    FactKind("staff_back", "在册员工返岗人数", Kind.NUM, "人", freshness_days=14),
    FactKind("negative_list", "负面清单", Kind.LIST),
)
PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Ground:
    """The cast and a second dispatcher, for what two persons must do."""

    cast: Cast
    other: Actor
    desk: Actor  # a street clerk: sees, reports


@pytest.fixture
def ground(cast: Cast) -> Ground:
    """The cast on the ground."""
    lay()
    return Ground(cast, hire(Role.DISPATCHER, at=cast.zone), cast.street)


def lay() -> None:
    """Facts, sources, dictionaries, the order and the kind of the pack."""
    load_dictionary(Edition("gbt4754", "2017", "国民经济行业分类", INDUSTRIES), by=system(), now=NOW)
    load_dictionary(Edition("resumption-states", "2", "复工状态", STATES), by=system(), now=NOW)
    define_facts([Definition(one) for one in FACTS], by=system(), now=NOW)
    define_sources([NewSource("resumption", "复工复产日报"), NewSource("registry", "市场主体登记")], by=system(), now=NOW)
    with transaction.atomic():
        packs.load([read("resumption.yaml")], by=system(), now=NOW)
        kinds.load([read("kinds/resumption.yaml")], by=system(), now=NOW)


def read(name):
    """A file of the pack."""
    return PlainLoader((PACK / name).read_text(encoding="utf8")).get_single_data()


def tell(subject, code, text, day=DAY, *, now=NOW):
    """A fact of a subject."""
    return record_fact(subject.pk, code, text, valid_from=day, source_code="resumption", by=system(), now=now)


def firms(cast, count, *, kind="enterprise", start=100):
    """More subjects in the street."""
    return [firm(f"示例{kind}{n}号", cast.street_office, f"N{kind}{n}", kind=kind) for n in range(start, start + count)]
