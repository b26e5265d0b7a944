"""The portable SQL text, run in the database of this test run (SQLite, then PostgreSQL), against the row evaluator."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from songda.engines.rules.tests import strategies as some
from songda.engines.rules.tests.test_agree import agree

CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])


def run(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("%", "%%"), [])
        return cursor.fetchall() if cursor.description else []


@pytest.mark.django_db
def test_the_database_answers_as_the_row_evaluator() -> None:
    compared = []

    @CALM
    @given(st.data())
    def check(data: Any) -> None:
        catalogue = data.draw(some.catalogues())
        rules = data.draw(st.lists(some.conditions(catalogue), min_size=1, max_size=4))
        subjects = data.draw(st.lists(some.facts(catalogue), min_size=1, max_size=4))
        run("DROP TABLE IF EXISTS subjects")
        compared.append(agree(connection.vendor, run, rules, subjects, catalogue))

    check()
    assert sum(compared) > 80
