"""One meaning, three evaluators 三个求值器: a case is run row by row, by the set matcher and as SQL; they must agree.

A construct that cannot be said exactly in SQL (`NotPortableError`) is a declared gap there; matching such a rule works
without SQL, so it may be signed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from songda.engines.match.column import ASOF
from songda.engines.match.matcher import Matcher
from songda.engines.rules import tree
from songda.engines.rules.cases import Case, read_facts, run_cases
from songda.engines.rules.catalogue import Catalogue, Kind
from songda.engines.rules.sql import NotPortableError, to_sql
from songda.engines.rules.verdict import Answer
from songda.registry.rulebook.rules.columns import Cell, columns_of, frame_of

ROW, SETS, SQL = "逐户", "批量", "SQL"
_ANSWERS = {1: Answer.YES, 0: Answer.NO, None: Answer.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What each evaluator answered, by its name, and what differs from the expected (empty: answer and amount are right)."""

    answers: Mapping[str, str]
    message: str

    @property
    def agree(self) -> bool:
        """Whether all evaluators gave one answer."""
        return len(set(self.answers.values())) == 1


def run_case(rule: tree.Condition, amount: tree.Amount | None, case: Case, catalogue: Catalogue) -> Outcome:
    """Judge one case on every evaluator. Raises `RuleError` on a value that cannot be read, `MatchError` on an unmatchable rule."""
    (result,) = run_cases(rule, amount, [case], catalogue)
    cells = columns_of(read_facts(case.given, catalogue), rule, case.on, catalogue)
    matched = Matcher(frame_of(cells, catalogue), catalogue, case.on, threads=1).match({"": rule})
    answers = {ROW: result.answer.value, SETS: matched.answer("", 0).value}
    try:
        expression = to_sql(rule, catalogue, "duckdb", case.on)
    except NotPortableError:
        return Outcome(answers, result.message)
    return Outcome(answers | {SQL: by_sql(expression, cells, catalogue).value}, result.message)


def by_sql(expression: str, cells: Mapping[str, Cell], catalogue: Catalogue) -> Answer:
    """The answer of DuckDB over a table of this one row."""
    columns = ", ".join(f'CAST(col{at} AS {_type(name, catalogue)}) AS "{name}"' for at, name in enumerate(cells))
    with duckdb.connect() as base:
        found = base.values(list(cells.values())).project(columns).project(expression).fetchone()
    return _ANSWERS[found[0] if found else None]


def _type(name: str, catalogue: Catalogue) -> str:
    code, _, part = name.partition("__")
    return "VARCHAR" if catalogue.by_code[code].kind is Kind.CODE and part != ASOF else "BIGINT"
