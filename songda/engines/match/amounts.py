"""Amounts 金额: a formula of money for the rows that need it, in whole fen."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from songda.engines.match.figures import extreme, figure
from songda.engines.match.frame import Frame
from songda.engines.match.ints import LIMIT
from songda.engines.match.matched import Amounts
from songda.engines.match.numbers import Num, worth
from songda.engines.match.plan import facts_of
from songda.engines.match.rails import Rows, unpack
from songda.engines.match.sight import MatchError, Sight
from songda.engines.rules.tree import Amount

_FEN = {"分": 1, "元": 100, "百元": 10_000, "万元": 1_000_000}


def amounts_of(amount: Amount, sight: Sight, rows: Rows) -> Amounts:
    """The formula at these rows: its number, the limits from left to right, one rounding at the end."""
    needed = facts_of(amount)
    columns = {name: one.take(rows, sight.n) for name, one in sight.frame.columns.items() if name.partition("__")[0] in needed}
    there = Sight(Frame(rows, columns), sight.catalogue, sight.on)
    number = figure(amount.number, there)
    for limit in amount.limits:
        number = extreme("≤" if limit.upper else "≥", number, Num.of(worth(limit.bound)), there.n)
    return _in_fen(number, _FEN[amount.unit], amount.mode, there.n)


def _in_fen(number: Num, step: int, mode: str, n: int) -> Amounts:
    steps = number.times(Num.of(Fraction(100, step))).rounded(mode)
    known = np.ones(n, bool) if number.known is None else unpack(number.known, n)
    found = np.broadcast_to(steps.within(steps.reach * step), (n,))[known] * step
    if steps.reach * step > LIMIT and any(abs(value) > LIMIT for value in found.tolist()):
        raise MatchError("金额超出可存范围（9.2 亿亿元）：请核对公式与计量单位")
    fen = np.zeros(n, np.int64)
    fen[known] = found.astype(np.int64)
    return Amounts(fen, known)
