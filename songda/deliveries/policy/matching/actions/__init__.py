"""What may be done about matches. Other rooms import from here."""

from __future__ import annotations

from songda.deliveries.policy.matching.actions.match_everything import match_everything
from songda.deliveries.policy.matching.actions.match_one_version import match_one_version
from songda.deliveries.policy.matching.actions.match_versions import match_versions
from songda.deliveries.policy.matching.actions.rematch_subject import Rematch, rematch_subject

__all__ = ["Rematch", "match_everything", "match_one_version", "match_versions", "rematch_subject"]
