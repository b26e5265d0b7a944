"""An indicator 指标 as its pack declares it: what it counts, out of what, by which definition, where it comes from. Plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any

from songda.office.indicators.states import Counts, FigureKind, Origin, Spread

FEN: Mapping[str, int] = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
"""How many fen one of a money unit is: sources count money in fen."""


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
    if strangers := set(data) - {one.name for one in fields(Definition)}:
        raise DefinitionFaultError(f"{data.get('label', '')}：不认识的项 {'、'.join(sorted(strangers))}")
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
    if one.counts == Counts.MONEY.value and one.unit not in FEN:
        raise DefinitionFaultError(f"{one.label}：资金的单位应为{'、'.join(FEN)}")
    return one


def in_unit(one: Definition, number: int) -> Fraction:
    """A number as a source counts it (money in fen) in the indicator's unit."""
    return Fraction(number, FEN[one.unit] if one.counts == Counts.MONEY.value else 1)


def faults_among(items: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What does not hold together over all indicators of a pack, as sentences."""
    faults, known = [], {}
    for data in items:
        try:
            one = definition_of(data)
        except DefinitionFaultError as error:
            faults.append(str(error))
            continue
        faults += [f"指标代码重复：{one.code}"] if one.code in known else []
        known[one.code] = one
    for one in known.values():
        strangers = {one.numerator, one.denominator, one.second} - {""} - set(known)
        faults += [f"{one.label}：没有指标 {code}" for code in sorted(strangers)]
        faults += _faults_of_parts(one, known)
    return tuple(faults)


def _faults_of_parts(one: Definition, known: Mapping[str, Definition]) -> list[str]:
    """A rate's parts stand at the same sort of time as it does and are no rates; a second source counts the same things."""
    parts = [known[code] for code in (one.numerator, one.denominator) if code in known]
    found = [f"{one.label}：{part.label}是比率，不能作分子或分母" for part in parts if part.is_rate]
    second = known.get(one.second)
    if second is not None and (second.counts, second.unit) != (one.counts, one.unit):
        found.append(f"{one.label}：旁证指标 {second.label} 的计数对象或单位不同")
    return found
