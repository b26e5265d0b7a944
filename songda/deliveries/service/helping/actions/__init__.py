"""What people do here. Each verb: fetch with permission, check, change, record."""

from __future__ import annotations

from songda.deliveries.service.helping.actions.allocate_subjects import allocate, dissolve_team, put_in_charge
from songda.deliveries.service.helping.actions.answer_enquiry import (
    NewEnquiry,
    answer_enquiry,
    convert_enquiry,
    record_enquiry,
    withdraw_knowledge,
    write_knowledge,
)
from songda.deliveries.service.helping.actions.claim_delay import claim_delay, decide_delay
from songda.deliveries.service.helping.actions.found_team import NewTeam, add_member, end_member, found_team
from songda.deliveries.service.helping.actions.keep_hotline import import_calls, log_call, open_hotline
from songda.deliveries.service.helping.actions.plan_duty import plan_duty
from songda.deliveries.service.helping.actions.receive_feedback import (
    NewFeedback,
    note_consent,
    publish_feedback,
    receive_feedback,
)
from songda.deliveries.service.helping.actions.run_errand import NewPower, give_power, hand_over_errand, revoke_power, take_errand
from songda.deliveries.service.helping.actions.station_officer import end_station, log_guidance, station_officer
from songda.deliveries.service.helping.actions.use_package import declare_package, request_service, serve_queue

__all__ = [
    "NewEnquiry", "NewFeedback", "NewPower", "NewTeam", "add_member", "allocate", "answer_enquiry", "claim_delay", "convert_enquiry",
    "decide_delay", "declare_package", "dissolve_team", "end_member", "end_station", "found_team", "give_power", "hand_over_errand",
    "import_calls", "log_call", "log_guidance", "note_consent", "open_hotline", "plan_duty", "publish_feedback", "put_in_charge",
    "receive_feedback", "record_enquiry", "request_service", "revoke_power", "serve_queue", "station_officer", "take_errand",
    "withdraw_knowledge", "write_knowledge",
]  # fmt: skip
