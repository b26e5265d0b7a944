"""An indicator 指标 as its pack declares it: what it counts, out of what, by which definition, where it comes from. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from songda.office.indicators.states import Counts, FigureKind, Origin, Spread


class DefinitionFaultError(ValueError):
    """A definition that does not hold together; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator, whole.

    `counts` is what one of it is (firms, people…), `unit` as printed (家, 人, %, 万元). A rate names its `numerator` and
    `denominator` by code and rolls up as the sum of the one over the sum of the other, never as a mean of rates. `population`
    总体 and `basis` 依据 are sentences. `source` and `where` say which rows a computed one counts. `second` is an indicator from
    another source to hold beside it. `may_exceed`: above 100 % is possible and asks for an explanation; otherwise it is an error.
    `stage` tells money apart that must not be added (demanded, applied, …, paid). `better`: up, down or empty.
    """

    code: str
    label: str
    unit: str
    kind: str = FigureKind.MEASURE.value
    counts: str = Counts.NONE.value
    spread: str = Spread.MOMENT.value
    origin: str = Origin.COMPUTED.value
    population: str = ""
    basis: str = ""
    numerator: str = ""
    denominator: str = ""
    source: str = ""
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cells: str = ""
    second: str = ""
    stage: str = ""
    better: str = ""
    stability: str = ""
    decimals: int = 0
    may_exceed: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether it is worked out of two others."""
        return bool(self.numerator)


def definition_of(data: Mapping[str, Any]) -> Definition:
    """A definition as read from its pack; DefinitionFaultError where it does not hold together."""
    where = {name: tuple(map(str, values)) for name, values in data.get("where", {}).items()}
    one = Definition(**{**data, "where": where})
    if bool(one.numerator) != bool(one.denominator):
        raise DefinitionFaultError(f"{one.label}：分子、分母须同时写明")
    if one.is_rate != (one.kind == FigureKind.RATE.value):
        raise DefinitionFaultError(f"{one.label}：比率须写分子、分母，其他指标不写")
    if one.origin == Origin.COMPUTED.value and not one.is_rate and not one.source:
        raise DefinitionFaultError(f"{one.label}：计算的指标须写明来源（source）")
    if one.counts == Counts.MONEY.value and not one.stage:
        raise DefinitionFaultError(f"{one.label}：资金须写明阶段（stage），不同阶段不能相加")
    return one
