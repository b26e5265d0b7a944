"""What a return says 填报内容: entries of its versions, the period before, what speaks against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from songda.kernel.recall import recalled
from songda.office.indicators.queries import definitions
from songda.office.returns.models import Entry, FormVersion, Return, Version
from songda.office.returns.queries.crossing import crossing
from songda.office.returns.rules import entries as figures
from songda.office.returns.rules.forms import Definitions, Form, Place, form_of
from songda.office.returns.rules.validation import Breach, Filled, breaches, name_of

Numbers = dict[Place, figures.Entry]


@recalled
def form_in_version(version_id: int) -> Form:
    """A form as it was declared in a version."""
    return form_of(FormVersion.objects.get(pk=version_id).body)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: where it stands, whether it is worked out, what is said now, in the period before and before that change."""

    place: Place
    section: str
    label: str
    unit: str
    required: bool
    derived: bool
    now: figures.Entry | None
    typed: str
    before: figures.Entry | None
    explanation: str
    scope: str
    breaches: tuple[Breach, ...] = ()
    value_id: int | None = None

    @property
    def shown(self) -> str:
        """The number as read."""
        return figures.shown(self.now) if self.now else ""

    @property
    def reads(self) -> bool:
        """Whether it was typed otherwise than it is shown, thousands marks apart."""
        return bool(self.typed) and self.typed.replace(",", "") != self.shown.replace(",", "")

    @property
    def shown_before(self) -> str:
        """The number of the period before."""
        return figures.shown(self.before) if self.before else ""

    @property
    def share(self) -> Fraction | None:
        """How much it moved since, in per cent."""
        if self.now is None or self.before is None or not self.before.exact:
            return None
        return (self.now.exact - self.before.exact) / abs(self.before.exact) * 100

    @property
    def moved(self) -> str:
        """+12.5%."""
        share = self.share
        return "" if share is None or not share else f"{float(share):+.1f}%"


def entries_of(return_: Return, number: int | None = None) -> list[Entry]:
    """The entries of a version, the one at work unless told."""
    wanted = return_.number if number is None else number
    return list(Entry.objects.filter(version__of_return=return_, version__number=wanted).order_by("pk"))


def numbers_of(rows: Iterable[Entry]) -> Numbers:
    """Entries as numbers by place."""
    return {Place(one.code, one.cell): figures.Entry(Fraction(one.number, 10**one.scale), one.precision) for one in rows}


def before(return_: Return) -> Numbers:
    """What the unit said for the period before: the version in effect, else the one at work."""
    former = (
        Return.objects.filter(code=return_.code, organisation_id=return_.organisation_id, last__lt=return_.last, number__gt=0)
        .order_by("-last")
        .first()
    )
    return numbers_of(entries_of(former, former.accepted_number or former.number)) if former else {}


def filled_of(return_: Return, rows: Sequence[Entry]) -> Filled:
    """A version as the rules of the form take it."""
    return Filled(
        form_in_version(return_.form_id), definitions(), numbers_of(rows),
        {Place(one.code, one.cell).key: one.explanation for one in rows}, before(return_), return_.about.short_name, return_.as_of,
        {Place(one.code, one.cell).key: one.scope for one in rows if one.scope},
    )  # fmt: skip


def breaches_of(return_: Return, rows: Sequence[Entry]) -> list[Breach]:
    """Everything that speaks against a version: by itself, and beside the returns of others."""
    filled = filled_of(return_, rows)
    return [*breaches(filled), *crossing(return_, filled)]


def lines_of(return_: Return, rows: Sequence[Entry], found: Sequence[Breach] = ()) -> list[Line]:
    """The lines of a return's page, in the order of its form."""
    form, known = form_in_version(return_.form_id), definitions()
    return list(_lines(form, known, {Place(one.code, one.cell): one for one in rows}, before(return_), found))


def _lines(
    form: Form, known: Definitions, rows: Mapping[Place, Entry], former: Numbers, found: Sequence[Breach]
) -> Iterable[Line]:
    derived, numbers = form.derived(known), numbers_of(rows.values())
    for line in form.lines:
        for place in line.places:
            row = rows.get(place)
            yield Line(
                place, line.section, name_of(place, known), known[place.code].unit, line.required and not place.cell,
                place.code in derived, numbers.get(place), row.typed if row else "", former.get(place),
                row.explanation if row else "", (row.scope if row else "") or form.scope_of(place, known),
                tuple(one for one in found if one.at == place.key), row.value_id if row else None,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs between two versions."""

    label: str
    unit: str
    was: str
    became: str


def differences(older: Version, newer: Version) -> list[Change]:
    """What a version changed of the one before it."""
    known = definitions()
    old, new = numbers_of(older.entries.all()), numbers_of(newer.entries.all())
    changed = [place for place in dict.fromkeys((*old, *new)) if old.get(place) != new.get(place)]
    return [
        Change(
            name_of(place, known), known[place.code].unit,
            figures.shown(old[place]) if place in old else "", figures.shown(new[place]) if place in new else "",
        )
        for place in changed
    ]  # fmt: skip


def history_of(return_: Return) -> list[tuple[Version, list[Change]]]:
    """The versions of a return, newest first, each with what it changed of the one before it."""
    versions = list(return_.versions.prefetch_related("entries").order_by("number"))
    changes = [[], *(differences(older, newer) for older, newer in pairwise(versions))]
    return list(zip(versions, changes, strict=True))[::-1] if versions else []
