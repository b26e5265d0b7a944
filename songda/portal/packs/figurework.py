"""The figures of a pack, and its indicators: they fit together, and the checks of figures come out as expected."""

from __future__ import annotations

from collections.abc import Iterator

from songda.office.indicators import packs as indicators
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack


def figure_problems(pack: Pack) -> Iterator[PackProblem]:
    """What is wrong with figures and checks over all texts."""
    for sheet in pack.of("indicators"):
        yield from (sheet.problem((), fault) for fault in indicators.faults_among(sheet.data["indicators"]))
    sheets = pack.of("figure")
    for fault in indicators.faults_in([sheet.data for sheet in sheets]):
        yield sheets[fault.file].problem(fault.where, fault.message, fault.advice)
    areas = {item["code"] for _sheet, _where, item in pack.items("organisations", "organisations")}
    for sheet, where, item in pack.items("figure", "figures"):
        if item["area"] not in areas:
            yield sheet.problem((*where, "area"), f"没有机构 {item['area']}")
