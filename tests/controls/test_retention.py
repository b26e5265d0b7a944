"""Keeping and letting go: two persons, holds, one list a holding, whole batches, whose data goes out to whom and for how long."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Q

from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.models import Case
from songda.office.resumption.models import Arrival
from songda.office.retention import actions
from songda.office.retention.actions.write_export import write_package
from songda.office.retention.models import FirmExport, Hold, Purge, PurgeItem, PurgeLine
from songda.office.retention.queries.firm_rows import taken
from songda.office.retention.queries.verification import verify
from songda.office.retention.tests.conftest import house
from songda.office.retention.tests.ground import LATER, TODAY, approved, arrival, closed_case, laid_to, piece
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import check_off, unique_off
from tests.firm_things import fill

__all__ = ["house"]

DECIDE = import_module("songda.office.retention.actions.decide_purge")
PROPOSE = import_module("songda.office.retention.actions.propose_purge")
CARRY = import_module("songda.office.retention.actions.carry_out")
EXPORT = import_module("songda.office.retention.actions.export_firm")
DUE = import_module("songda.office.retention.queries.due")
ROWS = import_module("songda.office.retention.queries.firm_rows")
WEEK = dt.timedelta(days=7)


def proposed(cast) -> Purge:
    arrival(cast.firm)
    return actions.propose_purge(["arrivals"], on=TODAY, reason="鉴定", by=cast.system_admin, now=LATER)


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("checked", [True, False])
def test_who_proposes_does_not_approve(house, monkeypatch, checked):
    purge, both = proposed(house), house.system_admin
    monkeypatch.setattr(DECIDE, "require", lambda *_given: None)  # the same person, whatever post is held by now
    if checked:
        with pytest.raises(NotPermitted, match="以外的人"):
            actions.approve_purge(purge.pk, by=both, now=LATER)
        return
    monkeypatch.setattr(DECIDE, "check_another", lambda *_given: None)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.approve_purge(purge.pk, by=both, now=LATER)  # the database holds where the check does not
    with check_off(Purge, "purge_approved_by_another"):
        assert actions.approve_purge(purge.pk, by=both, now=LATER).state == "approved"


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("checked", [True, False])
def test_each_step_asks_for_its_right(house, monkeypatch, checked):
    purge = proposed(house)
    if not checked:
        monkeypatch.setattr(DECIDE, "require", lambda *_given: None)
        assert actions.approve_purge(purge.pk, by=house.dispatcher, now=LATER).state == "approved"
        monkeypatch.setattr(PROPOSE, "require", lambda *_given: None)
        closed_case(house)
        assert actions.propose_purge(["cases"], on=TODAY, reason="鉴定", by=house.leader, now=LATER).state == "proposed"
        return
    for actor in (house.dispatcher, house.leader, house.security_admin, house.clerk):
        for act in (
            lambda by=actor: actions.approve_purge(purge.pk, by=by, now=LATER),
            lambda by=actor: actions.reject_purge(purge.pk, "不", by=by, now=LATER),
            lambda by=actor: actions.propose_purge(["cases"], on=TODAY, reason="鉴定", by=by, now=LATER),
            lambda by=actor: actions.place_hold(actions.NewHold("函", holding="cases"), by=by, now=LATER),
        ):
            with pytest.raises(NotPermitted):
                act()


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("how", ["firm", "case", "holding"])
@pytest.mark.parametrize("holds", [True, False])
def test_a_hold_placed_after_the_approval_still_holds(house, monkeypatch, how, holds):
    case = closed_case(house)
    purge = approved(house, "cases")
    named = {"firm": house.firm.local_number, "case": case.number, "holding": "cases"}
    actions.place_hold(actions.NewHold("示例法院协助函", **{how: named[how]}), by=house.audit_admin, now=LATER)
    if not holds:
        monkeypatch.setattr(DUE, "under_hold", lambda _holding: Q(pk__in=()))
    actions.carry_on(by=system(), now=LATER)
    case.refresh_from_db()
    line = PurgeLine.objects.get(purge=purge)
    assert (case.contact_name == "示例联系人") is holds
    assert (line.done, line.skipped) == ((0, 1) if holds else (1, 0))
    assert actions.lift_hold(Hold.objects.get().pk, "结案", by=house.audit_admin, now=LATER).lifted_at == LATER


@pytest.mark.parametrize("whole", [True, False])
def test_a_holding_stands_on_one_list_at_a_time(house, whole):
    proposed(house)
    if whole:
        with pytest.raises(Conflict):
            actions.propose_purge(["arrivals"], on=TODAY, reason="再来", by=house.system_admin, now=LATER)
        return
    with unique_off(PurgeLine, "holding_in_one_purge_at_a_time"):
        actions.propose_purge(["arrivals"], on=TODAY, reason="再来", by=house.system_admin, now=LATER)
    assert PurgeItem.objects.values("key").distinct().count() < PurgeItem.objects.count()


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("whole", [True, False])
def test_a_killed_worker_leaves_whole_batches(house, monkeypatch, whole):
    """With the transaction a batch that was broken off is as if never begun; without it the list says done of what is still there."""
    one = arrival(house.firm)
    purge = approved(house, "arrivals")
    real, batch = CARRY.erase, CARRY.carry_batch
    if not whole:
        monkeypatch.setattr(CARRY, "carry_batch", batch.__wrapped__)
    monkeypatch.setattr(CARRY, "erase", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        actions.carry_on(by=system(), now=LATER)
    monkeypatch.setattr(CARRY, "erase", real)
    actions.carry_on(by=system(), now=LATER)
    purge.refresh_from_db()
    assert Arrival.objects.filter(pk=one.pk).exists() is not whole
    assert verify(purge.number).holds is whole


def package(subject_id: int) -> str:
    """All text of a package but the workbook's, which says the same."""
    stream = io.BytesIO()
    write_package(stream, subject_id, mark="甲", stamp="", now=NOW)
    with zipfile.ZipFile(stream) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if not name.endswith(".xlsx"))


@pytest.mark.row("SUP-19")
def test_a_firm_with_a_row_in_every_table_comes_out_whole_and_another_never(house, monkeypatch):
    laid_to(closed_case(house, "甲甲事项"), piece(house.firm, "甲甲文件".encode(), "甲甲凭证.txt"))
    fill(house.firm)
    empty = [one.sheet.model for one in taken(house.firm.pk) if not list(one.rows())]
    assert empty == []
    assert "甲甲" in package(house.firm.pk)
    assert "甲甲" not in package(house.neighbour.pk)
    real = ROWS.rows_for
    monkeypatch.setattr(ROWS, "rows_for", lambda sheet, _keys: real(sheet, [house.firm.pk]))
    assert "甲甲" in package(house.neighbour.pk)  # without the firm in the filter everything would be everybody's


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("checked", [True, False])
def test_whose_data_goes_out(house, monkeypatch, checked):
    """A firm's clerk gets its own alone, a registry clerk those in sight, nobody else any."""
    if not checked:
        monkeypatch.setattr(EXPORT, "subject_to_export", lambda subject_id, _by: house.other_firm)
        assert actions.ask_export(house.other_firm.pk, by=house.clerk, now=NOW).subject == house.other_firm
        return
    with pytest.raises(NotFound):
        actions.ask_export(house.other_firm.pk, by=house.clerk, now=NOW)
    with pytest.raises(NotPermitted):
        actions.ask_export(house.firm.pk, "看一看而已", by=house.dispatcher, now=NOW)


@pytest.mark.parametrize("checked", [True, False])
def test_a_package_of_another_post_is_not_downloaded(house, monkeypatch, checked):
    export = actions.ask_export(house.firm.pk, "企业书面申请", by=house.registrar, now=NOW)
    actions.write_waiting(NOW)
    if not checked:
        monkeypatch.setattr(EXPORT, "export_for", lambda export_id, _by: FirmExport.objects.get(pk=export_id))
        assert actions.exported_file(export.pk, by=house.stranger, now=NOW)[1].exists()
        return
    for actor in (house.stranger, house.dispatcher, house.street):
        with pytest.raises(NotFound):
            actions.exported_file(export.pk, by=actor, now=NOW)


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("checked", [True, False])
def test_a_package_is_gone_after_seven_days(house, monkeypatch, checked):
    if not checked:
        monkeypatch.setattr(EXPORT, "KEPT", 100 * WEEK)
    export = actions.ask_export(house.firm.pk, by=house.clerk, now=NOW)
    actions.write_waiting(NOW)
    assert actions.exported_file(export.pk, by=house.clerk, now=NOW + WEEK - dt.timedelta(seconds=1))[1].exists()
    if checked:
        with pytest.raises(NotFound, match="期限"):
            actions.exported_file(export.pk, by=house.clerk, now=NOW + WEEK)
    else:
        assert actions.exported_file(export.pk, by=house.clerk, now=NOW + WEEK)[1].exists()


def test_an_open_matter_is_never_on_a_list(house):
    case = closed_case(house)
    Case.objects.filter(pk=case.pk).update(open=True)
    assert not approved_or_none(house, "cases")


def approved_or_none(cast, code: str) -> int:
    try:
        return approved(cast, code).lines.count()
    except Invalid:
        return 0
