"""What the fuzzers call on: the bundled pack, one of everything in one zone, and a program of each kind of post there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.service.demands import actions as demands
from songda.kernel import clock
from songda.ledger.cases.models import Case
from songda.office.returns.actions import expect_returns
from songda.office.returns.models import Return
from songda.portal.configuration import keep_shift
from songda.registry.actors import Actor
from songda.registry.facts.actions import record_fact
from songda.registry.facts.queries import catalogue
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, Cast, assemble, hire
from songda.registry.programs import actions, rules
from tests.packed import apply

UNBOUND = 10**9
OWN_SQL = ("search", "audit")  # tables that models do not say whole: an index of terms, triggers


@dataclass(frozen=True)
class Ground:
    """Tokens by role, what each may do, and by the name of a parameter or field what is really there."""

    tokens: dict[str, str]
    scopes: dict[str, frozenset[str]]
    known: dict[str, list[object]]


def prepare() -> Ground:
    """Tables, pack, things, tokens; the clock of the cast."""
    settings.CLOCK_SHIFT = keep_shift(settings.HOME, NOW - clock.now())
    settings.MIGRATION_MODULES = {room.label: None for room in apps.get_app_configs() if room.label not in OWN_SQL}
    call_command("migrate", run_syncdb=True, verbosity=0)
    lift_limits()
    apply()
    return lay()


def lift_limits() -> None:
    """Limits of rate are tried elsewhere."""
    rules.LIMITS, rules.LEASE = {"call": UNBOUND, "write": UNBOUND}, 10**6


def lay() -> Ground:
    """The same on tables that hold the pack."""
    cast = assemble()
    publish_some()
    expect_returns(now=NOW)
    return laid(cast)


def laid(cast: Cast) -> Ground:
    """Demands, facts and tokens for a cast that is there."""
    people = parts(cast)
    file_demands(cast, people)
    tell_facts(cast, people[Role.STREET_CLERK])
    tokens = {role.value: token_of(actor) for role, actor in people.items()}
    scopes = {tokens[role.value]: frozenset(rules.open_to(actor.permissions)) for role, actor in people.items()}
    return Ground(tokens, scopes, known(cast))


def parts(cast: Cast) -> dict[Role, Actor]:
    """A post of each kind that programs are for, at the zone or at the firm."""
    firm = hire(Role.ENTERPRISE_CLERK, of=cast.firm, name="示例企业程序")
    at_zone = (
        Role.DEPARTMENT_LEAD,
        Role.STATISTICIAN,
        Role.POLICY_EDITOR,
        Role.POLICY_PUBLISHER,
        Role.CORRESPONDENT,
        Role.INSPECTOR,
    )
    hired = {role: hire(role, at=cast.zone, name=f"示例程序{role.label}") for role in at_zone}
    return {Role.ENTERPRISE_CLERK: firm, Role.STREET_CLERK: cast.street, Role.DISPATCHER: cast.dispatcher, Role.LEADER: cast.leader,
            Role.DEPARTMENT_DESK: cast.desk, Role.SERVICE_OFFICER: cast.officer, **hired}  # fmt: skip


def token_of(actor: Actor) -> str:
    """A token with all that the post can give."""
    given = actions.Given("模糊测试", rules.open_to(actor.permissions), DAY + dt.timedelta(days=300))
    return actions.make_token(given, by=actor, now=NOW).text


def file_demands(cast: Cast, people: dict[Role, Actor]) -> None:
    """Demands of two firms, some on their way."""
    for number in range(6):
        new = demands.NewDemand(title=f"示例诉求{number}", text="需要一线工人", category="labour")
        demands.file_demand((cast.firm, cast.neighbour)[number % 2].pk, replace(new), by=cast.street, now=NOW)
    for case in Case.objects.order_by("pk")[:3]:
        demands.assign_demand(case.pk, demands.Assignees(cast.bureau.pk, None, ()), by=cast.dispatcher, now=NOW)
    for case in Case.objects.order_by("pk")[:2]:
        demands.take_demand(case.pk, by=people[Role.DEPARTMENT_DESK], now=NOW)


def tell_facts(cast: Cast, by: Actor) -> None:
    """A fact of each plain kind about the firm."""
    said = {"headcount": "48人", "revenue": "500万元"}
    for fact in catalogue().facts:
        if fact.code in said:
            record_fact(cast.firm.pk, fact.code, said[fact.code], valid_from=DAY, source_code="return", by=by, now=NOW)


def publish_some() -> None:
    """Published measures, without the two persons it takes: the pack's are drafts, and verdicts want something to judge."""
    drafts = MeasureVersion.objects.exclude(rule_version=None).filter(state__in=("draft", "reviewed"))
    MeasureVersion.objects.filter(pk__in=list(drafts.values_list("pk", flat=True))[:12]).update(
        state="published", published_at=NOW
    )


def known(cast: Cast) -> dict[str, list[object]]:
    """What a caller may well know."""
    from songda.office.indicators.models import IndicatorVersion
    from songda.registry.codes.models import Dictionary
    from songda.registry.organisations.models import Organisation

    indicators = list(IndicatorVersion.objects.filter(retired_at=None).values_list("code", flat=True)[:20])
    return {
        "subject_id": [cast.firm.pk, cast.neighbour.pk, cast.other_firm.pk],
        "organisation_id": list(Organisation.objects.values_list("pk", flat=True)),
        "unit": list(Organisation.objects.values_list("code", flat=True)[:10]),
        "case_id": list(Case.objects.values_list("pk", flat=True)),
        "version_id": list(MeasureVersion.objects.filter(state="published").values_list("pk", flat=True)) or [1],
        "return_id": list(Return.objects.values_list("pk", flat=True)[:20]) or [1],
        "code": ["demand", *indicators, *Dictionary.objects.values_list("code", flat=True)[:10], *[one.code for one in catalogue().facts]],
    }  # fmt: skip
