"""Rule cases 规则用例: what an officer writes to pin a rule down (name, on, given, expect), and their running."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from songda.engines.rules import tree
from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.compute import compute
from songda.engines.rules.facts import Datum, Facts, Plain, Standing
from songda.engines.rules.judge import prepare
from songda.engines.rules.lexicon import half_width, lexicon_of
from songda.engines.rules.nearest import nearest
from songda.engines.rules.problem import Problem, RuleError
from songda.engines.rules.scan import Scanner
from songda.engines.rules.tell import decimal
from songda.engines.rules.units import unit
from songda.engines.rules.verdict import Answer, Sum

_AS_OF = re.compile(r"^(.*?)\s*截至\s*(\S+)$")
_ALWAYS = ((dt.date.min, None),)
_STANDINGS = {"在": Standing(_ALWAYS, _ALWAYS), "不在": Standing((), _ALWAYS), "未覆盖": Standing()}
_UNKNOWN = ("", "未知", "待核", "缺失")


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `given`: fact name → literal text (`48人`, `是`, `48人 截至 2019年1月1日`); `amount`: 60万元, 待核 or None (not asked)."""

    name: str
    given: Mapping[str, str]
    expect: str
    on: dt.date
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How a case went; `message` says what differed (empty: it passed)."""

    case: Case
    answer: Answer
    sum: Sum | None
    message: str

    @property
    def passed(self) -> bool:
        """Did it come out as expected?"""
        return not self.message


def run_cases(
    rule: tree.Condition, amount: tree.Amount | None, cases: Iterable[Case], catalogue: Catalogue
) -> tuple[CaseResult, ...]:
    """Every case judged, and where it answers 是 and has a formula, computed. Raises `RuleError` on a text that cannot be read."""
    prepared = prepare(rule, catalogue)
    results = []
    for case in cases:
        facts = read_facts(case.given, catalogue)
        found = prepared.answer(facts, on=case.on)
        total = compute(amount, facts, on=case.on, catalogue=catalogue) if amount and found is Answer.YES else None
        results.append(CaseResult(case, found, total, _difference(case, found, total)))
    return tuple(results)


def lacking(cases: Iterable[Case]) -> tuple[str, ...]:
    """Which of 是, 否 and 待核 no case expects: a rule is published only with all three."""
    expected = {one.expect for one in cases}
    return tuple(one.value for one in Answer if one.value not in expected)


def read_facts(given: Mapping[str, str], catalogue: Catalogue) -> Facts:
    """Facts from names and literal texts. Raises `RuleError`."""
    facts: dict[str, Datum] = {}
    for name, text in given.items():
        entry = catalogue.by_name.get(name)
        if entry is None:
            near = nearest(name, catalogue.by_name)
            hint = f"，是不是「{'」「'.join(near)}」？" if near else ""
            raise RuleError(Problem("unknown_fact", 0, len(name), f"事实目录里没有「{name}」{hint}", name, nearest=near))
        datum = read_datum(text, entry, catalogue)
        if datum is not None:
            facts[entry.code] = datum
    return facts


def read_datum(text: str, entry: FactKind, catalogue: Catalogue) -> Datum | None:
    """One value by the fact's kind, with its day after 截至; None for 未知."""
    dated = _AS_OF.match(text.strip())
    words = dated.group(1) if dated else text.strip()
    as_of = _Reading(dated.group(2), entry, catalogue).day() if dated else None
    return None if words in _UNKNOWN else Datum(_Reading(words, entry, catalogue).value(), as_of, "用例")


class _Reading:
    """One literal text read by a fact's kind."""

    def __init__(self, text: str, entry: FactKind, catalogue: Catalogue) -> None:
        self.text = text
        self.entry = entry
        self.catalogue = catalogue

    def value(self) -> Plain:
        readers: dict[Kind, Callable[[], Plain]] = {
            Kind.BOOL: self._flag,
            Kind.NUM: lambda: self._number(self.text),
            Kind.DATE: self.day,
            Kind.CODE: self._code,
            Kind.SERIES: self._series,
            Kind.LIST: self._standing,
            Kind.EVENT: self._events,
        }
        return readers[self.entry.kind]()

    def day(self) -> dt.date:
        found: dt.date = self._whole(self.text, "DAY", "日期，如 2020年3月17日")
        return found

    def _flag(self) -> bool:
        if self.text not in ("是", "否"):
            self._refuse("是 或 否")
        return self.text == "是"

    def _number(self, text: str) -> Fraction:
        plain = half_width(text.strip())
        negative = plain[:1] in ("-", "−")
        digits, name = self._whole(plain[1:] if negative else plain, "LIT", f"数和单位，如 1{self.entry.unit}")
        measure = unit(name)
        if measure is None or measure.dimension != self.entry.measure.dimension:
            self._refuse(f"以 {self.entry.unit} 计的数")
        return Fraction(digits) * measure.factor * (-1 if negative else 1)

    def _code(self) -> str:
        codes: tuple[str, ...] = self._whole(self.text, "CODE", "代码或名称")
        if len(codes) > 1:
            self._refuse(f"代码（同名的有 {'、'.join(codes)}）")
        return codes[0]

    def _series(self) -> dict[int, Fraction]:
        pairs = [one for one in re.split(r"[;；]", self.text.strip("{} 　")) if one.strip()]
        made = [re.fullmatch(r"\s*([0-9]{4})年?\s*[:：]\s*(.+?)\s*", one) for one in pairs]
        if not all(made):
            self._refuse("{2018: 100万元；2019: 120万元}")
        return {int(one.group(1)): self._number(one.group(2)) for one in made if one}

    def _standing(self) -> Standing:
        if self.text not in _STANDINGS:
            self._refuse("在、不在 或 未覆盖")
        return _STANDINGS[self.text]

    def _events(self) -> tuple[dt.date, ...]:
        if self.text in ("无", "从未发生"):
            return ()
        return tuple(_Reading(one.strip(), self.entry, self.catalogue).day() for one in re.split("[、；;]", self.text))

    def _whole(self, text: str, terminal: str, expected: str) -> Any:
        """The meaning of a text that is one token of this kind from end to end."""
        scanner = Scanner(text, lexicon_of(self.catalogue))
        tokens = scanner.candidates(0, self.entry.code_list) if text else []
        found = next((one for one in tokens if one.type == terminal and one.end_pos == len(text)), None)
        if found is None:
            self._refuse(expected)
        return found.value

    def _refuse(self, expected: str) -> NoReturn:
        message = f"「{self.entry.name}」不能是「{self.text}」，应为{expected}"
        raise RuleError(Problem("bad_value", 0, len(self.text), message, self.text, (expected,)))


def _difference(case: Case, answer: Answer, total: Sum | None) -> str:
    if answer.value != case.expect:
        return f"应为{case.expect}，实为{answer.value}"
    if case.amount is None:
        return ""
    if total is None:
        return f"应为{case.amount}，实无金额（{answer.value}）"
    found = "待核" if total.fen is None else f"{decimal(total.fen, 100)}元"
    return "" if _same(case.amount, total) else f"金额应为{case.amount}，实为{found}"


def _same(expected: str, total: Sum) -> bool:
    if expected == "待核" or total.fen is None:
        return expected == "待核" and total.fen is None
    scale = re.fullmatch(r"\s*([0-9,]+(?:\.[0-9]+)?)\s*(元|万元|亿元)\s*", half_width(expected))
    measure = unit(scale.group(2)) if scale else None
    if scale is None or measure is None:
        raise RuleError(Problem("bad_value", 0, len(expected), f"金额应如 60万元，不能是「{expected}」", expected, ("金额",)))
    return Fraction(scale.group(1).replace(",", "")) * measure.factor * 100 == total.fen
