"""The gate 复工闸口: whether a subject may resume on a day, and if not, why and until when. Listed by fact or by entry: one answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.kernel.recall import recalled
from songda.office.resumption.models import Entry, Lamp, StopOrder, TermsVersion
from songda.office.resumption.queries.timeline import entries_known
from songda.office.resumption.rules.terms import CODE, Terms, terms_of
from songda.office.resumption.states import Light, Sort
from songda.registry.facts.models import Fact
from songda.registry.facts.queries import facts_of
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import standing_under
from songda.registry.subjects.rules import industry as industries

LISTED = "negative_list"


@dataclass(frozen=True, slots=True)
class Listing:
    """Why a subject is on the negative list on a day: by which document, for what reason, until which day (None: open)."""

    document: str
    reason: str
    until: dt.date | None

    @property
    def sentence(self) -> str:
        """For who is refused."""
        until = _("至 %(day)s") % {"day": self.until.isoformat()} if self.until else _("解除日期另行通知")
        return _("在负面清单内，暂缓复工（%(reason)s；依据：%(document)s；%(until)s）。") % {
            "reason": self.reason, "document": self.document, "until": until,
        }  # fmt: skip


@recalled
def terms() -> Terms | None:
    """The order of resumption in force; None where no pack states one."""
    found = TermsVersion.objects.filter(code=CODE, retired_at=None).first()
    return terms_of(found.body) if found else None


def listing_of(subject: Subject, on: dt.date) -> Listing | None:
    """The listing of one subject on a day: an entry that catches it, or the list fact 负面清单; None for neither."""
    fact = facts_of(subject.pk, on=on).get("industry")
    industry = str(fact.value) if fact else ""
    for entry in entries_known(subject.area_path):
        ended = entry.ends_on is not None and entry.ends_on < on
        if entry.starts_on <= on and not ended and catches(entry, subject, industry):
            return Listing(entry.document, entry.reason, entry.ends_on)
    return listed_by_fact(subject, on)


def catches(entry: Entry, subject: Subject, industry: str) -> bool:
    """Whether an entry names this subject, by itself, by its kind or by its industry, in its area."""
    if entry.sort == Sort.SUBJECT:
        return entry.subject_id == subject.pk
    if not subject.area_path.startswith(entry.area_path):
        return False
    if entry.sort == Sort.KIND:
        return entry.kind == subject.kind
    return industries.within(industry, [entry.industry])


def listed_by_fact(subject: Subject, on: dt.date) -> Listing | None:
    """The list fact of a subject in force on a day; a later row that says 否 ends it the day before."""
    latest: dict[dt.date, Fact] = {}
    rows = Fact.objects.filter(subject_id__in=standing_under(subject.pk), fact__code=LISTED).select_related("source")
    for row in rows.order_by("recorded_at"):
        latest[row.valid_from] = row
    standing = [row for _day, row in sorted(latest.items()) if not row.void]
    before = [row for row in standing if row.valid_from <= on]
    if not before or not before[-1].num:
        return None
    ends = next((row.valid_from - dt.timedelta(days=1) for row in standing if row.valid_from > on and not row.num), None)
    return Listing(before[-1].source.name, _("列入负面清单名单"), ends)


@recalled
def light_of(subject_id: int) -> Lamp | None:
    """The control light in force; None where none was ever set (green)."""
    return Lamp.objects.filter(subject_id=subject_id, until=None).first()


@recalled
def standing_stop(subject_id: int) -> StopOrder | None:
    """The stop order in force."""
    return StopOrder.objects.filter(subject_id=subject_id, state="standing").first()


def why_not_resume(subject: Subject, on: dt.date, *, batch: str = "") -> list[str]:
    """Every reason against resuming on a day; none when the gate is open."""
    found = []
    listing = listing_of(subject, on)
    if listing is not None:
        found.append(listing.sentence)
    stop, lamp = standing_stop(subject.pk), light_of(subject.pk)
    if stop is not None:
        told = {"day": stop.issued_at.date().isoformat(), "why": stop.reason}
        found.append(_("停工令生效中（%(day)s 签发：%(why)s），解除前不得复工。") % told)
    elif lamp is not None and lamp.light == Light.RED:
        found.append(_("防控灯为红灯（%(why)s），不得复工。") % {"why": lamp.why})
    order = terms()
    late = order.refusal(batch, on) if order else ""
    return [*found, late] if late else found
