"""Indicators, and figures of texts, as a pack declares them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from songda.kernel.versions import declare
from songda.office.indicators.actions import load_figures
from songda.office.indicators.models import IndicatorVersion
from songda.office.indicators.rules.definitions import faults_among
from songda.office.indicators.rules.figure_files import Fault, faults_in
from songda.registry.actors import Actor

__all__ = ["Fault", "faults_among", "faults_in", "load", "load_indicators"]


def load(files: Sequence[Mapping[str, Any]], *, by: Actor, now: dt.datetime) -> int:
    """Load the figures of all texts; returns how many figures, flags and checks changed."""
    return load_figures(files, by=by, now=now)


@transaction.atomic
def load_indicators(items: Iterable[Mapping[str, Any]], *, by: Actor, now: dt.datetime) -> int:
    """Enter indicators as versions; returns how many are new, changed or retired."""
    return declare(IndicatorVersion, items, "indicator.declare", by=by, now=now)
