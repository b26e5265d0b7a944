"""A catalogue with industries, and the kinds of the ledger."""

from __future__ import annotations

import pytest

from songda.deliveries.policy.guides import packs
from songda.engines.rules.catalogue import FactKind, Kind
from songda.ledger.cases.tests.ground import lay
from songda.registry.actors import system
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.rules import Entry
from songda.registry.facts.actions import Definition, define_facts
from songda.registry.people.tests.cast import NOW
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue"]
INDUSTRIES = (
    ("C", "制造业", ""),
    ("27", "医药制造业", "C"),
    ("17", "纺织业", "C"),
    ("H", "住宿和餐饮业", ""),
    ("61", "住宿业", "H"),
)
GROUPS = {
    "groups": [
        {"code": "making", "name": "制造业", "industries": ["C"]},
        {"code": "medicine", "name": "医药制造业", "industries": ["27"]},
        {"code": "catering", "name": "住宿和餐饮业", "industries": ["H"]},
    ],
    "only_in": [{"fact": "maker", "industries": ["C"]}],
}


@pytest.fixture
def industries(catalogue: None) -> None:
    """Two sections and three divisions, a fact that holds in one section alone, three groups."""
    entries = [Entry(code=code, label=label, parent=parent) for code, label, parent in INDUSTRIES]
    load_dictionary(Edition(code="gbt", edition="1", name="行业", entries=entries, claims=0), by=system(), now=NOW)
    facts = (FactKind("industry", "行业", Kind.CODE, code_list="gbt", fixed=True), FactKind("maker", "工业企业", Kind.BOOL))
    define_facts([Definition(fact) for fact in facts], by=system(), now=NOW)
    packs.load(GROUPS, by=system(), now=NOW)


@pytest.fixture
def ledger(db: None) -> None:
    """Kinds and calendar."""
    lay(kinds=("demand", "task", "green-channel"))
