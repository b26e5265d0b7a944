"""One meaning: the SQL text, the fast path and the verdict give the answer of the row evaluator, gaps included."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from songda.engines.rules.cases import read_facts
from songda.engines.rules.judge import prepare_all
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.sql import NotPortableError, to_sql
from songda.engines.rules.tests import strategies as some
from songda.engines.rules.tests.cast import CATALOGUE
from songda.engines.rules.tests.table import columns, row
from songda.engines.rules.verdict import Answer

Run = Callable[[str], list[tuple[Any, ...]]]
# No shrinking: a failing example is a whole table, and a smaller one is not worth minutes of two shared cores.
_CALM = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
_ANSWERS = {1: Answer.YES, 0: Answer.NO, None: Answer.UNKNOWN}


def agree(dialect: str, run: Run, rules: list[Any], subjects: list[Any], catalogue: Any) -> int:
    """Load the subjects with `run`, ask the rules there and compare with `judge`. Returns how many answers were compared."""
    wanted = columns(rules, catalogue, some.ON)
    run("CREATE TABLE subjects (place BIGINT, " + ", ".join(f'"{name}" {kind}' for name, kind in wanted.items()) + ")")
    for place, facts in enumerate(subjects):
        cells = row(facts, wanted, catalogue, some.ON)
        run(f"INSERT INTO subjects VALUES ({place}, {', '.join(_literal(cells[name]) for name in wanted)})")
    prepared, compared = prepare_all(rules, catalogue), 0
    expected = list(zip(*(prepared.answers(facts, on=some.ON) for facts in subjects), strict=True))
    for rule, answers in zip(rules, expected, strict=True):
        try:
            text = to_sql(rule, catalogue, dialect, some.ON)
        except NotPortableError:
            assert dialect != "postgresql"  # its NUMERIC holds everything
            continue
        found = [_ANSWERS[one] for (one,) in run(f"SELECT {text} FROM subjects ORDER BY place")]
        assert found == list(answers), text
        compared += len(found)
    run("DROP TABLE subjects")
    return compared


def _literal(value: Any) -> str:
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value)


def runners() -> dict[str, Run]:
    lite, duck = sqlite3.connect(":memory:"), duckdb.connect(":memory:")
    return {"sqlite": lambda text: lite.execute(text).fetchall(), "duckdb": lambda text: duck.execute(text).fetchall()}


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb"])
def test_sql_gives_the_row_evaluators_answer(dialect: str) -> None:
    run = runners()[dialect]
    compared = []

    @_CALM
    @given(st.data())
    def check(data: Any) -> None:
        catalogue = data.draw(some.catalogues())
        rules = data.draw(st.lists(some.conditions(catalogue), min_size=1, max_size=4))
        subjects = data.draw(st.lists(some.facts(catalogue), min_size=1, max_size=4))
        run("DROP TABLE IF EXISTS subjects")
        compared.append(agree(dialect, run, rules, subjects, catalogue))

    check()
    assert sum(compared) > 50


@_CALM
@given(st.data())
def test_a_verdict_and_the_fast_path_give_one_answer(data: Any) -> None:
    rules = data.draw(st.lists(some.conditions(CATALOGUE), min_size=1, max_size=3))
    facts = data.draw(some.facts(CATALOGUE))
    prepared = prepare_all(rules, CATALOGUE)
    verdicts = prepared.judge(facts, on=some.ON)
    assert tuple(one.answer for one in verdicts) == prepared.answers(facts, on=some.ON)
    for one in verdicts:
        assert any(reason.matters for reason in one.reasons)
        assert bool(one.settling) == (one.answer is Answer.UNKNOWN)


@pytest.mark.parametrize("dialect", ["sqlite", "duckdb"])
def test_an_unknown_divisor_spoils_only_its_own_arm(dialect: str) -> None:
    texts = [
        "分类(所属行业: 制造业 → 失业保险费 ÷ 设备投资额；其余 → 1) ≥ 1",
        "分档(设备台数: ≥ 5台 → 失业保险费 ÷ 设备投资额；其余 → 1) ≥ 1",
    ]
    rules = [parse_condition(text, CATALOGUE) for text in texts]
    givens = [{"所属行业": "I", "设备台数": "1台"}, {"所属行业": "C27", "设备台数": "9台"}, {}]
    subjects = [read_facts(given, CATALOGUE) for given in givens]
    answers = prepare_all(rules, CATALOGUE).answers(subjects[0], on=some.ON)
    assert answers == (Answer.YES, Answer.YES)
    assert agree(dialect, runners()[dialect], rules, subjects, CATALOGUE) == 6
