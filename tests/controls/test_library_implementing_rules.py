"""Controls of implementing rules (POL-03): two persons stand for them, and no measure opens for application without them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.library import queries
from songda.deliveries.policy.library.actions import (
    assign_gap,
    confirm_implementing_rule,
    publish_implementing_rule,
    revise_implementing_rule,
)
from songda.deliveries.policy.library.models import GapAssignment, ImplementingRuleVersion
from songda.deliveries.policy.library.tests.rules_at_hand import all_published, drafted, in_force
from songda.deliveries.policy.library.tests.texts import NOW
from songda.kernel.errors import NotPermitted
from songda.registry.rulebook.tests.books import catalogue
from tests.controls.opened import check_off, unique_off

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")
TODAY = dt.date(2020, 3, 10)
PUBLISHING = "songda.deliveries.policy.library.actions.publish_implementing_rule"


@pytest.mark.row("POL-03", "SUP-19")
def test_who_confirmed_rules_does_not_publish_them(cast, monkeypatch):
    alone = replace(cast.editor, permissions=cast.editor.permissions | {"policy.publish"})
    version = confirm_implementing_rule(drafted(cast, all_published(cast)[0]).pk, by=alone, now=NOW)
    with pytest.raises(NotPermitted, match="另一人"):
        publish_implementing_rule(version.pk, by=alone, now=NOW)
    monkeypatch.setattr(import_module(PUBLISHING), "refuse_same_person", lambda *_: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_implementing_rule(version.pk, by=alone, now=NOW)
    with check_off(ImplementingRuleVersion, "implementing_publisher_is_not_confirmer"):
        assert publish_implementing_rule(version.pk, by=alone, now=NOW).state == "published"


@pytest.mark.row("POL-03")
def test_a_measure_does_not_open_without_rules_in_force(cast, monkeypatch):
    measure = all_published(cast)[0]
    drafted(cast, measure)
    assert not queries.may_apply(measure, TODAY).allowed
    reads = import_module("songda.deliveries.policy.library.queries.implementing")
    monkeypatch.setattr(
        reads, "rules_in_force", lambda _on: ImplementingRuleVersion.objects.order_by("pk")
    )  # not asking: in force?
    assert queries.may_apply(measure, TODAY).allowed


def test_one_version_of_a_set_is_published(cast):
    first = in_force(cast, all_published(cast)[0])
    second = revise_implementing_rule(first.pk, by=cast.editor, now=NOW)
    rows = ImplementingRuleVersion.objects.filter(pk=second.pk)
    both = {"state": "published", "valid_from": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**both)
    with unique_off(ImplementingRuleVersion, "one_published_implementing_version"):
        assert rows.update(**both) == 1


def test_what_is_published_has_a_day(cast):
    first = in_force(cast, all_published(cast)[0])
    rows = ImplementingRuleVersion.objects.filter(pk=first.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(valid_from=None)
    with check_off(ImplementingRuleVersion, "published_implementing_version_has_a_day"):
        assert rows.update(valid_from=None) == 1


@pytest.mark.row("POL-03")
def test_a_missing_set_is_owed_once(cast):
    measure = all_published(cast)[0]
    owed = assign_gap(measure.pk, area_path=cast.zone.area_path, department=cast.bureau, due_on=TODAY, by=cast.editor, now=NOW)
    again = {
        "measure": measure.measure, "area_path": owed.area_path, "department": cast.city, "due_on": TODAY, "assigned_at": NOW,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        GapAssignment.objects.create(**again)
    with unique_off(GapAssignment, "one_open_gap_assignment"):
        assert GapAssignment.objects.create(**again).pk
