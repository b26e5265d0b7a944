"""Cases as lines of text 案例行, for a form: `名称 | 判定日期 | 已知 | 应得 | 金额 | 边界`, known facts as `名称=值；名称=值`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from songda.engines.rules.days import spell_day
from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _
from songda.registry.facts.rules import values


class CaseLineError(ValueError):
    """A line that is no case; says which and why."""


def cases_of_lines(text: str) -> list[dict[str, object]]:
    """The cases of a text; blank lines are left out."""
    lines = [(at, line.strip()) for at, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [_case(at, line) for at, line in lines]


def lines_of_cases(cases: Iterable[Mapping[str, object]]) -> str:
    """The text that `cases_of_lines` reads back."""
    return "\n".join(_line(case) for case in cases)


def _case(at: int, line: str) -> dict[str, object]:
    parts = [part.strip() for part in re.split(r"[|｜]", line)]
    if not 4 <= len(parts) <= 6:
        raise CaseLineError(_("第 %(at)d 行应有四到六栏，用“|”隔开。") % {"at": at})
    name, on, given, expect, amount, boundary = [*parts, "", ""][:6]
    if expect not in ("是", "否", "待核"):
        raise CaseLineError(_("第 %(at)d 行的应得结果应为是、否或待核。") % {"at": at})
    try:
        day = values.day(on)
    except Invalid as error:
        raise CaseLineError(_("第 %(at)d 行：%(message)s") % {"at": at, "message": error.message}) from error
    return {"name": name, "on": day, "given": _given(at, given), "expect": expect, "amount": amount, "boundary": bool(boundary)}


def _given(at: int, text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    last = ""
    for part in re.split("[；;]", text):
        name, sign, value = (one.strip() for one in part.replace("＝", "=").partition("="))
        if sign:
            given[name] = value
            last = name
        elif last and name:  # a series goes on over the separator: 2018年 600万元；2019年 720万元
            given[last] += f"；{name}"
        elif name:
            raise CaseLineError(_("第 %(at)d 行的已知事实应如“用工人数=50人；企业规模=小型”。") % {"at": at})
    return given


def _line(case: Mapping[str, object]) -> str:
    given, on = case["given"], case["on"]
    known = "；".join(f"{name}={value}" for name, value in given.items()) if isinstance(given, Mapping) else ""
    day = spell_day(on) if isinstance(on, dt.date) else str(on)
    boundary = _("边界") if case.get("boundary") else ""
    return f"{case['name']} | {day} | {known} | {case['expect']} | {case.get('amount') or ''} | {boundary}".rstrip("| ")
