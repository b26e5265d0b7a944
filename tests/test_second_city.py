"""A city's pack written by following the handbook alone (`fixtures/linjiang-2026`): it checks, it is applied, it works as it says."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from songda.deliveries.policy.library.models import ImplementingRule, Measure
from songda.kernel import clock
from songda.ledger.cases.actions import open_case
from songda.ledger.papers.queries.catalogue import kind_named
from songda.office.returns.actions import expect_returns
from songda.office.returns.models import Return
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.beginning import start_pack
from songda.portal.packs.checking import check_pack
from songda.registry.actors import house, system
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.actions import NewSubject, register_subject

OWN = Path(__file__).parent / "fixtures" / "linjiang-2026"
NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)
MONDAY = NOW + dt.timedelta(days=2)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `songda pack new` writes, with the city's own files in it."""
    folder = tmp_path_factory.mktemp("packs") / "linjiang"
    start_pack(folder, code="linjiang-2026", name="临江市")
    for sample in folder.glob("*/sample*.yaml"):
        sample.unlink()
    shutil.copytree(OWN, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("added", "README.md"))
    for more in (OWN / "added").glob("*.yaml"):
        with (folder / more.name).open("a", encoding="utf-8") as file:
            file.write(more.read_text(encoding="utf-8"))
    return folder


def test_it_checks(pack):
    report = check_pack(pack)
    assert [str(problem) for problem in report.problems] == []
    assert (report.code, report.counts["measures"], report.counts["cases"]) == ("linjiang-2026", 12, 53)


@pytest.mark.django_db
def test_it_is_applied_and_works_as_it_says(pack):
    apply_pack(pack, by=system("装载"), now=NOW)
    assert apply_pack(pack, by=system("装载"), now=NOW).changed == {}
    assert (Measure.objects.count(), ImplementingRule.objects.count(), Organisation.objects.count()) == (12, 2, 22)
    assert kind_named("river-notice").label == "港航作业时限告知书"
    street = Organisation.objects.filter(kind="street").first()
    firm = register_subject(NewSubject("enterprise", "示例船务公司", street.pk), by=system(), now=NOW)
    case = open_case("demand", subject_id=firm.pk, title="示例诉求", by=house("cases.file"), now=MONDAY)
    assert clock.day_of(case.clocks.get(code="answer").due_at) == dt.date(2026, 11, 25), "two working days after Monday"
    expect_returns(now=MONDAY)
    assert set(Return.objects.filter(code="graduates-weekly").values_list("organisation__kind", flat=True)) == {"street"}
