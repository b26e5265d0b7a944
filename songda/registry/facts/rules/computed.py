"""Facts that follow from others: 企业规模 from 行业, 用工人数, 营业收入 and 资产总额; and the columns that lists filter by."""

from __future__ import annotations

from collections.abc import Mapping

from songda.engines.rules.catalogue import CodeList
from songda.registry.subjects.rules import sizes

SIZE = "size"
SIZE_INPUTS = ("industry", "headcount", "revenue", "assets")
HOT = ("industry", "size", "above_scale", "founded_on")  # fact codes that are also columns of a subject
COMPUTED = "computed"  # the source of what is computed here


def size_of(industry: str, numbers: Mapping[str, int | None], codes: CodeList) -> str | None:
    """The code of a firm's size; None where the rule gives none. `numbers`: headcount in persons, revenue and assets in fen."""
    graded = sizes.grade(industry, staff=numbers.get("headcount"), revenue=numbers.get("revenue"), assets=numbers.get("assets"))
    return next((code for code, name in codes.names.items() if name == graded.size), None)
