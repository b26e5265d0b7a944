"""The rules of a pack: they parse under the pack's own catalogue, ship the cases they need, and answer them as they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.compute import compute
from songda.engines.rules.judge import answer
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.portal.packs.given import WrongWords, facts_of, fen_of
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Sheet




def rule_problems(sheet: Sheet, catalogue: Catalogue) -> Iterator[PackProblem]:
    """What is wrong with the rule, the formula or a case of one measure."""
    found = list(_unparsed(sheet, catalogue))
    yield from found
    if found:
        return
    condition = parse_condition(sheet.data["rule"], catalogue)
    amount = parse_amount(sheet.data["amount"], catalogue) if "amount" in sheet.data else None
    for at, case in enumerate(sheet.data["cases"]):
        wrong = case_fault(case, condition, amount, catalogue)
        if wrong:
            yield sheet.problem(("cases", at), f"案例「{case['name']}」：{wrong}")
    yield from _lacking(sheet)


def case_fault(case: Mapping[str, Any], condition: tree.Condition, amount: tree.Amount | None, catalogue: Catalogue) -> str:
    """Why a case does not hold, or nothing."""
    on = dt.date.fromisoformat(case["on"])
    try:
        facts = facts_of(case["given"], catalogue, on)
        wanted = case.get("amount")
        found = answer(condition, facts, on=on, catalogue=catalogue).value
        if found != case["expect"]:
            return f"应为{case['expect']}，实为{found}"
        if amount is None or wanted is None:
            return "" if wanted is None else "没有金额公式，却给出了应得金额"
        fen = compute(amount, facts, on=on, catalogue=catalogue).fen
        expected = None if wanted == "待核" else fen_of(wanted)
    except WrongWords as error:
        return str(error)
    return "" if fen == expected else f"金额应为{wanted}，实为{_money(fen)}"


def _unparsed(sheet: Sheet, catalogue: Catalogue) -> Iterator[PackProblem]:
    for key, parse in (("rule", parse_condition), ("amount", parse_amount)):
        try:
            if key in sheet.data:
                parse(sheet.data[key], catalogue)
        except RuleError as error:
            for one in error.problems:
                hint = f"可能是：{'、'.join(one.nearest)}" if one.nearest else ""
                yield sheet.problem((key,), f"第 {one.start + 1} 字：{one.message}", hint)


def _lacking(sheet: Sheet) -> Iterator[PackProblem]:
    cases = sheet.data["cases"]
    held = {case["expect"] for case in cases}
    lacks = [f"缺“{wanted}”的案例" for wanted in ("是", "否", "待核") if wanted not in held]
    lacks += [] if any(case.get("boundary") for case in cases) else ["缺边界案例"]
    for lack in lacks:
        yield sheet.problem(("cases",), lack, "每条规则须有 是、否、边界、待核 的案例")


def _money(fen: int | None) -> str:
    return "待核" if fen is None else f"{fen // 100}.{fen % 100:02}元"
