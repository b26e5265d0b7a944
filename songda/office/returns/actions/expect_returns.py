"""Expected returns 应报 from the calendar, reminders before the cut-off, a call after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.workbooks import moment
from songda.ledger.notices.actions import notify_posts
from songda.ledger.notices.rules.letters import Word
from songda.office.returns.models import FormVersion, Return
from songda.office.returns.rules.forms import Form, form_of
from songda.office.returns.rules.periods import Period, periods
from songda.registry.calendars.queries import calendar
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.queries import territory_of
from songda.registry.people.models import Post
from songda.registry.people.states import Role

BACK = dt.timedelta(days=60)  # how far back missing periods are still made
FILLERS = (Role.DEPARTMENT_DESK, Role.STREET_CLERK)
ALL_OF_UNIT = (*FILLERS, Role.DEPARTMENT_LEAD)
AT_ONCE = 500


@transaction.atomic
def expect_returns(*, now: dt.datetime, codes: Collection[str] = ()) -> int:
    """Make the rows of every period that has begun, for every unit that owes the form; how many are new. Again: none.

    `codes`: of these forms alone.
    """
    today, made = clock.day_of(now), 0
    works = calendar().works
    versions = FormVersion.objects.filter(retired_at=None).order_by("pk")
    for version in versions.filter(code__in=codes) if codes else versions:
        form = form_of(version.body)
        for period in periods(form, today - BACK, today, works=works, zone=clock.place()):
            made += _expect(version, form, period)
    return made


def _expect(version: FormVersion, form: Form, period: Period) -> int:
    known = set(Return.objects.filter(code=form.code, last=period.last).values_list("organisation_id", flat=True))
    rows = [
        Return(
            form=version, code=form.code, organisation=unit, about=territory_of(unit) if form.about == "territory" else unit,
            area_path=unit.area_path, first=period.first, last=period.last, as_of=period.as_of, due_at=period.due_at,
            locks_at=period.locks_at, demonstration=settings.DEMONSTRATION,
        )
        for unit in units_of(form, period.last)
        if unit.pk not in known
    ]  # fmt: skip
    Return.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def units_of(form: Form, on: dt.date) -> QuerySet[Organisation]:
    """The units that owe a form on a day: of its kinds in its area, and those named."""
    chosen = Q(code__in=form.units)
    if form.kinds:
        kinds = Q(kind__in=form.kinds)
        chosen |= kinds & Q(parent__code=form.area) if form.area else kinds
    there = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return Organisation.objects.filter(chosen & there).select_related("parent__parent").order_by("area_path", "code")


def remind_units(*, now: dt.datetime) -> int:
    """Remind units of what is due within the form's hours of reminding, and call for what is late; how many returns."""
    waiting = Return.objects.filter(received_at=None, locks_at__gt=now).select_related("form", "organisation")
    soon = [
        one
        for one in waiting.filter(reminded_at=None, due_at__gt=now, due_at__lte=now + dt.timedelta(days=2))
        if one.due_at - now <= dt.timedelta(hours=form_of(one.form.body).remind_hours)
    ]
    late = list(waiting.filter(chased_at=None, due_at__lt=now).order_by("due_at")[:AT_ONCE])
    _tell(soon[:AT_ONCE], _("即将截报"), "return_due", FILLERS, "reminded_at", now)
    _tell(late, _("逾期未报"), "return_late", ALL_OF_UNIT, "chased_at", now)
    return len(soon[:AT_ONCE]) + len(late)


def _tell(rows: Iterable[Return], title: str, topic: str, roles: tuple[Role, ...], column: str, now: dt.datetime) -> None:
    for one in rows:
        words = {"form": one.form.label, "day": one.last.isoformat(), "due": moment(one.due_at)}
        text = _("%(form)s（%(day)s）应于%(due)s前报送，尚未收到。") % words
        with transaction.atomic():
            if Return.objects.filter(pk=one.pk, **{column: None}).update(**{column: now}):
                posts = Post.objects.filter(organisation_id=one.organisation_id, role__in=roles, ends_on=None)
                word = Word(title, text, topic, one.pk, f"/returns/{one.pk}/", urgent=topic == "return_late")
                notify_posts(list(posts.values_list("pk", flat=True)), word, now=now)
