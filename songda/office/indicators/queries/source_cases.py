"""Sources over the ledger 台账: matters opened, ended, standing and overdue; steps; what firms say of results."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case as If
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from songda.ledger.cases.access import in_sight, visible_to
from songda.ledger.cases.models import Case, CaseClock, CaseStep, Word
from songda.ledger.cases.states import AT_REST, MACHINES
from songda.office.indicators.queries.logs import Log, Standing, Told
from songda.office.indicators.rules.sources import Line, Where
from songda.registry.actors import Actor

REST = frozenset().union(*AT_REST.values())
HEAD = (_("编号"), _("标题"), _("登记时间"), _("状态"))
STEP_HEAD = (_("编号"), _("标题"), _("时间"), _("办理动作"))


def moment(at: dt.datetime) -> str:
    """A moment as tables print it."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def case_line(case: Case) -> Line:
    """A matter: its page, number, title, when it came, how it stands."""
    state = str(MACHINES[case.machine].states[case.state])
    return reverse("cases:case", args=[case.pk]), case.number, case.title, moment(case.opened_at), state


def step_line(step: CaseStep) -> Line:
    """A step: its matter's page, number and title, when, which."""
    case = step.case
    steps = {one.name: str(one.label) for one in MACHINES[case.machine].steps}
    return reverse("cases:case", args=[case.pk]), case.number, case.title, moment(step.at), steps.get(step.step, step.step)


def of_case(row: Any) -> Line:
    """The matter of a clock or a word."""
    return case_line(row.case)


def seen_through(actor: Actor) -> Q:
    """Rows whose matter is in sight."""
    return Q(case__in=visible_to(actor).values("pk"))


CASES = Told(HEAD, case_line, in_sight)
STEPS = Told(STEP_HEAD, step_line, seen_through, along=("case",))
OF_CASES = Told(HEAD, of_case, seen_through, along=("case",))
OF_STEP = {"machine": "case__machine", "kind": "case__kind__kind__code"}
LATE = If(
    When(Exists(CaseClock.objects.filter(case=OuterRef("case_id"), main=True, late=True)), then=Value("yes")),
    default=Value("no"),
    output_field=CharField(),
)


def ending_steps() -> QuerySet[CaseStep]:
    """Steps that bring a matter to rest."""
    return CaseStep.objects.filter(after__in=REST).exclude(before__in=REST)


def overdue_clocks() -> QuerySet[CaseClock]:
    """Main clocks that ran past their moment, whenever that was or will be."""
    return CaseClock.objects.filter(Q(stopped_at=None) | Q(late=True), main=True, due_at__isnull=False)


def standing(where: Where, area_path: str, as_of: dt.datetime) -> QuerySet[Case]:
    """The matters not at rest at a moment."""
    last = CaseStep.objects.filter(case=OuterRef("pk"), at__lte=as_of).order_by("-seq").values("after")[:1]
    rows: QuerySet[Case] = OPENED.taken(where, area_path, since=None, as_of=as_of)
    # A matter that rests today and was not touched since rested then too: only the others need their steps read.
    return rows.filter(Q(open=True) | Q(moved_at__gt=as_of)).annotate(_then=Subquery(last)).exclude(_then__in=REST)


def overdue(where: Where, area_path: str, as_of: dt.datetime) -> QuerySet[CaseClock]:
    """The clocks that were past their moment and had not stopped."""
    rows: QuerySet[CaseClock] = RAN_OUT.taken(where, area_path, since=None, as_of=as_of)
    return rows.filter(Q(stopped_at=None) | Q(stopped_at__gt=as_of))


OPENED = Log(Case.objects.all, "opened_at", CASES, dims={"machine": "machine", "kind": "kind__kind__code", "origin": "origin"})
STEPPED = Log(CaseStep.objects.all, "at", STEPS, path="case__area_path", dims={**OF_STEP, "step": "step"})
ENDED = Log(ending_steps, "at", STEPS, path="case__area_path", dims={**OF_STEP, "after": "after", "late": LATE})
OPEN = Standing((), (), standing, CASES)  # what came and went is read as columns: `case_columns.stood`
RAN_OUT = Log(overdue_clocks, "due_at", OF_CASES, path="case__area_path", dims=OF_STEP)
_STOPPED = Log(lambda: overdue_clocks().filter(late=True), "stopped_at", OF_CASES, path="case__area_path", dims=OF_STEP)
OVERDUE = Standing((RAN_OUT,), (_STOPPED,), overdue, OF_CASES)
SAID = Log(
    lambda: Word.objects.filter(struck_at=None),
    "at",
    OF_CASES,
    path="case__area_path",
    dims={**OF_STEP, "grade": "grade", "by": "by"},
)
