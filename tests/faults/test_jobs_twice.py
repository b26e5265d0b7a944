"""A worker that dies in a job leaves it to the next: every periodic job run a second time changes nothing that the first has done."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.apps import apps

from songda.kernel import clock
from songda.kernel.jobs import registered
from songda.ledger.cases.tests.ground import demand, lay
from songda.ledger.notices.tests.post import reachable, tell, told
from songda.registry.people.tests.cast import NOW, Cast

PERIODIC = [work for work in registered() if work.every and not work.name.startswith("tests.")]
MARKS = frozenset(
    {"audit_auditentry", "audit_auditseal", "indicators_tallyrun"}
)  # a look that was taken may be noted again; what it found may not


def state() -> dict[str, str]:
    """Every table by a digest of its rows."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in MARKS:
            rows = sorted(map(repr, model._default_manager.values_list()))
            found[model._meta.db_table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.fixture
def house(cast: Cast, settings, tmp_path: Path) -> None:
    """A firm that is owed something and told something; the clock stands at its day."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    lay()
    demand(cast, title="示例事项")
    reachable(cast.firm)
    tell(told(cast.firm, 1))


@pytest.mark.parametrize("work", PERIODIC, ids=lambda work: work.name)
def test_a_job_run_twice_is_a_job_run_once(house: None, work, monkeypatch: pytest.MonkeyPatch) -> None:
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)
    work.task.call()
    once = state()
    work.task.call()
    twice = state()
    assert {table for table in once if once[table] != twice[table]} == set()


def test_there_are_periodic_jobs() -> None:
    assert len(PERIODIC) > 15
