"""Reads of the rulebook: conditions and amounts as trees, cases, a text checked as it is typed, what a page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from songda.engines.rules.cases import Case
from songda.engines.rules.catalogue import Catalogue, FactKind
from songda.engines.rules.form import from_json
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.engines.rules.tree import Amount, Condition
from songda.registry.facts import queries as facts
from songda.registry.rulebook.models import Rule, RuleCase, RuleVersion
from songda.registry.rulebook.rules import completion
from songda.registry.rulebook.rules.agreement import Outcome, run_case
from songda.registry.rulebook.rules.builder import condition_of_form, form_of
from songda.registry.rulebook.rules.difference import Difference, difference
from songda.registry.rulebook.rules.examples import lacking_examples
from songda.registry.rulebook.rules.form_nodes import ALL, FormNode
from songda.registry.rulebook.rules.form_steps import step
from songda.registry.rulebook.rules.form_view import NodeView, view_of
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
    wrong_in: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A rule as a form: its root as drawn, its canonical text (a sketch while something is `open`), the place to look at."""

    root: NodeView
    text: str
    open: int = 0
    focus: str = ""


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
        return Checked(wrong=spot(text, error.problems[0]), wrong_in="text")
    try:
        amount = parse_amount(amount_text, catalogue) if amount_text.strip() else None
    except RuleError as error:
        return Checked(wrong=spot(amount_text, error.problems[0]), wrong_in="amount_text")
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


def form_of_text(text: str, context: str = "subject") -> Form | None:
    """The form of a text; an empty one for no text, None for a text that is no rule."""
    catalogue = facts.catalogue(context)
    if not text.strip():
        return _drawn(FormNode(ALL), catalogue)
    try:
        return _drawn(form_of(parse_condition(text, catalogue), catalogue), catalogue)
    except RuleError:
        return None


def form_after(form: FormNode, do: str = "", at: str = "", value: str = "", context: str = "subject") -> Form:
    """A form as posted, after a step in it (see `form_steps.step`) where one was taken."""
    catalogue = facts.catalogue(context)
    if not do:
        return _drawn(form, catalogue)
    stepped = step(form, do, at, value, catalogue)
    return _drawn(stepped.form, catalogue, stepped.focus)


def completed(text: str, position: int, start: str = "condition", context: str = "subject") -> completion.Completion:
    """What may stand at a place of a text, at most ten entries with kind, unit and description."""
    return completion.completed(text, position, facts.catalogue(context), start, _descriptions(context))


def names_like(asked: str, context: str = "subject") -> completion.Completion:
    """Facts whose name, or other name, holds what is asked for."""
    return completion.names_like(asked, facts.catalogue(context), _descriptions(context))


def codes_like(asked: str, fact_name: str, context: str = "subject") -> completion.Completion:
    """Codes that a fact may have, by code or by a part of their name, twenty at most."""
    catalogue = facts.catalogue(context)
    fact = catalogue.by_name.get(fact_name)
    return completion.codes_like(asked, fact.code_list if fact else "", catalogue)


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


def _drawn(form: FormNode, catalogue: Catalogue, focus: str = "") -> Form:
    built = condition_of_form(form, catalogue)
    return Form(view_of(form, catalogue, built.errors), built.text, len(built.errors), focus)


def _descriptions(context: str) -> dict[str, str]:
    return {code: one.description for code, one in facts.definitions(context).items() if one.description}
