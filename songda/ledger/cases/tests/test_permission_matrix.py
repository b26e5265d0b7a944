"""Every role × every verb × own and other street, other district, other firm, as a stranger to the case, its holder or its unit.

What is right is said here a second time, in a table of its own (one letter a verb) and three sentences, and never read from the matrix
or from the access functions. 2 % of it goes through real pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from songda.kernel import clock
from songda.kernel.errors import NotFound, NotPermitted, Refused
from songda.ledger.cases.access import case_for, case_to_step, handles, refusal_of, visible_to
from songda.ledger.cases.actions import open_case
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.states import MACHINES, NOTES
from songda.ledger.cases.tests.ground import anybody, lay
from songda.registry.organisations.models import Organisation
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, Cast, assemble, enter, firm, hire, place

# s sees its territory, w works on what is its own, f files, a hands out, d decides, c writes off, v asks the firm back, r reopens,
# y acts for its firm, l looks on for its firm. The three administrators, editors, banks, journalists and the rest: nothing.
SAID = {
    "leader": "sd", "dispatcher": "sfadcvr", "department_lead": "wfc", "department_desk": "wf", "service_officer": "wf",
    "street_clerk": "swf", "talent_officer": "wf", "party_guide": "wf", "inspector": "scv", "market_team": "wf", "law_enforcer": "f",
    "statistician": "s", "auditor": "s", "supplier": "yl", "enterprise_clerk": "yl", "employee": "l",
}  # fmt: skip
ONE_FIRM_ONLY = ("service_officer", "talent_officer", "party_guide")  # they see the firms assigned to them, nothing else

# Verbs by the letter they need, step by step, as the machines' authors read them aloud.
LETTER = {
    "assign": "a", "decline": "a", "reclassify": "a", "group": "a", "cancel": "a", "replace": "a",
    "decide": "d", "extend": "d", "refuse_extension": "d", "fix": "d", "urge": "d", "awaited": "d", "examine": "d", "uphold": "d",
    "reject": "d", "reopen": "r", "close": "c", "send_back": "c", "verify": "c",
    "revisit_yes": "v", "revisit_no": "v", "note_silence": "v", "revisit_missed": "v",
    "confirm": "y", "object": "y", "withdraw": "y",
}  # fmt: skip
PLACES = ("own street", "other street", "other district", "other firm")
TIES = ("stranger", "holder", "unit")


@dataclass(frozen=True)
class Cell:
    role: Role
    place: str
    tie: str


CELLS = [Cell(*one) for one in product(Role, PLACES, TIES)]
VERBS = [(name, step.name) for name, machine in MACHINES.items() for step in machine.steps] + [("demand", note) for note in NOTES]


def letter_of(machine: str, verb: str) -> str:
    """An objection is withdrawn by who raised it, a desk that was graded; everything not listed is work."""
    return "w" if (machine, verb) == ("objection", "withdraw") else LETTER.get(verb, "w")


def sees(cell: Cell) -> bool:
    said = SAID.get(cell.role.value, "")
    if cell.role in FIRM_ROLES:
        return "l" in said and cell.place == "own street"
    if cell.tie != "stranger" and ("w" in said or "s" in said):
        return cell.tie == "holder" or cell.role.value not in ONE_FIRM_ONLY
    at_street = cell.role.value == "street_clerk"
    near = ("own street", "other firm") if at_street else ("own street", "other firm", "other street")
    return "s" in said and cell.place in near


def may(cell: Cell, machine: str, verb: str) -> bool:
    said, letter = SAID.get(cell.role.value, ""), letter_of(machine, verb)
    if not sees(cell) or letter not in said:
        return False
    if letter == "w":
        return cell.tie != "stranger"
    return not (letter in "cv" and cell.tie == "holder")


@dataclass
class Board:
    cast: Cast
    cases: dict[str, Case]


@pytest.fixture
def board(db) -> Board:
    lay(kinds=("demand", "task", "objection"))
    cast = assemble()
    a2 = place("street-a2", "甲二街道", "street", cast.zone, "002")
    firms = {
        "own street": cast.firm,
        "other street": firm("示例二街企业", a2, "D0009"),
        "other district": cast.other_firm,
        "other firm": cast.neighbour,
    }
    cases = {
        name: open_case("demand", subject_id=one.pk, title=f"事项{name}", by=anybody(), now=NOW) for name, one in firms.items()
    }
    # In hand of nobody the table speaks of: another unit of the city leads them all.
    elsewhere = place("bureau-city", "示例市局", "department", cast.city)
    Case.objects.update(lead=elsewhere, state="working", opened_by=None)
    return Board(cast, cases)


def actor_of(cell: Cell, board: Board):
    cast = board.cast
    if cell.role in FIRM_ROLES:
        return hire(cell.role, of=cast.firm)
    if cell.role is Role.STREET_CLERK:
        return hire(cell.role, at=cast.street_office)
    return hire(cell.role, at=cast.bureau)


def tied(cell: Cell, actor, board: Board) -> Case:
    """The case of a place, tied to the actor as the cell says."""
    case = board.cases[cell.place]
    holder = actor.post_id if cell.tie == "holder" and cell.role not in FIRM_ROLES else None
    lead = actor.organisation_id if cell.tie == "unit" and cell.role not in FIRM_ROLES else board.cases["own street"].lead_id
    Case.objects.filter(pk=case.pk).update(holder=holder, lead=lead or Case.objects.get(pk=case.pk).lead_id)
    return Case.objects.select_related("lead", "holder").get(pk=case.pk)


def untied(board: Board) -> None:
    Case.objects.update(holder=None, lead=Organisation.objects.get(code="bureau-city"))


@pytest.mark.row("SUP-03")
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says_and_nothing_else(role, board):
    wrong, asked = [], 0
    for cell in (one for one in CELLS if one.role is role):
        actor = actor_of(cell, board)
        case = tied(cell, actor, board)
        if visible_to(actor).filter(pk=case.pk).exists() != sees(cell):
            wrong.append((cell, "see"))
            continue
        for machine, verb in VERBS:
            asked += 1
            case.machine = machine
            if sees(cell):
                allowed = refusal_of(case, verb, actor, works=handles(case, actor)) is None
                wrong += [(cell, machine, verb)] * (allowed != may(cell, machine, verb))
            elif asked % 25 == 0:
                with pytest.raises(NotFound):
                    case_for(case.pk, actor)
            if machine == "demand" and asked % 7 == 0:
                wrong += [(cell, "whole", verb)] * (stepped(case.pk, verb, actor) != may(cell, machine, verb))
        untied(board)
    assert wrong == []
    assert asked == len(PLACES) * len(TIES) * len(VERBS)


def stepped(case_id: int, verb: str, actor) -> bool:
    try:
        case_to_step(case_id, verb, actor)
    except (NotFound, NotPermitted):
        return False
    return True


def test_whoever_filed_a_case_follows_it(board):
    """A law enforcer files and sees nothing else; his own filing he sees to its end."""
    enforcer = hire(Role.LAW_ENFORCER, at=board.cast.bureau)
    assert not visible_to(enforcer).exists()
    Case.objects.filter(pk=board.cases["own street"].pk).update(opened_by=enforcer.account_id)
    assert [one.pk for one in visible_to(enforcer)] == [board.cases["own street"].pk]
    assert not stepped(board.cases["own street"].pk, "progress", enforcer)


def test_an_officer_sees_the_cases_of_the_firms_assigned_and_no_others(board):
    seen = set(visible_to(board.cast.officer).values_list("pk", flat=True))
    assert seen == {board.cases["own street"].pk}
    assert stepped(board.cases["own street"].pk, "progress", board.cast.officer)


def test_the_desk_of_the_territory_begins_what_nobody_has(board):
    case = board.cases["own street"]
    Case.objects.filter(pk=case.pk).update(lead=None, state="filed")
    assert stepped(case.pk, "solve_on_spot", board.cast.street)
    assert not stepped(case.pk, "solve_on_spot", hire(Role.DEPARTMENT_DESK, at=board.cast.bureau))


OVER_HTTP = {"remark": "done", "urge": "done", "send_back": "done", "cancel": "accepted"}  # a verb a letter: w d c a
SAMPLED = [(cell, verb) for cell, verb in product(CELLS, OVER_HTTP)][::4]


@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("part", range(4))
def test_pages_keep_the_same_table(part, board, client, settings):
    """2 % of all cells: 336 of 16,000, as a task, whose steps the ledger's own pages take."""
    settings.CLOCK_SHIFT += NOW - clock.now()
    for name, case in board.cases.items():
        board.cases[name] = open_case("task", subject_id=case.subject_id, title=f"任务{name}", by=anybody(), now=NOW)
    untied(board)
    Case.objects.update(opened_by=None)
    wrong = []
    for cell, verb in SAMPLED[part::4]:
        actor = actor_of(cell, board)
        Case.objects.update(state=OVER_HTTP[verb], open=True)
        case = tied(cell, actor, board)
        enter(client, actor)
        before = CaseStep.objects.count()
        shown = client.get(f"/cases/{case.pk}/").status_code == 200
        data = {"note": "说明", "version": case.version, "request_key": f"k{cell.role}{cell.place}{cell.tie}{verb}"}
        client.post(f"/cases/{case.pk}/step/{verb}/", data)
        if (shown, CaseStep.objects.count() > before) != (sees(cell), may(cell, "task", verb)):
            wrong.append((cell, verb, shown))
        untied(board)
        board.cases[cell.place].refresh_from_db()
    assert wrong == []


def test_opening_a_case_needs_the_firm_in_sight(board):
    for role in Role:
        actor = actor_of(Cell(role, "own street", "stranger"), board)
        if role in FIRM_ROLES:
            continue
        with pytest.raises(Refused):
            open_case("demand", subject_id=board.cast.other_firm.pk, title="越区登记", by=actor, now=NOW)
