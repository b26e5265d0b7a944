"""The source over the register 主体名录: each subject in exactly one cell of scale by sector (CMD-16), on any day.

One reading serves count, rows and cube, so that they cannot differ: kind and place from the register, scale and industry from the facts
in force on the day (from the register's own columns where there is no fact).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from songda.engines.rules.days import EPOCH
from songda.kernel.clock import day_of
from songda.kernel.paths import within
from songda.kernel.recall import recalled
from songda.office.indicators.rules.cells import cell_of
from songda.office.indicators.rules.sources import Flow, Line, RowsBehind, Where
from songda.registry.actors import Actor
from songda.registry.facts.models import FactDefinition
from songda.registry.facts.queries import Reach, held
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

SCALE, TRADE = "above_scale", "industry"
HEAD = (_("主体"), _("统一社会信用代码或编号"), _("所在辖区"), _("行业代码"))
Said = bool | str | None
Change = tuple[dt.date, Said]


@dataclass(frozen=True, slots=True)
class Known:
    """A subject as the register has it: since when (None: from the start), and what was said of its scale and industry, by day."""

    pk: int
    kind: str
    area_path: str
    since: dt.date | None
    scales: tuple[Change, ...]
    trades: tuple[Change, ...]

    def cell_on(self, day: dt.date) -> str:
        """Its cell on a day."""
        above, trade = _last(self.scales, day), _last(self.trades, day)
        return cell_of(self.kind, str(trade or ""), above_scale=above if isinstance(above, bool) else None)

    def course(self, first: dt.date) -> Iterator[tuple[dt.date | None, str]]:
        """Its cells, each with the day from which it is in it; None for what stood before `first`."""
        begun = self.since or first - dt.timedelta(days=1)
        cell = self.cell_on(begun)
        yield None if begun < first else begun, cell
        for day in sorted({day for day, _value in (*self.scales, *self.trades) if day > begun}):
            if (new := self.cell_on(day)) != cell:
                cell = new
                yield None if day < first else day, cell


@recalled
def said(area_path: str, until: dt.date) -> tuple[dict[int, tuple[Change, ...]], dict[int, tuple[Change, ...]]]:
    """What facts say of scale and of industry, by subject and day."""
    keys = dict(FactDefinition.objects.filter(code__in=(SCALE, TRADE), context="subject").values_list("code", "pk"))
    if len(keys) < 2:
        return {}, {}
    known = held(Reach(area_path, None, set(keys.values())), until=until)
    words = {place: word for word, place in known.vocabulary.items()}
    scale, trade = known.of(keys[SCALE]), known.of(keys[TRADE])
    scales = _by_subject(scale.subjects.tolist(), scale.days.tolist(), [bool(one) for one in scale.nums.tolist()])
    return scales, _by_subject(trade.subjects.tolist(), trade.days.tolist(), [words.get(one, "") for one in trade.texts.tolist()])


def _always(value: Said) -> tuple[Change, ...]:
    return ((dt.date.min, value),)


def _by_subject(subjects: list[int], days: list[int], values: Sequence[Said]) -> dict[int, tuple[Change, ...]]:
    found: dict[int, tuple[Change, ...]] = {}
    for subject, day, value in zip(subjects, days, values, strict=True):
        found[subject] = (*found.get(subject, ()), (EPOCH + dt.timedelta(days=day), value))
    return found


def _last(changes: tuple[Change, ...], day: dt.date) -> bool | str | None:
    return next((value for since, value in reversed(changes) if since <= day), None)


@dataclass(frozen=True, slots=True)
class Register:
    """The subjects of one kind: what counts firms is another source than what counts projects (Appendix G 3 of the mission)."""

    kind: str

    def cube(self, first: dt.date, last: dt.date) -> Iterator[Flow]:
        """Who enters and leaves which cell on which day."""
        flows: Counter[tuple[dt.date | None, str, str]] = Counter()
        for one in self._registered("", last):
            old = ""
            for day, cell in one.course(first):
                if old:
                    flows[day, one.area_path, old] -= 1
                flows[day, one.area_path, cell] += 1
                old = cell
        return ((day, path, (cell,), number) for (day, path, cell), number in flows.items() if number)

    def count(self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime) -> int:
        """How many; a stock, `since` says nothing of it."""
        del since
        return len(self._taken(where, area_path, day_of(as_of)))

    def behind(
        self, where: Where, area_path: str, *, since: dt.date | None, as_of: dt.datetime, actor: Actor | None
    ) -> RowsBehind:
        """The subjects behind a number, by the pinyin of their names; those the actor sees."""
        del since
        found = self._taken(where, area_path, day_of(as_of))
        if actor is None:
            return RowsBehind(HEAD, found, len(found), as_key)
        kept = set(found) & set(visible_to(actor).filter(within([area_path]), kind=self.kind).values_list("pk", flat=True))
        named = (
            Subject.objects.filter(within([area_path]), kind=self.kind).order_by("name_key", "pk").values_list("pk", flat=True)
        )
        ordered = [pk for pk in named if pk in kept]
        return RowsBehind(HEAD, ordered, len(ordered), whole=lines)

    def by_place(self, area_path: str, day: dt.date) -> Counter[tuple[str, str]]:
        """How many by path and cell on a day, in one reading."""
        return Counter((one.area_path, one.cell_on(day)) for one in self._registered(area_path, day))

    def _taken(self, where: Where, area_path: str, day: dt.date) -> list[int]:
        cells = where.get("cell")
        found = self._registered(area_path, day)
        return [one.pk for one in found if cells is None or one.cell_on(day) in cells]

    def _registered(self, area_path: str, until: dt.date) -> Iterator[Known]:
        """Those of an area that stand for themselves and are not closed, with what was valid by a day."""
        rows = Subject.objects.filter(within([area_path]), kind=self.kind, merged_into=None).exclude(status=Subject.Status.CLOSED)
        scales, trades = said(area_path, until)  # one reading for all kinds within a page or a run
        columns = ("pk", "area_path", "registered_at", "above_scale", "industry")
        for pk, path, at, above, trade in rows.order_by("pk").values_list(*columns).iterator(chunk_size=5000):
            since = day_of(at) if at else None
            if since is None or since <= until:
                always = dt.date.min
                yield Known(pk, self.kind, path, since, scales.get(pk, ((always, above),)), trades.get(pk, ((always, trade),)))


def lines(keys: Sequence[int]) -> list[Line]:
    """Subjects by their keys: page, name, number, place, industry."""
    found = Subject.objects.select_related("home").in_bulk(list(keys))
    return [
        (reverse("firm:firm", args=[pk]), one.name, one.uscc or one.local_number or "", one.home.short_name, one.industry)
        for pk in keys
        if (one := found.get(pk)) is not None
    ]


def as_key(pk: int) -> Line:
    """A subject by its key alone."""
    return (str(pk),)


ENTERPRISES, PROJECTS, MARKETS, MERCHANTS = map(Register, ("enterprise", "project", "market", "merchant"))
