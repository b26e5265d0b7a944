"""Every table of the house is kept for a time that somebody thought of, and every table of a firm goes into its export or is named."""

from __future__ import annotations

from django.apps import apps

from songda.office.retention.rules.exempt import EXEMPT
from songda.office.retention.rules.sheets import LEFT_OUT, SHEETS
from songda.office.retention.rules.table import HOLDINGS, tables_held
from songda.registry.subjects.models import Subject

ALL = {model._meta.label for model in apps.get_models(include_auto_created=True)}


def chained_to_subject() -> set[str]:
    """The labels of all models that a chain of foreign keys joins to a firm."""
    front, seen = {Subject}, {Subject}
    while front:
        front = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.concrete_fields
            if model not in seen and field.is_relation and field.related_model in front
        }
        seen |= front
    return {model._meta.label for model in seen}


def test_every_table_of_the_house_is_in_a_holding_or_named_as_none() -> None:
    held = tables_held()
    assert sorted(ALL - held - set(EXEMPT)) == [], (
        "put it into office/retention/rules/{purged,kept}.py, or say why not in exempt.py"
    )
    assert sorted((held | set(EXEMPT)) - ALL) == []
    assert sorted(held & set(EXEMPT)) == []
    assert all(EXEMPT.values()) and len(HOLDINGS) > 30


def test_every_table_joined_to_a_firm_is_exported_or_left_out_with_a_reason() -> None:
    included, chained = [sheet.model for sheet in SHEETS], chained_to_subject()
    assert sorted(chained - set(included) - set(LEFT_OUT)) == [], (
        "put it into office/retention/rules/sheets.py: SHEETS or LEFT_OUT"
    )
    assert sorted((set(included) | set(LEFT_OUT)) - chained) == []
    assert sorted(set(included) & set(LEFT_OUT)) == [] and len(included) == len(set(included))


def test_a_new_table_would_be_seen() -> None:
    assert "cases.CaseStep" in chained_to_subject() and "cases.CaseStep" in ALL & tables_held()
    assert "songda.NewTable" not in tables_held() | set(EXEMPT)
