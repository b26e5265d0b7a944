"""The forms of a pack: they ask for its indicators, its units owe them, and every rule is parsed under its form's catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from songda.office.indicators.rules.definitions import DefinitionFaultError, definition_of
from songda.office.returns import packs as returns
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack


def return_problems(pack: Pack) -> Iterator[PackProblem]:
    """What is wrong with any form. Waits for the indicators to be sound."""
    sheets = pack.of("returns")
    try:
        known = {item["code"]: definition_of(item) for _sheet, _where, item in pack.items("indicators", "indicators")}
    except DefinitionFaultError:
        return
    units = [item["code"] for _sheet, _where, item in pack.items("organisations", "organisations")]
    for sheet in sheets:
        yield from (sheet.problem(where, fault) for where, fault in returns.faults_of(sheet.data, known, units))
