"""Shapes as people and packs write them: one `纬度, 经度` in degrees a corner, at most six decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from songda.kernel.words import gettext as _
from songda.registry.places.rules.geometry import HALF, POLE, Point, crosses_itself

MILLION: Final = 1_000_000
MOST_CORNERS: Final = 500
PAIR: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,6})?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d{1,6})?)\s*")
LEAST: Final = {"point": 1, "line": 2, "area": 3}


def points_of(lines: Iterable[str]) -> tuple[Point, ...]:
    """The corners of written lines, empty ones left out; ValueError with a sentence for a line that is no pair of degrees."""
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        pair = PAIR.fullmatch(line)
        if pair is None:
            raise ValueError(_("第 %(n)d 行“%(line)s”不是“纬度, 经度”。") % {"n": number, "line": line.strip()[:40]})
        found.append((int(Decimal(pair[1]) * MILLION), int(Decimal(pair[2]) * MILLION)))
    return tuple(found)


def written(points: Sequence[Sequence[int]]) -> str:
    """Corners as `points_of` reads them, one a line."""
    return "\n".join(f"{Decimal(latitude) / MILLION}, {Decimal(longitude) / MILLION}" for latitude, longitude in points)


def fault_of(points: Sequence[Point], form: str) -> str:
    """What is wrong with a shape, '' where nothing is."""
    if form not in LEAST:
        return _("形状只能是点、线或面。")
    if any(abs(latitude) > POLE or abs(longitude) > HALF for latitude, longitude in points):
        return _("纬度应在 ±90 之间，经度应在 ±180 之间；请先写纬度。")
    if form == "point" and len(points) != 1:
        return _("点只有一个坐标。")
    if len(points) < LEAST[form] or len(points) > MOST_CORNERS:
        return _("线至少两个坐标，面至少三个，最多 %(n)d 个。") % {"n": MOST_CORNERS}
    if any(one == other for one, other in pairwise(points)) or (form == "area" and points[0] == points[-1]):
        return _("相邻的两个坐标相同（面的首尾自动相连，不必重复）。")
    if form == "area" and crosses_itself(points, closed=True):
        return _("面的边界自己相交，请按顺序填写各角。")
    return ""
