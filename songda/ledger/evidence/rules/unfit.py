"""Why a file is not taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unfit:
    """A sentence, and what the giver can do."""

    message: str
    advice: str
