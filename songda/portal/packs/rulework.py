"""The rules of a pack: they parse under the pack's own catalogue, ship the cases they need, and answer them as they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from songda.engines.rules.cases import Case, lacking, run_cases
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
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
    cases = cases_in(sheet)
    for at, case in enumerate(cases):
        try:
            wrong = run_cases(condition, amount, [case], catalogue)[0].message
        except RuleError as error:
            wrong = str(error)
        if wrong:
            yield sheet.problem(("cases", at), f"案例「{case.name}」：{wrong}")
    yield from _lacking(sheet, cases)


def cases_in(sheet: Sheet) -> list[Case]:
    """The cases of one measure."""
    return [
        Case(one["name"], one["given"], one["expect"], dt.date.fromisoformat(one["on"]), one.get("amount"))
        for one in sheet.data["cases"]
    ]


def _unparsed(sheet: Sheet, catalogue: Catalogue) -> Iterator[PackProblem]:
    for key, parse in (("rule", parse_condition), ("amount", parse_amount)):
        try:
            if key in sheet.data:
                parse(sheet.data[key], catalogue)
        except RuleError as error:
            for one in error.problems:
                hint = f"可能是：{'、'.join(one.nearest)}" if one.nearest else ""
                yield sheet.problem((key,), f"第 {one.start + 1} 字：{one.message}", hint)


def _lacking(sheet: Sheet, cases: list[Case]) -> Iterator[PackProblem]:
    lacks = [f"缺“{wanted}”的案例" for wanted in lacking(cases)]
    if not any(one.get("boundary") for one in sheet.data["cases"]):
        lacks.append("缺边界案例")
    for lack in lacks:
        yield sheet.problem(("cases",), lack, "每条规则须有 是、否、边界、待核 的案例")
