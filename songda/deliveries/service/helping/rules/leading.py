"""Who may lead a team 带队 (SVC-48), and in whose name an agent acts 代办 (SVC-42)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from songda.kernel.words import gettext as _

ORDER = ("staff", "section", "division", "bureau")
AT_LEAST = {"group": "section"}  # 由科级干部带队


def fault_of_leader(kind: str, rank: str) -> str:
    """Why a leader of this rank may not lead a team of this kind; nothing when he may."""
    if rank not in ORDER:
        return _("请选择负责人职级。")
    least = AT_LEAST.get(kind, "staff")
    return "" if ORDER.index(rank) >= ORDER.index(least) else _("服务指导小组须由科级以上干部带队。")


@dataclass(frozen=True, slots=True)
class Power:
    """A power of attorney as the rule sees it."""

    starts_on: dt.date
    ends_on: dt.date
    revoked: bool


def fault_of_power(powers: list[Power], on: dt.date) -> str:
    """Why the agent may not act for the firm on a day: never empowered, taken back, or run out; nothing when one power holds."""
    if any(not one.revoked and one.starts_on <= on <= one.ends_on for one in powers):
        return ""
    if not powers:
        return _("企业没有授权您代办。")
    if all(one.revoked for one in powers):
        return _("企业已撤销对您的授权。")
    if any(not one.revoked and one.starts_on > on for one in powers):
        return _("企业的授权尚未生效。")
    return _("企业的授权已过期。")
