"""What people do here. Each verb: fetch with permission, check, change, record."""

from __future__ import annotations

from songda.office.returns.actions.decide_return import accept_return, approve_return, mark_suspect, reopen_return, send_back
from songda.office.returns.actions.expect_returns import expect_returns, remind_units
from songda.office.returns.actions.fill_return import Said, correct_return, save_draft, submit_return
from songda.office.returns.actions.keep_violations import explain_violation, settle_explained, waive_violation
from songda.office.returns.actions.take_workbook import Taken, take_workbook
from songda.office.returns.actions.write_form import write_board, write_form

__all__ = [
    "Said", "Taken", "accept_return", "approve_return", "correct_return", "expect_returns", "explain_violation", "mark_suspect", "remind_units",
    "reopen_return", "save_draft", "send_back", "settle_explained", "submit_return", "take_workbook", "waive_violation", "write_board", "write_form",
]  # fmt: skip
