from __future__ import annotations

from dataclasses import replace

import pytest

from songda.engines.rules.catalogue import FactKind, Kind
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import system
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.rules import Entry
from songda.registry.facts import queries
from songda.registry.facts.actions import Definition, define_facts
from songda.registry.facts.tests.cast import FACTS, NOW, catalogue

pytestmark = pytest.mark.django_db


def define(*facts):
    return define_facts([Definition(one) for one in facts], by=system(), now=NOW)


def test_the_catalogue_is_one_object_until_something_changes(django_assert_num_queries):
    catalogue()
    first = queries.catalogue()
    with django_assert_num_queries(2):
        assert queries.catalogue() is first
    assert first.by_code["headcount"].aliases == ("从业人员",)
    digest = queries.catalogue_digest()
    define(replace(FACTS[4], freshness_days=30))
    assert queries.catalogue().by_code["headcount"].freshness_days == 30
    assert queries.catalogue_digest() != digest


def test_a_newer_edition_of_a_code_list_is_a_newer_catalogue():
    catalogue()
    digest = queries.catalogue_digest()
    load_dictionary(Edition("sizes", "2", "企业规模", [Entry("large", "大型")]), by=system(), now=NOW)
    assert queries.catalogue_digest() != digest
    assert set(queries.catalogue().code_lists["sizes"].names) == {"large"}


@pytest.mark.parametrize("change", [{"kind": Kind.BOOL, "unit": ""}, {"unit": "万元"}])
def test_kind_and_unit_never_change(change):
    catalogue()
    with pytest.raises(Conflict, match="不可由"):
        define(replace(FACTS[5], **change))


def test_a_renamed_fact_keeps_its_old_name_and_defining_again_changes_nothing():
    catalogue()
    assert define(replace(FACTS[4], name="在职人数")) == 1
    assert queries.catalogue().by_name["用工人数"].code == "headcount"
    assert define(replace(FACTS[4], name="在职人数", aliases=("用工人数", "从业人员"))) in (0, 1)


@pytest.mark.parametrize("name", ["且", "3人", "用工 人数", "营业收入", "至少3项"])
def test_names_the_language_cannot_take_in(name):
    catalogue()
    with pytest.raises(Invalid, match="不能采用"):
        define(FactKind("another", name, Kind.BOOL))


def test_an_unknown_unit_or_code_list_is_refused():
    with pytest.raises(Invalid):
        define(FactKind("a", "甲", Kind.NUM, "光年"))
    with pytest.raises(Invalid):
        define(FactKind("a", "甲", Kind.CODE, code_list="nowhere"))
