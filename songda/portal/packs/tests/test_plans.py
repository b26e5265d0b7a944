"""The district's thirty as data: every article of the city's package answered for, and published as tasks (POL-05)."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from songda.deliveries.policy.library.actions import give_contact
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.plans import queries
from songda.deliveries.policy.plans.actions import RowSaid, confirm_plan, edit_row, publish_plan
from songda.deliveries.policy.plans.models import Plan
from songda.ledger.cases.models import Case
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.tests.packs import PACK, spoiled
from songda.registry.actors import system
from songda.registry.organisations.models import Organisation
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import hire

NOW = dt.datetime(2020, 3, 18, 1, 0, tzinfo=dt.UTC)
KEPT = ("sj-plan-30", "city-30", "province-20")
pytestmark = pytest.mark.row("POL-05")


def small(folder: Path) -> Path:
    """The pack with the plan, the documents it stands on and its own measure alone."""
    copy = folder / "small"
    shutil.copytree(PACK, copy, ignore=shutil.ignore_patterns("figures", "implementing"))
    for name in ("documents", "measures"):
        for file in (copy / name).glob("*.yaml"):
            if not file.stem.startswith(KEPT):
                file.unlink()
    return copy


@pytest.mark.django_db
def test_the_thirty_are_whole_and_become_tasks_and_the_pack_again_changes_nothing(tmp_path):
    pack = small(tmp_path)
    assert apply_pack(pack, by=system(), now=NOW).changed["plans"] == 1
    plan = Plan.objects.get(code="sj-plan-30")
    rows = queries.rows_of(plan)
    found = queries.completeness(plan, rows)
    assert (found.answered, found.of) == (30, 30)
    assert {one.label: one.ratio for one in rows if one.ratio} == {"二十、": "1:0.5", "二十一、": "1:0.5"}
    assert {one.measure.code for one in rows if one.ratio} == {"sj-plan-30-01"}
    city = Organisation.objects.get(code="410100")
    editor, publisher = hire(Role.POLICY_EDITOR, at=city), hire(Role.POLICY_PUBLISHER, at=city)
    publish_plan(confirm_plan(plan.pk, by=editor, now=NOW).pk, by=publisher, now=NOW)
    assert Case.objects.filter(kind__kind__code="task").count() == sum(1 for one in rows if one.lead) == 29
    (pack / "pack.yaml").write_text((pack / "pack.yaml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    changed = apply_pack(pack, by=system(), now=NOW).changed
    assert (changed["plans"], changed["contacts"], changed["guides"]) == (0, 0, 0)


@pytest.mark.django_db
def test_a_changed_plan_follows_in_a_draft_and_a_card_people_changed_stays(tmp_path):
    pack = small(tmp_path)
    apply_pack(pack, by=system(), now=NOW)
    plan = Plan.objects.get(code="sj-plan-30")
    editor = hire(Role.POLICY_EDITOR, at=Organisation.objects.get(code="410100"))
    edit_row(plan.rows.all()[0].pk, RowSaid(), by=editor, now=NOW)
    version = MeasureVersion.objects.get(measure__code="sj-plan-30-01")
    give_contact(version.pk, {"section": "新科室", "post_title": "专员", "phone": "0371-0000 0150"}, by=editor, now=NOW)
    file = pack / "plans" / "sj-plan-30.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2020-03-31", "2020-04-01"), encoding="utf-8")
    changed = apply_pack(pack, by=system(), now=NOW).changed
    assert (changed["plans"], changed["contacts"]) == (1, 0)
    assert queries.completeness(plan, queries.rows_of(plan)).whole
    assert queries.rows_of(plan)[19].due_on == dt.date(2020, 4, 1)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("  - {article: 三十、", "  - {article: 三十一、", "三十"),
        ("lead: sj-tax", "lead: nobody", "没有机构 nobody"),
        ('measure: "sj-plan-30-01"', 'measure: "none-01"', "没有措施 none-01"),
        ("not_applicable: 风险", "lead: sj-tax, not_applicable: 风险", "要么有牵头单位"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_told(tmp_path, before, after, said):
    problems = spoiled(tmp_path, "plans/sj-plan-30.yaml", before, after)
    assert any(said in str(one) for one in problems)
