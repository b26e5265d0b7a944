"""The desks: what waits for the dispatcher, for an officer, for a return visit, and for the firm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from songda.deliveries.service.demands.access import OBJECTION, demands_visible_to
from songda.deliveries.service.demands.queries.history import with_extension_asked
from songda.deliveries.service.demands.queries.routing import Suggestion, suggestions
from songda.deliveries.service.demands.rules.grouping import WITHIN, Instance, Proposal, proposals
from songda.deliveries.service.demands.rules.handling import HANDLING
from songda.kernel import clock
from songda.ledger.cases import access as cases
from songda.ledger.cases.access import working_on
from songda.ledger.cases.models import Case, CaseStep, Group, Party, Word
from songda.ledger.cases.queries.listing import RELATED, Row, rows_of
from songda.ledger.cases.states import Grade
from songda.registry.actors import Actor
from songda.registry.people.models import Absence
from songda.registry.people.queries import absences_on

POOL_SHOWN = 30
PLACE = (*RELATED, "subject__home", "kind__kind")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A demand in the pool with what routing suggests."""

    row: Row
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Asked:
    """A case that waits for a decision, and the words of who asks."""

    row: Row
    step: CaseStep


def pool(actor: Actor, *, now: dt.datetime) -> list[Waiting]:
    """Demands nobody has been asked to lead, those that wait longest first, with their suggestions. A fixed number of queries."""
    waiting = (
        demands_visible_to(actor)
        .filter(open=True, state="filed")
        .select_related(*PLACE)
        .defer("kind__body")
        .order_by("rank", "-urgent", "opened_at", "id")
    )
    rows = rows_of(list(waiting[:POOL_SHOWN]), now=now)
    found = suggestions([row.case for row in rows], on=clock.day_of(now))
    return [Waiting(row, found[row.case.pk]) for row in rows]


def pool_size(actor: Actor) -> int:
    """How many wait in the pool."""
    return demands_visible_to(actor).filter(open=True, state="filed").count()


def disputed(actor: Actor, *, now: dt.datetime) -> list[Asked]:
    """Demands whose ownership waits for a decision, with the ground for refusing."""
    return _asked(demands_visible_to(actor).filter(open=True, state="disputed"), ("dispute",), now)


def extensions(actor: Actor, *, now: dt.datetime) -> list[Asked]:
    """Requests for more time that wait for a decision, with their reasons."""
    return _asked(with_extension_asked(demands_visible_to(actor).filter(open=True)), ("ask_extension",), now)


def to_close(actor: Actor, *, now: dt.datetime) -> list[Row]:
    """Demands the firm has answered for, waiting for the second person."""
    found = demands_visible_to(actor).filter(open=True, state="confirmed").exclude(proposed_by=actor.account_id)
    return _rows(found.order_by("moved_at", "id"), now)


def handed_over(actor: Actor) -> list[Party]:
    """What this post or its unit has been asked to take over or to support, and has not answered."""
    mine = Q(post_id__in=actor.posts) | Q(post=None, organisation_id=actor.organisation_id)
    roles = (Party.Role.TAKEOVER, Party.Role.SUPPORT)
    waiting = Party.objects.filter(mine, role__in=roles, answer=Party.Answer.ASKED, ended_at=None, case__open=True)
    return list(waiting.select_related("case__subject", "case__lead", "organisation").order_by("asked_at", "id"))


def supporting(actor: Actor) -> set[int]:
    """The cases in which the actor's unit supports."""
    helping = Party.objects.filter(organisation_id=actor.organisation_id or 0, role=Party.Role.SUPPORT, ended_at=None)
    return set(helping.values_list("case_id", flat=True))


def mine(actor: Actor) -> QuerySet[Case]:
    """Open demands this post works on, what presses first."""
    ways = Q(pk__in=())
    for way in working_on(actor):
        ways |= way
    found = demands_visible_to(actor).filter(ways, open=True).exclude(state="filed").select_related(*PLACE).defer("kind__body")
    return found.order_by("rank", "pressing_at", "id")


def appealable(actor: Actor, *, now: dt.datetime) -> list[Word]:
    """Low ratings of the last month on what this account handled, against which nobody has objected."""
    handled = CaseStep.objects.filter(case=OuterRef("case"), step__in=HANDLING, account_id=actor.account_id or 0)
    raised = Case.objects.filter(parent=OuterRef("case"), machine=OBJECTION)
    low = Word.objects.filter(
        ~Exists(raised), Exists(handled), grade__in=(Grade.BAD, Grade.VERY_BAD), struck_at=None, at__gte=now - WITHIN
    )
    return list(low.select_related("case__subject").order_by("-at")[:POOL_SHOWN])


def appeals(actor: Actor, *, now: dt.datetime) -> list[Row]:
    """Objections to ratings that wait for a decision and were not raised by this account."""
    found = cases.visible_to(actor).filter(machine=OBJECTION, open=True).exclude(opened_by=actor.account_id)
    return _rows(found.order_by("rank", "pressing_at", "id"), now)


def to_revisit(actor: Actor) -> QuerySet[Case]:
    """Results that wait for the firm's word and were handled by others, the oldest first."""
    own = CaseStep.objects.filter(case=OuterRef("pk"), step__in=HANDLING, account_id=actor.account_id)
    found = demands_visible_to(actor).filter(~Exists(own), open=True, state="proposed").select_related(*PLACE).defer("kind__body")
    return found.order_by("moved_at", "id")


def own_demands(actor: Actor, *, now: dt.datetime, open_only: bool = False) -> list[Row]:
    """The firm's demands, the latest first; what waits for its word before all others."""
    found = demands_visible_to(actor).filter(**({"open": True} if open_only else {}))
    rows = _rows(found.order_by("-opened_at", "-id"), now)
    return sorted(rows, key=lambda row: row.case.state != "proposed")


def groupable(actor: Actor, *, now: dt.datetime) -> list[Proposal]:
    """Open demands in sight that look like one problem and are in no group yet."""
    found = demands_visible_to(actor).filter(open=True, group=None, opened_at__gte=now - WITHIN).exclude(category="")
    columns = ("pk", "subject_id", "area_path", "category", "opened_at")
    rows = found.values_list(*columns).order_by("pk")
    return proposals((Instance(pk, subject, _district(path), category, at) for pk, subject, path, category, at in rows), now)


def groups(actor: Actor) -> QuerySet[Group]:
    """Groups with a case in sight, the latest first."""
    seen = demands_visible_to(actor).filter(group=OuterRef("pk"))
    return Group.objects.filter(Exists(seen)).order_by("-opened_at", "-id")


def uncovered(on: dt.date) -> list[tuple[Case, Absence]]:
    """Open demands whose holder is away on a day with nobody standing in, and the leave."""
    away = {one.post_id: one for one in absences_on(on).filter(deputy=None)}
    held = Case.objects.filter(open=True, machine="demand", holder__in=away).select_related("holder__person", "lead", "kind")
    return [(case, away[case.holder_id]) for case in held.order_by("pk") if case.holder_id is not None]


def uncovered_for(actor: Actor, on: dt.date) -> list[tuple[Case, Absence]]:
    """The same, in an actor's sight."""
    found = uncovered(on)
    seen = set(demands_visible_to(actor).filter(pk__in=[case.pk for case, _leave in found]).values_list("pk", flat=True))
    return [one for one in found if one[0].pk in seen]


def words_of(case: Case) -> QuerySet[Word]:
    """What the firm said of a case, round by round."""
    return Word.objects.filter(case=case).order_by("cycle")


def _rows(found: QuerySet[Case], now: dt.datetime) -> list[Row]:
    return rows_of(list(found.select_related(*PLACE).defer("kind__body")[:200]), now=now)


def _asked(found: QuerySet[Case], names: tuple[str, ...], now: dt.datetime) -> list[Asked]:
    last = CaseStep.objects.filter(case=OuterRef("pk"), step__in=names).order_by("-seq").values("pk")[:1]
    asking = list(
        found.annotate(asking=Subquery(last)).select_related(*PLACE).defer("kind__body").order_by("moved_at", "id")[:POOL_SHOWN]
    )
    by_case = {step.case_id: step for step in CaseStep.objects.filter(pk__in=[vars(case)["asking"] for case in asking])}
    return [Asked(row, by_case[row.case.pk]) for row in rows_of(asking, now=now) if row.case.pk in by_case]


def _district(path: str) -> str:
    """The district of a path: its first two parts."""
    return "/".join(path.split("/")[:2]) + "/"


def told_of(shown: Sequence[Case]) -> dict[int, CaseStep]:
    """The last thing each firm was told, by case. One query."""
    said = CaseStep.objects.filter(case__in=[case.pk for case in shown]).exclude(told="").order_by("case_id", "seq")
    return {step.case_id: step for step in said}
