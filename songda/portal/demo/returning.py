"""Returns 报送 of the demonstration: what units printed in the texts, filed as they would have filed it, and three weeks of invented dailies.

The figures of the texts are taken from the pack by code (returning.yaml says which); each goes from the unit's desk over its lead to the
city's statistician. The returns of 23 March are dated by their text, some days after the demonstration's present. Every daily is invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from importlib.resources import files
from random import Random
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from songda.engines.rules.units import unit as unit_named
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import NotPermitted
from songda.kernel.recall import recalling
from songda.office.indicators.queries import definitions, figures_in_effect
from songda.office.indicators.rules.figures import Figure
from songda.office.indicators.states import Precision
from songda.office.returns import actions
from songda.office.returns.actions import Said
from songda.office.returns.models import Return, Violation
from songda.portal.demo.people import actor
from songda.portal.demo.replay import post_of
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.people.states import Role

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WORDS = {Precision.APPROX.value: "约{}", Precision.AT_LEAST.value: "{}余", Precision.LESS_THAN.value: "近{}"}
DAILY, LABOUR, STREETS = "inspection-daily", "hr-daily", "street-daily"
HR = {"gx-innovation": "gx-hr", "sj-industry": "sj-hr", "eq-statistics": "eq-hr", "410108": "hj-hr"}
APART, SHORT = dt.date(2020, 3, 13), dt.date(2020, 3, 17)  # two departments differ; the streets' sum differs


@dataclass(frozen=True)
class Desk:
    """Who files and decides in the demonstration."""

    statistician: Actor
    by: Actor
    now: dt.datetime
    known: dict[str, tuple[Actor, Actor]] = field(default_factory=dict)

    def posts(self, unit: Organisation) -> tuple[Actor, Actor]:
        """The unit's desk and its lead."""
        if unit.code not in self.known:
            role = Role.STREET_CLERK if unit.kind == Organisation.Kind.STREET else Role.DEPARTMENT_DESK
            filler = post_of(unit, role, self.by, self.now)
            self.known[unit.code] = filler, post_of(unit, Role.DEPARTMENT_LEAD, self.by, self.now)
        return self.known[unit.code]


def returned() -> bool:
    """Whether it was done before."""
    return Return.objects.exclude(received_at=None).exists()


@transaction.atomic
def file_returns(*, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """All of it; how many returns came in. Demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示报送只能在演示环境中填报。"))
    told = declared()
    desk = Desk(actor("statistics", clock.day_of(now)), by, now)
    with recalling():
        actions.expect_returns(now=now)
        for text in told["texts"]:
            _text(text, desk)
        _dailies(told["daily"], desk)
    filed = Return.objects.exclude(received_at=None)
    record("demo.returns", filed.latest("pk"), by=by, now=now, after={"returns": filed.count()})
    return filed.count()


def declared() -> dict[str, Any]:
    """returning.yaml."""
    found: dict[str, Any] = yaml.safe_load(files("songda.portal.demo").joinpath("returning.yaml").read_text(encoding="utf-8"))
    return found


def _text(text: Mapping[str, Any], desk: Desk) -> None:
    """One unit's return of what a text prints, at the hour given."""
    at = dt.datetime.fromisoformat(text["at"]).replace(tzinfo=clock.place())
    actions.expect_returns(now=at, codes=[text["form"]])
    known = figures_in_effect()
    said = {code: Said(typed(known[figure], code), scope=known[figure].scope) for code, figure in text["figures"].items()}
    for one in Return.objects.filter(code=text["form"]).select_related("organisation"):
        _file(one, said, at, desk)


def typed(figure: Figure, code: str) -> str:
    """A printed figure as its unit would type it, in the indicator's own unit: 约6000, 3200余, 32000 (万元)."""
    number, wanted = figure.exact, definitions()[code].unit
    if figure.unit != wanted and figure.base_value is not None:
        known = unit_named(wanted)
        number = Fraction(figure.base_value) / (known.factor if known else 1)
    return WORDS.get(figure.precision, "{}").format(plain(number))


def plain(number: Fraction) -> str:
    """A decimal without marks."""
    return str(number) if number.denominator == 1 else f"{float(number):.6f}".rstrip("0")


def _file(one: Return, said: Mapping[str, Said], at: dt.datetime, desk: Desk, *, far: str = "accepted") -> Return:
    """From the draft as far as told."""
    filler, lead = desk.posts(one.organisation)
    actions.save_draft(one.pk, said, by=filler, now=at)
    actions.submit_return(one.pk, by=filler, now=at + HOUR / 6)
    if far == "submitted":
        return one
    actions.approve_return(one.pk, by=lead, now=at + HOUR / 2)
    if far == "accepted":
        actions.accept_return(one.pk, by=desk.statistician, now=at + HOUR)
    return one


def _dailies(told: Mapping[str, Any], desk: Desk) -> None:
    """Day by day: the labour bureaux and streets at noon, the districts in the afternoon; late, missing, jumping ones as declared."""
    rng = Random(told["seed"])
    due = Return.objects.filter(code=DAILY, due_at__lt=desk.now).select_related("organisation")
    for turn, day in enumerate(sorted(set(due.values_list("last", flat=True)))):
        for one in due.filter(last=day).order_by("area_path", "pk"):
            _daily(one, _numbers(one, turn, told, rng), told, desk)
    _afterwards(told, desk)


def _numbers(one: Return, turn: int, told: Mapping[str, Any], rng: Random) -> dict[str, int]:
    size, mark = told["sizes"][one.organisation.code], key(one)
    jumper, _sign, since = told["jump"].partition(" ")
    due = (size * 27 // 20 if mark.startswith(jumper) and str(one.last) >= since else size) + turn * 3
    present = min(due * (58 + 2 * turn) // 100 + rng.randrange(40), due - 5)
    checked = size // 150 + rng.randrange(12)
    mending = 0 if mark == told["full"] else 1 + rng.randrange(4)
    masks = size * 6 + rng.randrange(2000)
    return {"checked": checked, "mending": mending, "due": due, "present": present, "masks": masks}


def key(one: Return) -> str:
    """How the file calls a return: 410102 2020-03-04."""
    return f"{one.organisation.code} {one.last}"


def _daily(one: Return, numbers: Mapping[str, int], told: Mapping[str, Any], desk: Desk) -> None:
    mark, present = key(one), numbers["present"]
    _others(one, present, desk)
    if mark in told["missing"]:
        return
    at = one.due_at + HOUR / 3 if mark in told["late"] else one.due_at - HOUR - HOUR / 60 * (present % 60)
    why = _("（演示）新纳入一批已复工的小微企业，应到岗人数相应增加。") if mark == told["jump"] else ""
    said = {
        "firms-checked": Said(f"{numbers['checked']}"),
        "firms-checked-sound": Said(f"{numbers['checked'] - numbers['mending']}"),
        "firms-checked-mending": Said(f"{numbers['mending']}"),
        "declared-labour-due": Said(f"{numbers['due']:,}", why),
        "declared-workers": Said(f"{present * 2 if mark == told['corrected'] else present:,}"),
        "masks-on-hand": Said(f"约{plain(Fraction(round(numbers['masks'], -3), 10_000))}万"),
    }
    _file(one, said, at, desk, far="submitted" if mark in told["waiting"] else "accepted")


def _others(one: Return, present: int, desk: Desk) -> None:
    """What the labour bureau and the streets say of the same day."""
    bureau = Return.objects.filter(code=LABOUR, last=one.last, organisation__code=HR.get(one.organisation.code, ""))
    for other in bureau.select_related("organisation"):
        apart = 60 if one.last == APART and one.organisation.code == "eq-statistics" else 0
        _file(other, {"declared-workers": Said(f"{present - apart}")}, one.due_at - 3 * HOUR, desk)
    streets = Return.objects.filter(code=STREETS, last=one.last, about__parent_id=one.about_id).select_related("organisation")
    rows = list(streets.order_by("pk"))
    for other, part in zip(rows, _shared(present - (35 if one.last == SHORT else 0), len(rows)), strict=True):
        said = {"declared-workers": Said(f"{part}"), "declared-labour-due": Said(f"{part + part // 8 + 1}")}
        _file(other, said, other.due_at - HOUR, desk)


def _shared(whole: int, count: int) -> Sequence[int]:
    return [whole // count + (place < whole % count) for place in range(count)] if count else []


def _afterwards(told: Mapping[str, Any], desk: Desk) -> None:
    """One correction, one violation waived, one return sent back, one marked suspect."""
    by_key = {key(one): one for one in Return.objects.filter(code=DAILY).select_related("organisation")}
    wrong = by_key[told["corrected"]]
    filler, _lead = desk.posts(wrong.organisation)
    at = wrong.due_at + 16 * HOUR
    actions.correct_return(wrong.pk, _("（演示）到岗人数多计了劳务派遣人员"), by=filler, now=at)
    rows = {one.code: one for one in wrong.versions.get(number=2).entries.all()}
    said = {code: Said(one.typed, one.explanation) for code, one in rows.items()}
    said["declared-workers"] = replace(said["declared-workers"], number=str(rows["declared-workers"].number // 2))
    _file(wrong, said, at, desk)
    for one in Violation.objects.filter(of_return=by_key[told["full"]], rule__startswith="full_100"):
        why = _("（演示）已抽查三户，检查记录齐全。")
        actions.waive_violation(one.pk, why, by=desk.statistician, now=one.opened_at + 3 * HOUR)
    back = by_key[told["waiting"][0]]
    _filler, lead = desk.posts(back.organisation)
    actions.send_back(back.pk, _("（演示）口罩库存与昨日相差较大，请核对。"), by=lead, now=back.due_at + HOUR)
    doubted = by_key[told["late"][0]]
    actions.mark_suspect(doubted.pk, _("（演示）与供电数据走势不一致，待核。"), by=desk.statistician, now=doubted.due_at + DAY)
