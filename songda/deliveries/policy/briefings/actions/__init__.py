"""What may be done in the room."""

from __future__ import annotations

from songda.deliveries.policy.briefings.actions.answer_question import answer_question, ask, make_case
from songda.deliveries.policy.briefings.actions.attend_briefing import (
    cancel_registration,
    import_attendance,
    join_briefing,
    register,
    watch_replay,
)
from songda.deliveries.policy.briefings.actions.explain_measure import (
    Talk,
    confirm_explanations,
    explain,
    publish_interpretation,
    raise_question,
    withdraw_interpretation,
    write_interpretation,
)
from songda.deliveries.policy.briefings.actions.run_briefing import (
    NewBriefing,
    add_materials,
    announce_briefing,
    cancel_briefing,
    close_briefing,
    hold_briefing,
    plan_briefing,
    set_replay,
)
from songda.deliveries.policy.briefings.actions.send_letter import (
    NewLetter,
    answer_letter,
    open_letter,
    print_letter,
    send_letter,
    write_letter,
)
from songda.deliveries.policy.briefings.actions.write_table import write_briefing

__all__ = [
    "NewBriefing", "NewLetter", "Talk", "add_materials", "announce_briefing", "answer_letter", "answer_question", "ask",
    "cancel_briefing", "cancel_registration", "close_briefing", "confirm_explanations", "explain", "hold_briefing", "import_attendance",
    "join_briefing", "make_case", "open_letter", "plan_briefing", "print_letter", "publish_interpretation", "raise_question", "register",
    "send_letter", "set_replay", "watch_replay", "withdraw_interpretation", "write_briefing", "write_interpretation", "write_letter",
]  # fmt: skip
