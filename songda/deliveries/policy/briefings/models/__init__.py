"""Tables of the room."""

from __future__ import annotations

from songda.deliveries.policy.briefings.models.explaining import Explanation, Interpretation
from songda.deliveries.policy.briefings.models.letters import Letter, LetterCopy, Question
from songda.deliveries.policy.briefings.models.sessions import Attendance, Briefing, BriefingTopic, Material, Registration

__all__ = [
    "Attendance", "Briefing", "BriefingTopic", "Explanation", "Interpretation", "Letter", "LetterCopy", "Material", "Question",
    "Registration",
]  # fmt: skip
