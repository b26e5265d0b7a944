"""Figures of texts as a pack declares them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from songda.office.indicators.actions import load_figures
from songda.office.indicators.rules.figure_files import Fault, faults_in
from songda.registry.actors import Actor

__all__ = ["Fault", "faults_in", "load"]


def load(files: Sequence[Mapping[str, Any]], *, by: Actor, now: dt.datetime) -> int:
    """Load the figures of all texts; returns how many figures, flags and checks changed."""
    return load_figures(files, by=by, now=now)
