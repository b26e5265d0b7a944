from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid, NotPermitted
from songda.office.indicators import access, queries
from songda.office.indicators.models import Check, Flag, Observation, SourceText
from songda.office.indicators.rules.checks import agrees, find
from songda.office.indicators.states import FigureKind, FlagOrigin
from songda.office.indicators.tests.conftest import item
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, hire

LATER = NOW + dt.timedelta(days=1)


def statistician(cast):
    return hire(Role.STATISTICIAN, at=cast.zone)


@pytest.mark.row("SUP-20")
def test_all_figures_load_each_with_its_evidence(loaded):
    assert (Observation.objects.count(), SourceText.objects.count(), Check.objects.count()) == (282, 5, 165)
    assert all(row.quote and row.line_from and row.recorded_at == NOW for row in Observation.objects.all())
    assert Observation.objects.filter(as_of="").count() == 71
    rate = Observation.objects.get(code="hj-rate-21122")
    assert (rate.value, rate.scale, rate.unit, rate.numerator, rate.denominator) == (
        21122,
        2,
        "%",
        "hj-now-17075",
        "hj-should-8084",
    )
    money = Observation.objects.get(code="gx-redeem-money-32")
    assert (money.base_value, money.base_unit, money.scope) == (320_000_000, "元", "2019年度第一批；保留一位小数")


@pytest.mark.row("SUP-20")
def test_rhetoric_is_no_data(loaded, cast):
    rows = queries.figures_asked(access.visible_to(statistician(cast)), {})
    assert (rows.count(), Observation.objects.filter(kind=FigureKind.RHETORICAL).count()) == (268, 14)
    assert not rows.filter(code__in=["gx-idiom-120", "eq-name-27", "gx-people-350000"]).exists()
    assert Check.objects.get(code="R34").outcome == "unknown"


@pytest.mark.row("SUP-20")
def test_every_check_comes_out_as_the_text_was_read(loaded):
    """Worked out anew here, and compared with what the import kept and with what is written in the files."""
    figures = queries.figures_in_effect()
    written = {one["code"]: one for file in loaded for one in file["checks"]}
    for row in Check.objects.all():
        wanted = written[row.code]
        found = find(row.expression, figures, unit=row.unit, premise=row.premise)
        assert (row.outcome, row.agrees) == (wanted["expected"], True), row.code
        assert agrees(found, row.outcome, wanted.get("computed", "")), row.code
    outcomes = list(Check.objects.values_list("outcome", flat=True))
    assert (outcomes.count("yes"), outcomes.count("no"), outcomes.count("unknown")) == (103, 5, 57)
    assert Check.objects.exclude(outcome="yes").exclude(code__regex="^R").count() == 0


@pytest.mark.row("SUP-20")
def test_flags_stand_and_the_rules_find_more_by_themselves(loaded, load, files):
    declared = sum(len(one.get("flags", ())) for file in loaded for one in file["figures"])
    assert Flag.objects.filter(origin=FlagOrigin.DECLARED).count() == declared == 67
    raised = set(Flag.objects.filter(origin=FlagOrigin.RAISED).values_list("observation__code", "kind"))
    assert ("eq-park-firms-79", "part_over_whole") in raised
    assert {("gx-scale-resume-100", "full_100"), ("gx-project-resume-100", "full_100"), ("eq-labour-100", "base")} <= raised
    assert ("hj-rate-21122", "ratio_over_100") not in raised  # a person said it already


@pytest.mark.row("SUP-20")
def test_a_rate_above_a_hundred_is_flagged_even_when_nobody_says_so(load, files):
    del item(files, "hj-rate-21122")["flags"]
    load(files)
    flag = Flag.objects.get(observation__code="hj-rate-21122")
    assert (flag.kind, flag.severity, flag.origin) == ("ratio_over_100", "high", "raised")
    assert "请说明原因" in flag.text


@pytest.mark.row("SUP-20")
def test_the_same_files_again_change_nothing(loaded, load, files):
    rows = list(Observation.objects.order_by("pk").values())
    flags, entries = list(Flag.objects.order_by("pk").values()), AuditEntry.objects.count()
    assert load(files, now=LATER) == 0
    assert rows == list(Observation.objects.order_by("pk").values())
    assert flags == list(Flag.objects.order_by("pk").values())
    assert AuditEntry.objects.count() == entries
    assert set(Check.objects.values_list("ran_at", flat=True)) == {LATER}  # but the checks were run


def test_each_text_and_the_run_of_checks_leave_a_trail(loaded):
    entries = AuditEntry.objects.order_by("pk")
    assert [one.action for one in entries] == ["figures.import"] * 5 + ["figures.check"]
    assert entries.last().after == {
        "total": 165,
        "holds": 103,
        "fails": 5,
        "open": 57,
        "unexpected": 0,
        "changed": 165 + raised_count(),
    }


def raised_count() -> int:
    return Flag.objects.filter(origin=FlagOrigin.RAISED).count()


@pytest.mark.row("SUP-20")
def test_a_corrected_figure_replaces_the_old_one_and_the_checks_tell(loaded, load, files, cast):
    figure = item(files, "hj-should-8084")
    figure |= {"value": "18084", "quote": figure["quote"].replace("8084", "18084"), "written": "18084人"}
    with pytest.raises(Invalid, match="与库中不同：原句、原文写法、数值"):
        load(files, now=LATER)
    figure["correction"] = "示例：报纸次日更正"
    assert load(files, now=LATER) == 2  # the figure, and its remark with it
    assert load(files, now=LATER) == 0
    old, new = Observation.objects.filter(code="hj-should-8084").order_by("pk")
    assert (old.value, old.replaces, new.value, new.replaces, new.reason) == (8084, None, 18084, old, "示例：报纸次日更正")
    assert queries.figures_in_effect()["hj-should-8084"].value == 18084
    check = Check.objects.get(code="R02")
    assert (check.outcome, check.agrees) == ("no", False)
    by = statistician(cast)
    evidence = queries.evidence_of(access.observation_for("hj-should-8084", by), by)
    assert [(one.words, one.reason) for one in evidence.former] == [("8,084人", "示例：报纸次日更正")]
    assert queries.check_report(by).unexpected == Check.objects.filter(agrees=False).count() == 3  # R02, R61, R62


def test_a_changed_remark_changes_no_figure(loaded, load, files):
    item(files, "hj-rate-21122")["flags"][0]["text"] = "示例说明"
    assert load(files, now=LATER) == 2  # one went, one came
    assert Observation.objects.count() == 282


def test_a_changed_check_is_taken_over(loaded, load, files):
    item(files, "R02", "checks")["expression"] = "hj-rate-21122 = 211.22"
    assert load(files) == 1
    check = Check.objects.get(code="R02")
    assert (check.outcome, [one.code for one in check.members.order_by("pk")]) == ("yes", ["hj-rate-21122"])


@pytest.mark.parametrize(
    ("change", "said"), [({"area": "419999"}, "没有机构 419999"), ({}, "的算式读不懂")], ids=["area", "expression"]
)
def test_what_cannot_be_loaded_is_refused_whole(load, files, change, said):
    item(files, "hj-rate-21122").update(change)
    if not change:
        item(files, "R02", "checks")["expression"] = "hj-rate-21122 ="
    with pytest.raises(Invalid, match=said):
        load(files)
    assert not Observation.objects.exists()


def test_only_the_pack_brings_figures(load, files, cast):
    with pytest.raises(NotPermitted):
        load(files, by=statistician(cast))
    assert not Observation.objects.exists()


@pytest.mark.row("SUP-10")
def test_every_flag_that_the_pack_knows_is_raised_on_import(loaded):
    """Each by its figure, kind and weight; the four grave ones by name; and none of them needs to be looked for."""
    known = {
        (one["code"], flag["kind"], flag["severity"])
        for file in loaded
        for one in file["figures"]
        for flag in one.get("flags", ())
    }
    stand = set(Flag.objects.values_list("observation__code", "kind", "severity"))
    assert len(known) >= 60 and known <= stand
    assert {"hj-rate-21122", "eq-labour-100"} <= {code for code, _kind, _severity in stand}


@pytest.mark.row("SUP-10")
def test_what_the_rules_can_know_they_raise_without_being_told(load, files):
    """The same import with every remark of the pack taken out: rates above and at 100 %, rates without base, parts above their whole."""
    kinds = {"ratio_over_100", "full_100", "base", "part_over_whole"}
    told = {(one["code"], flag["kind"]) for file in files for one in file["figures"] for flag in one.get("flags", ())}
    for file in files:
        for one in file["figures"]:
            one.pop("flags", None)
    load(files)
    raised = set(Flag.objects.values_list("observation__code", "kind"))
    rates = {one["code"] for file in files for one in file["figures"] if one["kind"] == "rate"}
    missed = {(code, kind) for code, kind in told if kind in kinds and code in rates} - raised
    assert missed == set() and ("hj-rate-21122", "ratio_over_100") in raised
