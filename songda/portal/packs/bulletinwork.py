"""The bulletins of a pack: every place of a template names one of its indicators, every unit one of its organisations."""

from __future__ import annotations

from collections.abc import Iterator

from songda.office.bulletins import packs as bulletins
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack


def bulletin_problems(pack: Pack) -> Iterator[PackProblem]:
    """What is wrong with any template."""
    indicators = {item["code"] for _sheet, _where, item in pack.items("indicators", "indicators")}
    units = {item["code"] for _sheet, _where, item in pack.items("organisations", "organisations")}
    for sheet in pack.of("bulletin"):
        yield from (sheet.problem((), fault) for fault in bulletins.faults_of(sheet.data, indicators, units))
