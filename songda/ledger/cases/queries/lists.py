"""Lists of the ledger for papers 清单: what is open now in a territory, of what the actor sees. No telephones: lists are handed on."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.paths import within
from songda.ledger.cases.access import visible_to
from songda.ledger.cases.models import Case
from songda.ledger.cases.states import MACHINES
from songda.ledger.papers.rules.list_sources import MOST, ListRows
from songda.registry.actors import Actor

WIDTHS = (4, 5, 6, 4, 3, 3)


def ledger(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """服务企业台账: every matter of a firm in the territory, open or closed, by number."""
    del now
    return _told(_cases(area_path, actor).exclude(subject=None))


def policy_problems(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """企业落实问题清单: policies that firms should have and have not, still open."""
    del now
    return _told(_cases(area_path, actor).filter(kind__kind__code="policy-problem", open=True))


def needs(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """复工复产需求清单: what firms themselves ask for, still open."""
    del now
    return _told(_cases(area_path, actor).filter(kind__kind__code="demand", origin="firm", open=True))


def tasks(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """任务清单: tasks handed out, still open."""
    del now
    return _told(_cases(area_path, actor).filter(machine="task", open=True))


def _cases(area_path: str, actor: Actor) -> QuerySet[Case]:
    return visible_to(actor).filter(within([area_path])).select_related("subject", "lead").order_by("number")


def _told(cases: QuerySet[Case]) -> ListRows:
    head = (_("编号"), _("企业"), _("事项"), _("牵头单位"), _("办结期限"), _("状态"))
    return ListRows(head, tuple(_row(one) for one in cases[: MOST + 1]), WIDTHS)


def _row(case: Case) -> tuple[str, ...]:
    due = clock.day_of(case.due_at).isoformat() if case.due_at else "—"
    firm, lead = case.subject.name if case.subject else "—", case.lead.short_name if case.lead else "—"
    return (case.number, firm, case.title, lead, due, str(MACHINES[case.machine].states[case.state]))
