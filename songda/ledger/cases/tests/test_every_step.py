"""Every state × every step of every machine, on real rows: allowed exactly as the table says, and otherwise nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said, open_case, step_case
from songda.ledger.cases.models import Case, CaseClock, CaseStep
from songda.ledger.cases.states import AT_REST, MACHINES, NOTES
from songda.ledger.cases.tests.ground import HOUR, anybody, lay
from songda.registry.people.tests.cast import NOW

HANDBOOK = Path(__file__).resolve().parents[4] / "docs" / "handbook" / "cases.zh.md"
PAIRS = [(name, state, step.name) for name, machine in MACHINES.items() for state in machine.states for step in machine.steps]
NOTED = [(name, state, note) for name, machine in MACHINES.items() for state in machine.states for note in NOTES]


def stood(machine: str, state: str, cast) -> Case:
    case = open_case(machine, subject_id=cast.firm.pk, title="每一步", by=anybody(), now=NOW)
    Case.objects.filter(pk=case.pk).update(state=state, open=state not in AT_REST[machine])
    case.refresh_from_db()
    return case


def everything(case: Case) -> tuple[object, ...]:
    row = Case.objects.filter(pk=case.pk).values().get()
    return row, CaseStep.objects.count(), AuditEntry.objects.count(), list(CaseClock.objects.order_by("pk").values())


@pytest.mark.row("SVC-07")
@pytest.mark.parametrize("machine", MACHINES)
def test_a_step_is_taken_from_its_states_alone(machine, cast):
    lay(kinds=("demand", "task", "objection"))
    refused = taken = 0
    for _machine, state, step in (one for one in PAIRS if one[0] == machine):
        case, arrow = stood(machine, state, cast), MACHINES[machine].step(step)
        before = everything(case)
        if state in arrow.sources:
            step_case(case.pk, step, Said(), by=anybody(), now=NOW + HOUR)
            case.refresh_from_db()
            assert (case.state, case.version, case.open) == (arrow.target, 2, arrow.target not in AT_REST[machine])
            taken += 1
        else:
            with pytest.raises(Conflict):
                step_case(case.pk, step, Said(), by=anybody(), now=NOW + HOUR)
            assert everything(case) == before
            refused += 1
    assert taken == sum(len(step.sources) for step in MACHINES[machine].steps)
    assert taken + refused == len(MACHINES[machine].states) * len(MACHINES[machine].steps)


@pytest.mark.parametrize("machine", MACHINES)
def test_a_note_is_taken_of_open_matters_alone_and_moves_nothing(machine, cast):
    lay(kinds=("demand", "task", "objection"))
    for _machine, state, note in (one for one in NOTED if one[0] == machine):
        case = stood(machine, state, cast)
        before = everything(case)
        if case.open:
            step_case(case.pk, note, Said(note="记"), by=anybody(), now=NOW + HOUR)
            case.refresh_from_db()
            assert (case.state, case.version) == (state, 2)
        else:
            with pytest.raises(Conflict):
                step_case(case.pk, note, Said(note="记"), by=anybody(), now=NOW + HOUR)
            assert everything(case) == before


def test_no_state_is_a_trap():
    """Every state is reached, and from every state that is not at rest there is a way to rest."""
    for name, machine in MACHINES.items():
        arrows = {(source, step.target) for step in machine.steps for source in step.sources}
        reached, ends = {next(iter(machine.states))}, set(AT_REST[name])
        for _ in machine.states:
            reached |= {target for source, target in arrows if source in reached}
            ends |= {source for source, target in arrows if target in ends}
        assert reached == ends == set(machine.states), name


@pytest.mark.parametrize("name", MACHINES)
def test_the_handbook_shows_the_machine_as_it_is(name):
    assert f"```mermaid\n{MACHINES[name].diagram()}\n```" in HANDBOOK.read_text(encoding="utf-8")
