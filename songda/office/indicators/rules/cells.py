"""The cell of a subject 规模与门类: scale by sector, each subject in exactly one (CMD-16).

Industry is B, C and D of GB/T 4754; services are F to T (the tertiary sector, trade among them, as districts count them in their
resumption figures). Projects are no firms. Merchants and markets are 商贸, farms and section A 农业, building firms (E) their own cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from songda.kernel.words import gettext_lazy as _
from songda.registry.subjects.rules.industry import split

INDUSTRY, FARMING, BUILDING = frozenset("BCD"), "A", "E"
CELLS: Final[Mapping[str, object]] = {
    "industry-above": _("规模以上工业"),
    "industry-below": _("规模以下工业"),
    "service-above": _("规模以上服务业"),
    "service-below": _("规模以下服务业"),
    "project": _("建设工程"),
    "building": _("建筑业企业"),
    "commerce": _("商贸（商户、市场）"),
    "agriculture": _("农业"),
    "unclassified": _("未分类（缺行业或规模）"),
}
BY_KIND: Final[Mapping[str, str]] = {
    "project": "project", "site": "project", "merchant": "commerce", "market": "commerce", "farm": "agriculture",
}  # fmt: skip


def cell_of(kind: str, industry: str | None, *, above_scale: bool | None) -> str:
    """The one cell of a subject, by its kind, then its industry code, then its scale; `unclassified` where one is not known."""
    if kind in BY_KIND:
        return BY_KIND[kind]
    section = split(industry or "")[0]
    if section in ("", FARMING, BUILDING):
        return {"": "unclassified", FARMING: "agriculture", BUILDING: "building"}[section]
    if above_scale is None:
        return "unclassified"
    return f"{'industry' if section in INDUSTRY else 'service'}-{'above' if above_scale else 'below'}"
