"""What people do here. Each verb: fetch with permission, check, change, record."""

from __future__ import annotations

from songda.office.resumption.actions.approve_resumption import apply_to_resume
from songda.office.resumption.actions.exchange_sheet import Taken, take_sheet, write_sheet
from songda.office.resumption.actions.freeze_denominator import freeze_denominator
from songda.office.resumption.actions.guard_arrivals import (
    NewArrival,
    NewRisk,
    announce_risk,
    clear_arrival,
    end_risk,
    forget_names,
    record_arrival,
    reveal_arrival,
)
from songda.office.resumption.actions.list_negative import NewEntry, delist_entry, list_entry
from songda.office.resumption.actions.report_day import Reported, Row, explain_excess, report_day
from songda.office.resumption.actions.set_light import lift_stop, set_light

__all__ = [
    "NewArrival", "NewEntry", "NewRisk", "Reported", "Row", "Taken", "announce_risk", "apply_to_resume", "clear_arrival", "delist_entry",
    "end_risk", "explain_excess", "forget_names", "freeze_denominator", "lift_stop", "list_entry", "record_arrival", "report_day",
    "reveal_arrival", "set_light", "take_sheet", "write_sheet",
]  # fmt: skip
