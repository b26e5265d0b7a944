"""Reads of the rulebook: conditions and amounts as trees, cases, a text checked as it is typed, what a page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from songda.engines.rules.cases import Case
from songda.engines.rules.catalogue import FactKind
from songda.engines.rules.form import from_json
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.engines.rules.tree import Amount, Condition
from songda.registry.facts import queries as facts
from songda.registry.rulebook.models import Rule, RuleCase, RuleVersion
from songda.registry.rulebook.rules.agreement import Outcome, run_case
from songda.registry.rulebook.rules.difference import Difference, difference
from songda.registry.rulebook.rules.examples import lacking_examples
from songda.registry.rulebook.rules.outline import TreeNode, outline, texts_of
from songda.registry.rulebook.rules.problems import Spot, spot
from songda.registry.rulebook.rules.suggestions import suggested


@dataclass(frozen=True, slots=True)
class Checked:
    """A text as it stands while being typed: its canonical print and tree, or the spot that is wrong."""

    text: str = ""
    amount_text: str = ""
    tree: TreeNode | None = None
    wrong: Spot | None = None


def condition_of(version: RuleVersion) -> Condition:
    """The condition of a version, from its stored tree."""
    return cast("Condition", from_json(version.tree))


def amount_of(version: RuleVersion) -> Amount | None:
    """The formula of a version; None where it has none."""
    return cast("Amount", from_json(version.amount_tree)) if version.amount_tree else None


def tree_of(version: RuleVersion) -> TreeNode:
    """The version as a tree to look at; include `rulebook/tree.html` with `node`."""
    return outline(condition_of(version), facts.catalogue(version.rule.context))


def cases_of(version: RuleVersion) -> list[dict[str, object]]:
    """The cases in the shape that `draft_rule` takes."""
    names = ("name", "on", "given", "expect", "amount", "boundary")
    return [{name: getattr(case, name) for name in names} for case in version.cases.all()]


def lacking(version: RuleVersion) -> tuple[str, ...]:
    """A sentence for each sort of case that is missing; none for a signed version. Uses prefetched cases."""
    return () if version.signed_at is not None else lacking_examples(version.cases.all())


def outcome_of(version: RuleVersion, case: RuleCase) -> Outcome:
    """What every evaluator says of a case."""
    example = Case(case.name, case.given, case.expect, case.on, case.amount or None)
    return run_case(condition_of(version), amount_of(version), example, facts.catalogue(version.rule.context))


def compare(older: RuleVersion, newer: RuleVersion) -> Difference:
    """What changed from one version to the next, condition by condition."""
    catalogue = facts.catalogue(newer.rule.context)
    before, after = condition_of(older), condition_of(newer)
    return difference(texts_of(before, catalogue), texts_of(after, catalogue), same=before == after)


def checked(text: str, amount_text: str = "", context: str = "subject") -> Checked:
    """A rule text as typed, for the live check: no database but the catalogue, nothing stored."""
    catalogue = facts.catalogue(context)
    try:
        condition = parse_condition(text, catalogue)
    except RuleError as error:
        return Checked(wrong=spot(text, error.problems[0]))
    try:
        amount = parse_amount(amount_text, catalogue) if amount_text.strip() else None
    except RuleError as error:
        return Checked(wrong=spot(amount_text, error.problems[0]))
    return Checked(show(condition, catalogue), show(amount, catalogue) if amount else "", outline(condition, catalogue))


def suggestions(text: str, amount_text: str, on: dt.date, context: str = "subject") -> list[dict[str, object]]:
    """Four cases to begin with for a text as typed (see `rules.suggestions`); none for a text that is no rule."""
    catalogue = facts.catalogue(context)
    try:
        condition = parse_condition(text, catalogue)
        amount = parse_amount(amount_text, catalogue) if amount_text.strip() else None
    except RuleError:
        return []
    return suggested(condition, amount, catalogue, on)


def names(context: str = "subject") -> list[FactKind]:
    """What a rule may name, in the order of the catalogue."""
    return list(facts.catalogue(context).facts)


def shown(version: RuleVersion | None) -> dict[str, Any]:
    """What a page of another room needs to show a rule: `rule_version`, `tree`, `cases`, `lacking`."""
    if version is None:
        return {"rule_version": None, "tree": None, "cases": [], "lacking": ()}
    return {"rule_version": version, "tree": tree_of(version), "cases": list(version.cases.all()), "lacking": lacking(version)}


def versions_of(rule: Rule) -> list[tuple[RuleVersion, Difference | None]]:
    """All versions, newest first, each with what changed since the one before it."""
    rows = list(rule.versions.select_related("rule").prefetch_related("cases").order_by("-number"))
    older: list[RuleVersion | None] = [*rows[1:], None]
    return [(row, compare(before, row) if before else None) for row, before in zip(rows, older, strict=True)]
