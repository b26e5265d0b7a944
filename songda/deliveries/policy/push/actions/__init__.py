"""What may be done with pushes. Other rooms import from here; the dry run is a query and stands here for its callers."""

from __future__ import annotations

from songda.deliveries.policy.push.actions.close_gaps import Closed, ask_officers, resend_otherwise
from songda.deliveries.policy.push.actions.decline import decline_by_link
from songda.deliveries.policy.push.actions.push_measures import Pushed, push, push_measures
from songda.deliveries.policy.push.actions.write_rows import write_deliveries, write_subjects
from songda.deliveries.policy.push.queries.preview import preview_push, try_push

__all__ = [
    "Closed", "Pushed", "ask_officers", "decline_by_link", "preview_push", "push", "push_measures", "resend_otherwise", "try_push",
    "write_deliveries", "write_subjects",
]  # fmt: skip
