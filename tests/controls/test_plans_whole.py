"""Control: no plan is published with an unassigned measure, and who confirmed it does not publish it (POL-05)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from songda.deliveries.policy.plans.actions import confirm_plan, publish_plan
from songda.deliveries.policy.plans.models import Plan, PlanRow
from songda.deliveries.policy.plans.tests.conftest import ledger
from songda.deliveries.policy.plans.tests.plans import drafted, whole
from songda.kernel.errors import Invalid, NotPermitted
from songda.registry.people.tests.cast import NOW
from songda.registry.rulebook.tests.books import catalogue

__all__ = ["catalogue", "ledger"]
pytestmark = [pytest.mark.usefixtures("catalogue", "ledger"), pytest.mark.row("POL-05")]
PUBLISHING = import_module("songda.deliveries.policy.plans.actions.publish_plan")


@contextmanager
def constraint_off(model: type[Plan | PlanRow], name: str) -> Iterator[None]:
    """The table without one check, until the test's transaction is rolled back (SQLite: checks not looked at)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"')
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_an_unassigned_measure_keeps_the_plan_back_and_without_the_check_it_goes_out(cast, monkeypatch):
    plan = drafted(cast)
    with pytest.raises(Invalid, match="0/3"):
        confirm_plan(plan.pk, by=cast.editor, now=NOW)
    monkeypatch.setattr(PUBLISHING, "refuse_unassigned", lambda _plan: None)
    monkeypatch.setattr(PUBLISHING, "issue_task", lambda *_args: 0)
    confirm_plan(plan.pk, by=cast.editor, now=NOW)
    assert publish_plan(plan.pk, by=cast.publisher, now=NOW).state == "published"


def test_one_person_does_not_publish_alone_and_without_both_checks_he_does(cast, monkeypatch):
    alone = replace(cast.editor, permissions=cast.editor.permissions | {"policy.publish"})
    plan = confirm_plan(whole(cast).pk, by=alone, now=NOW)
    with pytest.raises(NotPermitted, match="另一人"):
        publish_plan(plan.pk, by=alone, now=NOW)
    monkeypatch.setattr(PUBLISHING, "refuse_same_person", lambda *_args: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        publish_plan(plan.pk, by=alone, now=NOW)
    with constraint_off(Plan, "plan_publisher_is_not_confirmer"):
        assert publish_plan(plan.pk, by=alone, now=NOW).state == "published"


def test_the_database_refuses_a_row_that_applies_and_does_not(cast):
    row = whole(cast).rows.filter(lead=cast.bureau)[:1]
    rows = PlanRow.objects.filter(pk__in=[one.pk for one in row])
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(not_applicable="无")
    with constraint_off(PlanRow, "plan_row_applies_or_says_why_not"):
        assert rows.update(not_applicable="无") == 1
