"""Rules of quality 数据质量规则 (SUP-10, Appendix G 1, 2, 6 and 7): what keeps values from being accepted or printed, and what is asked about.

A return is tried on acceptance and a bulletin on publication, by the same rules over plain values. `block` stands in the way until
it is mended or, where the sentence says so, explained; `warn` is shown beside the value and does not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from songda.kernel.words import gettext as _
from songda.office.indicators.rules.bounds import EXACT, Bounded, added
from songda.office.indicators.rules.checks import rounded
from songda.office.indicators.states import FigureKind

Key = tuple[str, str, str]  # code, organisation, cell
BLOCK, WARN = "block", "warn"
FULL = Fraction(100)
_EVERYWHERE = 3  # so many rates, all of them exactly 100 %


@dataclass(frozen=True, slots=True)
class Stated:
    """A value about to be accepted or printed.

    `number` in `unit`; `units` are those its definition allows (none: any). `organisation` is named as readers know it. A rate
    (`kind` "rate", in per cent) has `numerator` and `denominator`; `decimals` are those it is printed with. `part_of` is the key of
    the total that this and its like in one `breakdown` make up, `within` that of what it may not exceed; `channel`: it counts a way
    of delivery (邮寄), which is never an addend. `former` is the value before, `jump` the share of it by which it may move (1/2),
    `cumulative` one that never falls. `claims_all`: the words say 全部 or 全覆盖; `exceptions` lists them, None where nobody looked.
    """

    code: str
    label: str
    number: Fraction
    unit: str
    organisation: str = ""
    cell: str = ""
    kind: str = FigureKind.MEASURE.value
    as_of: dt.datetime | None = None
    scope: str = ""
    precision: str = EXACT
    units: tuple[str, ...] = ()
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    decimals: int = 2
    may_exceed: bool = False
    explanation: str = ""
    part_of: Key | None = None
    breakdown: str = ""
    within: Key | None = None
    channel: bool = False
    former: Fraction | None = None
    jump: Fraction | None = None
    cumulative: bool = False
    claims_all: bool = False
    exceptions: tuple[str, ...] | None = None

    @property
    def key(self) -> Key:
        """What it is a value of: `part_of` and `within` of others name it by this."""
        return self.code, self.organisation, self.cell

    @property
    def is_rate(self) -> bool:
        """Whether it is a share of something, in per cent."""
        return self.kind == FigureKind.RATE.value

    @property
    def name(self) -> str:
        """惠济区 建设工程复工率: whose value of what."""
        cell = f"（{self.cell}）" if self.cell else ""
        return f"{self.organisation} {self.label}{cell}".strip()

    @property
    def words(self) -> str:
        """The number with its unit."""
        return f"{rounded(self.number, max(self.decimals, 4))}{self.unit}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against values: `severity` block or warn, of what `sort`, about which `codes`, and a sentence that says what to do.

    Sorts: missing, unit, base, ratio, over_100, negative, full_100, all, parts, channel, over_whole, jump, fell, twice, two_values.
    """

    severity: str
    sort: str
    codes: tuple[str, ...]
    text: str


def doubts(stated: Sequence[Stated]) -> tuple[Doubt, ...]:
    """Everything that speaks against these values, taken together; blocking ones first."""
    found = [one for value in stated for rule in _ALONE for one in rule(value)]
    found += [one for rule in _TOGETHER for one in rule(stated)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.severity != BLOCK))


def blocked(found: Sequence[Doubt]) -> bool:
    """Whether any of them stands in the way."""
    return any(one.severity == BLOCK for one in found)


def _one(severity: str, sort: str, value: Stated, text: str, **words: str) -> Doubt:
    return Doubt(severity, sort, (value.code,), text % {"name": value.name, "words": value.words, **words})


def _missing(value: Stated) -> Iterator[Doubt]:
    absent = [
        name
        for name, there in ((_("时点"), value.as_of), (_("口径"), value.scope.strip()), (_("计量单位"), value.unit.strip()))
        if not there
    ]
    if absent:
        text = _("%(name)s没有写明%(absent)s，不能发布：请补齐。")
        yield _one(BLOCK, "missing", value, text, absent="、".join(absent))


def _unit(value: Stated) -> Iterator[Doubt]:
    if value.unit and value.units and value.unit not in value.units:
        text = _("%(name)s的单位是“%(unit)s”，应为%(units)s：请换算或改正单位。")
        yield _one(BLOCK, "unit", value, text, unit=value.unit, units="、".join(value.units))


def _ratio(value: Stated) -> Iterator[Doubt]:
    if not value.is_rate:
        return
    if value.numerator is None or not value.denominator:
        yield _one(BLOCK, "base", value, _("%(name)s%(words)s没有分子和分母（分母也不能为零），先不发布：请补报分子、分母。"))
        return
    computed = value.numerator / value.denominator * 100
    if value.precision == EXACT and rounded(computed, value.decimals) != rounded(value.number, value.decimals):
        text = _("%(name)s写作%(words)s，而%(sum)s%%：请核对分子、分母和比率。")
        yield _one(BLOCK, "ratio", value, text, sum=_division(value, computed))


def _division(value: Stated, computed: Fraction) -> str:
    numerator, denominator = value.numerator or Fraction(0), value.denominator or Fraction(1)
    return f"{rounded(numerator, 4)} ÷ {rounded(denominator, 4)} × 100 = {rounded(computed, value.decimals)}"


def _outside(value: Stated) -> Iterator[Doubt]:
    if value.number < 0 and (value.is_rate or value.cumulative):
        yield _one(BLOCK, "negative", value, _("%(name)s为%(words)s，不能小于零：请改正。"))
    if not value.is_rate or value.number <= FULL:
        return
    if not value.may_exceed:
        yield _one(BLOCK, "over_100", value, _("%(name)s为%(words)s，这一比率不可能超过100%%：请核对分子和分母，改正后再报。"))
    elif not value.explanation.strip():
        yield _one(
            BLOCK, "over_100", value, _("%(name)s为%(words)s，超过100%%：请核对分母是否过时；确实如此的，写明原因，否则不发布。")
        )
    else:
        text = _("%(name)s为%(words)s，超过100%%，发布时须附说明：%(why)s")
        yield _one(WARN, "over_100", value, text, why=value.explanation.strip())


def _all(value: Stated) -> Iterator[Doubt]:
    full = value.claims_all or (value.is_rate and value.number == FULL)
    if full and value.exceptions:
        text = _("%(name)s说“全部”（%(words)s），但还有例外：%(left)s。请改写，或先办结例外。")
        yield _one(BLOCK, "all", value, text, left=_listed(value.exceptions))
    elif value.claims_all and value.exceptions is None:
        yield _one(BLOCK, "all", value, _("%(name)s说“全部”或“全覆盖”：请列明例外，或确认没有例外（例外清单为空）后再发布。"))


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:5])
    return shown if len(names) <= 5 else _("%(names)s等%(n)d个") % {"names": shown, "n": len(names)}


def _moved(value: Stated) -> Iterator[Doubt]:
    if value.former is None or value.explanation.strip():
        return
    former = f"{rounded(value.former, max(value.decimals, 4))}{value.unit}"
    if value.cumulative and value.number < value.former:
        text = _("%(name)s是累计数，上次%(former)s，这次%(words)s，不应减少：请核对；确属更正的，写明原因。")
        yield _one(BLOCK, "fell", value, text, former=former)
    elif value.jump is not None and value.former and abs(value.number - value.former) > value.jump * abs(value.former):
        share = rounded((value.number - value.former) / abs(value.former) * 100, 1)
        text = _("%(name)s上次%(former)s，这次%(words)s，变动%(share)s%%，超过限度%(limit)s%%：请核对或写明原因。")
        yield _one(WARN, "jump", value, text, former=former, share=share, limit=rounded(value.jump * 100, 1))


def _parts(stated: Sequence[Stated]) -> Iterator[Doubt]:
    known = {value.key: value for value in stated}
    groups: defaultdict[tuple[Key, str], list[Stated]] = defaultdict(list)
    for value in stated:
        if value.part_of is not None and value.channel:
            yield _one(BLOCK, "channel", value, _("%(name)s是办理渠道，不是类别，不能作为合计的一项：请从分项中去掉，另行列出。"))
        elif value.part_of is not None:
            groups[value.part_of, value.breakdown].append(value)
    for (whole, breakdown), parts in groups.items():
        if whole in known:
            yield from _sum(known[whole], parts, breakdown)


def _sum(whole: Stated, parts: Sequence[Stated], breakdown: str) -> Iterator[Doubt]:
    codes = tuple(dict.fromkeys((whole.code, *(part.code for part in parts))))
    named = _("%(name)s（%(breakdown)s）") % {"name": whole.name, "breakdown": breakdown} if breakdown else whole.name
    if len({part.unit for part in (whole, *parts)}) > 1:
        yield Doubt(BLOCK, "parts", codes, _("%(name)s的各项计量单位不同，不能相加：请统一单位。") % {"name": named})
        return
    if len({part.as_of for part in (whole, *parts)}) > 1:
        yield Doubt(BLOCK, "parts", codes, _("%(name)s的各项时点不同，不能相加：请用同一时点的数。") % {"name": named})
        return
    total = added([Bounded(part.number, part.precision) for part in parts])
    if total.may_be(whole.number) or (whole.precision != EXACT and Bounded(whole.number, whole.precision).may_be(total.number)):
        return
    addends = " + ".join(rounded(part.number, 4) for part in parts)
    words = {"name": named, "sum": f"{addends} {total.relation or '='} {rounded(total.number, 4)}", "words": whole.words}
    yield Doubt(BLOCK, "parts", codes, _("%(name)s：各项相加 %(sum)s，合计却写%(words)s：请核对各项和合计。") % words)


def _wholes(stated: Sequence[Stated]) -> Iterator[Doubt]:
    known = {value.key: value for value in stated}
    for value in stated:
        wholes = [known[key] for key in dict.fromkeys((value.within, value.part_of)) if key is not None and key in known]
        for whole in wholes:
            least, most = Bounded(value.number, value.precision).lower, Bounded(whole.number, whole.precision).upper
            if least is not None and most is not None and value.unit == whole.unit and least > most:
                text = _("%(part)s%(words)s，大于%(whole)s%(most)s：部分不能大于整体，请核对口径。")
                words = {"part": value.name, "words": value.words, "whole": whole.name, "most": whole.words}
                yield Doubt(BLOCK, "over_whole", (value.code, whole.code), text % words)


def _twice(stated: Sequence[Stated]) -> Iterator[Doubt]:
    groups: defaultdict[tuple[Key, dt.datetime | None], list[Stated]] = defaultdict(list)
    for value in stated:
        groups[value.key, value.as_of].append(value)
    for group in groups.values():
        if len({(value.number, value.unit) for value in group}) > 1:
            shown = "、".join(dict.fromkeys(value.words for value in group))
            yield _one(BLOCK, "two_values", group[0], _("%(name)s同一时点有两个数：%(shown)s。请查明以哪个为准。"), shown=shown)
        elif len(group) > 1:
            yield _one(WARN, "twice", group[0], _("%(name)s%(words)s重复出现 %(n)s 次：请确认没有重复计算。"), n=str(len(group)))


def _everywhere(stated: Sequence[Stated]) -> Iterator[Doubt]:
    rates = [value for value in stated if value.is_rate]
    full = [value for value in rates if value.number == FULL and value.exceptions is None]
    sizes = Counter(value.code for value in rates), Counter(value.organisation for value in rates)
    fulls = Counter(value.code for value in full), Counter(value.organisation for value in full)
    for value in full:
        if _whole_row(sizes[0], fulls[0], value.code) or _whole_row(sizes[1], fulls[1], value.organisation):
            text = _("%(name)s与同批各项都恰好是100%%：请逐项核实分子和分母，列明例外或确认没有例外。")
        else:
            text = _("%(name)s恰好是100%%：请列明例外，或确认没有例外。")
        yield _one(WARN, "full_100", value, text)


def _whole_row(size: Mapping[str, int], full: Mapping[str, int], name: str) -> bool:
    return size[name] >= _EVERYWHERE and size[name] == full[name]


_ALONE: tuple[Callable[[Stated], Iterator[Doubt]], ...] = (_missing, _unit, _ratio, _outside, _all, _moved)
_TOGETHER: tuple[Callable[[Sequence[Stated]], Iterator[Doubt]], ...] = (_parts, _wholes, _twice, _everywhere)
