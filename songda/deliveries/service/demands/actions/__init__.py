"""What people do with demands. Each verb: fetch with permission, check, `step_case`, effects, in one transaction."""

from __future__ import annotations

from songda.deliveries.service.demands.actions.assign_demand import Assignees, assign_demand, decline_demand
from songda.deliveries.service.demands.actions.close_demand import close_demand, reopen_demand, send_back
from songda.deliveries.service.demands.actions.file_demand import NewDemand, file_demand
from songda.deliveries.service.demands.actions.group_demands import group_demands, propose_change
from songda.deliveries.service.demands.actions.hand_over import (
    accept_hand_over,
    answer_support,
    ask_support,
    hand_over,
    refuse_hand_over,
)
from songda.deliveries.service.demands.actions.hear_firm import (
    Opinion,
    confirm_result,
    miss_firm,
    note_silence,
    object_result,
    remind_firm,
    revisit_firm,
    withdraw_demand,
)
from songda.deliveries.service.demands.actions.own_demand import decide_demand, dispute_demand, take_demand
from songda.deliveries.service.demands.actions.rate import appeal_rating, decide_appeal
from songda.deliveries.service.demands.actions.replace_holder import replace_ended, replace_holder, watch_leave
from songda.deliveries.service.demands.actions.report_result import Result, propose_result, solve_on_spot
from songda.deliveries.service.demands.actions.work_on import (
    ask_extension,
    contact_firm,
    decide_extension,
    fix_deadline,
    note_progress,
    pause_demand,
    reclassify_demand,
    resume_demand,
    urge_demand,
)

__all__ = [
    "Assignees", "NewDemand", "Opinion", "Result", "accept_hand_over", "answer_support", "appeal_rating", "ask_extension",
    "ask_support", "assign_demand", "close_demand", "confirm_result", "contact_firm", "decide_appeal", "decide_demand",
    "decide_extension", "decline_demand", "dispute_demand", "file_demand", "fix_deadline", "group_demands", "hand_over",
    "miss_firm", "note_progress", "note_silence", "object_result", "pause_demand", "propose_change", "propose_result",
    "reclassify_demand", "refuse_hand_over", "remind_firm", "reopen_demand", "replace_ended", "replace_holder", "resume_demand",
    "revisit_firm", "send_back", "solve_on_spot", "take_demand", "urge_demand", "watch_leave",
    "withdraw_demand",
]  # fmt: skip
