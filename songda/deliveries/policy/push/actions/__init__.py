"""What may be done with pushes. Other rooms import from here; the dry run is a query and stands here for its callers."""

from __future__ import annotations

from songda.deliveries.policy.push.actions.push_measures import Pushed, push_measures
from songda.deliveries.policy.push.queries.preview import preview_push

__all__ = ["Pushed", "preview_push", "push_measures"]
