"""What a row of a plan lacks 未落实, how far its task has come, and which unit a text names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from songda.kernel.words import gettext as _

RATIO = re.compile(r"1[:：](\d+(?:\.\d+)?)")
_ENDINGS = re.compile(r"(等)?(有关)?(主管)?(部门|单位)$|局$|委$|委员会$|办公室$")
SHORT = 2  # a name of fewer characters names nobody


@dataclass(frozen=True, slots=True)
class Row:
    """What the checks need of a row."""

    lead: bool
    due_on: dt.date | None
    not_applicable: str
    ratio: str = ""


def fault_of_row(row: Row) -> str:
    """Why a row answers for nothing; empty where it does: a unit with a day, or a reason why the measure does not apply here."""
    if row.not_applicable.strip():
        return _("既写了不适用，又指定了牵头单位。") if row.lead else ""
    if not row.lead:
        return _("没有牵头单位，也没有说明不适用的理由。")
    if row.due_on is None:
        return _("没有完成期限。")
    if row.ratio and not RATIO.fullmatch(row.ratio):
        return _("配比应写作 1:0.5 的形式。")
    return ""


def standing_of(state: str, due_on: dt.date | None, today: dt.date) -> str:
    """How far the task of a row has come: waiting, working, late, done, cancelled; `none` where there is no task (不适用)."""
    if not state:
        return "none"
    if state in ("verified", "cancelled"):
        return {"verified": "done", "cancelled": "cancelled"}[state]
    if state != "done" and due_on is not None and today > due_on:
        return "late"
    return "waiting" if state == "issued" else "working"


def unit_named(text: str, names: Mapping[str, int]) -> int | None:
    """The one unit whose name holds what the text calls it (税务部门 → 上街区税务局); None where none does, or several."""
    bare = re.sub(r"^(省|市|区|县|各区)", "", text.strip())
    word = _ENDINGS.sub("", _ENDINGS.sub("", bare))
    if len(word) < SHORT:
        return None
    found = {key for name, key in names.items() if word in name}
    return found.pop() if len(found) == 1 else None
