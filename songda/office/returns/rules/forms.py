"""A form 报表 as its pack declares it: who owes it, how often, until when; its lines and the rules over them. Plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from songda.office.indicators.rules.definitions import Definition
from songda.office.returns.states import Every, Importance, RuleKind

Definitions = Mapping[str, Definition]
HOURS = range(24)


class FormFaultError(ValueError):
    """A form that does not hold together; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of a form to fill: an indicator and, where it is broken down, which part 分组."""

    code: str
    cell: str = ""

    @property
    def key(self) -> str:
        """How forms and workbooks call it."""
        return f"{self.code}:{self.cell}" if self.cell else self.code


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator asked for: below which heading, whether it must be filled in, broken down into which cells, counted how (口径)."""

    indicator: str
    section: str = ""
    required: bool = False
    cells: tuple[str, ...] = ()
    scope: str = ""

    @property
    def places(self) -> tuple[Place, ...]:
        """The line itself and its cells."""
        return (Place(self.indicator), *(Place(self.indicator, cell) for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule over a return. `text` is in the rule language (kind `rule`); other kinds name an indicator and, where needed, a form.

    `at` is the line that bears the explanation. `explain`: a blocked return may pass with an explanation there. `instruction` says
    what to do.
    """

    code: str
    label: str
    instruction: str
    at: str
    importance: str = Importance.WARN.value
    kind: str = RuleKind.RULE.value
    text: str = ""
    explain: bool = False
    form: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form, whole.

    Owed by the units of `kinds` (in the area of `area`, where given) and those listed in `units`. The period ends on `last`; its
    figures stand at `hour` of that day, and it is due at `cutoff` o'clock `due_days` later (on a working day where `working_days`
    says so), locked `expires` days after that. A weekly form ends on `weekday` (1 Monday … 7 Sunday); one owed `once` ends on `since` and counts from `begins`. `about` `territory`: a
    department's figures are those of its territory; `unit`: its own.
    """

    code: str
    label: str
    period: str
    since: dt.date
    until: dt.date | None = None
    begins: dt.date | None = None
    working_days: bool = False
    cutoff: int = 17
    hour: int = 17
    weekday: int = 5
    due_days: int = 0
    expires: int = 3
    remind_hours: int = 3
    about: str = "territory"
    scope: str = ""
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    area: str = ""
    lines: tuple[Line, ...] = ()
    rules: tuple[Rule, ...] = field(default=())

    @property
    def places(self) -> Iterator[Place]:
        """Everything to fill in, in order."""
        return (place for line in self.lines for place in line.places)

    def line(self, code: str) -> Line:
        """The line of an indicator (KeyError for none)."""
        return {line.indicator: line for line in self.lines}[code]

    def derived(self, definitions: Definitions) -> frozenset[str]:
        """Rates that are worked out here, since numerator and denominator are both asked for."""
        asked = {line.indicator for line in self.lines}
        return frozenset(
            code
            for code in asked
            if code in definitions
            and definitions[code].is_rate
            and {definitions[code].numerator, definitions[code].denominator} <= asked
        )

    def scope_of(self, place: Place, definitions: Definitions) -> str:
        """How a place is counted: as the line says, else the form, else the indicator's own definition."""
        return self.line(place.code).scope or self.scope or definitions[place.code].population


def form_of(data: Mapping[str, Any]) -> Form:
    """A form as read from its pack; FormFaultError where it does not hold together by itself."""
    lines = tuple(Line(**{**one, "cells": tuple(one.get("cells", ()))}) for one in data["lines"])
    rules = tuple(Rule(**one) for one in data.get("rules", ()))
    days = {name: dt.date.fromisoformat(data[name]) for name in ("since", "until", "begins") if name in data}
    lists = {name: tuple(data.get(name, ())) for name in ("kinds", "units")}
    one = Form(**{**data, **days, **lists, "lines": lines, "rules": rules})
    for fault in (*_timing(one), *_twice(one), *_rules(one)):
        raise FormFaultError(f"{one.label}：{fault}")
    return one


def _timing(form: Form) -> Iterator[str]:
    if form.period not in Every.values:
        yield f"周期“{form.period}”不在日报、周报、月报、专项之内"
    if form.cutoff not in HOURS or form.hour not in HOURS or form.weekday not in range(1, 8):
        yield "钟点应为 0–23，星期应为 1–7"
    if form.period == Every.ONCE and form.until is not None:
        yield "专项只报一次，不写 until"
    if form.begins is not None and (form.period != Every.ONCE or form.begins > form.since):
        yield "begins 是专项累计数的起算日，不能晚于 since"
    if not form.units and not form.kinds:
        yield "没有写明由谁报（units 或 kinds）"


def _twice(form: Form) -> Iterator[str]:
    codes, keys = [one.code for one in form.rules], [place.key for place in form.places]
    yield from (f"{name}重复" for name in sorted({one for one in (*codes, *keys) if (*codes, *keys).count(one) > 1}))


def _rules(form: Form) -> Iterator[str]:
    asked = {line.indicator for line in form.lines}
    for one in form.rules:
        if one.at not in asked:
            yield f"规则“{one.label}”说明所在的 {one.at} 不在表内"
        if one.kind not in RuleKind.values or one.importance not in Importance.values:
            yield f"规则“{one.label}”的种类或轻重不认识"
        if (one.kind == RuleKind.RULE) != bool(one.text):
            yield f"规则“{one.label}”：表内关系写规则文本，其他种类写指标"
        if one.kind != RuleKind.RULE and one.indicator not in asked:
            yield f"规则“{one.label}”的指标 {one.indicator} 不在表内"
        if one.kind in (RuleKind.CHILDREN, RuleKind.AGREE) and not one.form:
            yield f"规则“{one.label}”没有写明与哪张表核对"
