"""Changes of plans: draft, edit, confirm, publish, renew; Excel out and in."""

from __future__ import annotations

from songda.deliveries.policy.plans.actions.draft_plan import NewPlan, draft_plan, renew_plan
from songda.deliveries.policy.plans.actions.edit_plan import RowSaid, edit_row
from songda.deliveries.policy.plans.actions.publish_plan import confirm_plan, publish_plan, return_plan, withdraw_plan
from songda.deliveries.policy.plans.actions.workbook import read_plan, write_plan

__all__ = [
    "NewPlan", "RowSaid", "confirm_plan", "draft_plan", "edit_row", "publish_plan", "read_plan", "renew_plan", "return_plan",
    "withdraw_plan", "write_plan",
]  # fmt: skip
