"""Tallies and roll-up 日计与汇总: flows by day, place and dims become numbers by unit, day and cell, rolled up one tree once."""

from __future__ import annotations

from songda.engines.rollup.cube import Cube, Flow, gather
from songda.engines.rollup.places import Places
from songda.engines.rollup.tally import MixedCountsError, Wanted, tally

__all__ = ["Cube", "Flow", "MixedCountsError", "Places", "Wanted", "gather", "tally"]
