"""Validation 校验: a return under the rules of its form, and under those that hold for every figure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from songda.engines.rules.catalogue import Catalogue, FactKind, Kind
from songda.engines.rules.facts import Datum
from songda.engines.rules.judge import judge
from songda.engines.rules.lexicon import flaws
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.units import unit
from songda.engines.rules.verdict import Answer
from songda.kernel.words import gettext as _
from songda.office.indicators.rules.quality import Stated, doubts
from songda.office.indicators.states import Precision
from songda.office.returns.rules.entries import Entry, shown
from songda.office.returns.rules.forms import Definitions, Form, Place, Rule
from songda.office.returns.states import Importance, RuleKind

BEFORE = "上期"  # 上期复工企业: the same figure of the period before
Entries = Mapping[Place, Entry]


@dataclass(frozen=True, slots=True)
class Breach:
    """What speaks against a return: by which rule, how much it weighs, what to do, at which line, in a sentence.

    `explain`: an explanation at the line lets a blocking one pass. `explained`: it has one.
    """

    rule: str
    importance: str
    label: str
    instruction: str
    at: str
    text: str
    explain: bool = False
    explained: bool = False

    @property
    def sentence(self) -> str:
        """What is wrong and what to do; the rules of quality say both in one."""
        return self.text if ":" in self.rule and not self.rule.startswith("required:") else f"{self.text}{self.instruction}"

    @property
    def stops(self) -> bool:
        """Whether the return cannot be submitted with it."""
        return self.importance == Importance.BLOCK and not (self.explain and self.explained)


@dataclass(frozen=True)
class Filled:
    """A return to be validated: its form, entries, explanations and ways of counting by place key, the period before, whose, as of when."""

    form: Form
    definitions: Definitions
    entries: Entries
    explanations: Mapping[str, str]
    before: Entries
    unit: str
    as_of: dt.datetime
    scopes: Mapping[str, str]


def name_of(place: Place, definitions: Definitions) -> str:
    """How a place is called: its label, with the cell behind a dot."""
    label = definitions[place.code].label
    return f"{label}·{place.cell}" if place.cell else label


def rule_name(place: Place, definitions: Definitions) -> str:
    """How rules call it: the same without brackets and marks, which the language keeps for itself."""
    return re.sub(r"[\s(){}（），,；;：:、「」]", "", name_of(place, definitions))


def catalogue_of(form: Form, definitions: Definitions) -> Catalogue:
    """All names the rules of a form may use: its figures, and the same of the period before. Units unknown to the language are left out."""
    facts = [
        FactKind(before + place.key, before + rule_name(place, definitions), Kind.NUM, definitions[place.code].unit)
        for place in form.places
        for before in ("", BEFORE)
        if unit(definitions[place.code].unit) is not None
    ]
    return Catalogue.of(facts, context="return")


def rule_faults(form: Form, definitions: Definitions) -> Iterator[str]:
    """What is wrong with the rules of a form, as sentences: every text must parse under its catalogue."""
    unknown = [line.indicator for line in form.lines if line.indicator not in definitions]
    if unknown:
        yield _("没有指标 %(codes)s") % {"codes": "、".join(unknown)}
        return
    catalogue = catalogue_of(form, definitions)
    yield from (f"“{name}”{why}" for name, why in flaws(catalogue))
    for one in form.rules:
        if one.kind == RuleKind.RULE:
            try:
                parse_condition(one.text, catalogue)
            except RuleError as error:
                yield f"{one.label}（{one.text}）：{error}"


def breaches(filled: Filled) -> list[Breach]:
    """Everything that speaks against a return by itself, in the order of the form's own rules first."""
    return [*_wanting(filled), *_by_rules(filled), *_by_quality(filled)]


def _wanting(filled: Filled) -> Iterator[Breach]:
    derived = filled.form.derived(filled.definitions)
    for line in filled.form.lines:
        place = Place(line.indicator)
        if line.required and line.indicator not in derived and place not in filled.entries:
            label = filled.definitions[line.indicator].label
            text = _("“%(label)s”没有填。") % {"label": label}
            yield Breach(f"required:{place.key}", "block", _("必填"), _("请填写；确实没有的填 0。"), place.key, text)


def _by_rules(filled: Filled) -> Iterator[Breach]:
    catalogue = catalogue_of(filled.form, filled.definitions)
    facts = {
        **_facts(filled.entries, "", catalogue, filled.as_of.date()),
        **_facts(filled.before, BEFORE, catalogue, filled.as_of.date()),
    }
    for one in filled.form.rules:
        if one.kind == RuleKind.RULE:
            verdict = judge(parse_condition(one.text, catalogue), facts, on=filled.as_of.date(), catalogue=catalogue)
            if verdict.answer is Answer.NO:
                used = {use.name: use.value for reason in verdict.reasons if reason.matters for use in reason.used}
                told = "，".join(f"{name} {value}" for name, value in used.items())
                yield breach_of(one, _("应有 %(rule)s；现为 %(told)s。") % {"rule": one.text, "told": told}, filled.explanations)


def breach_of(rule: Rule, text: str, explanations: Mapping[str, str]) -> Breach:
    """A breach of a declared rule."""
    explained = bool(explanations.get(rule.at, "").strip())
    return Breach(rule.code, rule.importance, rule.label, rule.instruction, rule.at, text, rule.explain, explained)


def _facts(entries: Entries, before: str, catalogue: Catalogue, on: dt.date) -> dict[str, Datum]:
    """What the rules may look at. A number that is not exact cannot be compared: it is left out, and the rule stays open."""
    found = {}
    for place, entry in entries.items():
        fact = catalogue.by_code.get(before + place.key)
        if fact is not None and entry.precision == Precision.EXACT:
            found[fact.code] = Datum(entry.exact * fact.measure.factor, on)
    return found


def _by_quality(filled: Filled) -> Iterator[Breach]:
    stated = [stated_of(filled, place, entry) for place, entry in filled.entries.items()]
    for doubt in doubts(stated):
        at = doubt.codes[0]
        explained = bool(filled.explanations.get(at, "").strip())
        asked = doubt.sort == "over_100" and filled.definitions[at].may_exceed
        # Such a rate may come in, and stays open until explained; whoever prints it refuses it meanwhile (Appendix G 6).
        weight = Importance.WARN.value if asked or doubt.sort == "base" else doubt.severity
        label, instruction = QUALITY.get(doubt.sort, (_("数据质量"), _("请核对。")))
        yield Breach(f"{doubt.sort}:{at}", weight, label, instruction, at, doubt.text, False, explained)


def stated_of(filled: Filled, place: Place, entry: Entry) -> Stated:
    """An entry as the rules of quality take it."""
    one = filled.definitions[place.code]
    base = (Place(one.numerator, place.cell), Place(one.denominator, place.cell)) if one.is_rate else ()
    parts = [filled.entries[place].exact if place in filled.entries else None for place in base]
    numerator, denominator = parts or (None, None)
    scope = filled.scopes.get(place.key) or filled.form.scope_of(place, filled.definitions)
    return Stated(
        place.code, one.label, entry.exact, one.unit, filled.unit, place.cell, one.kind, filled.as_of, scope, entry.precision,
        numerator=numerator, denominator=denominator, decimals=one.decimals, may_exceed=one.may_exceed,
        explanation=filled.explanations.get(place.key, ""),
    )  # fmt: skip


def told(place: Place, entry: Entry, definitions: Definitions) -> str:
    """复工企业 1,234家."""
    return f"{name_of(place, definitions)} {shown(entry)}{definitions[place.code].unit}"


def stopping(found: Sequence[Breach]) -> list[Breach]:
    """Those that keep a return from being submitted."""
    return [one for one in found if one.stops]


QUALITY = {
    "over_100": (_("比率超过100%"), _("核对分母是否过时；确实如此的，写明原因。")),
    "full_100": (_("恰为100%"), _("列明例外，或确认没有例外。")),
    "base": (_("缺分子、分母"), _("补报分子和分母；补齐前不能单独发布。")),
    "ratio": (_("比率与分子分母不符"), _("请核对分子、分母和比率。")),
    "missing": (_("缺口径或时点"), _("请写明统计口径。")),
    "negative": (_("负数"), _("请改正。")),
}
