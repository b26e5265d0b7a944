"""A small board of firms and measures with the table somebody filled in by hand. Invented throughout."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from songda.deliveries.policy.library.models import Measure, MeasureVersion
from songda.engines.rules.facts import Day
from songda.registry.facts.actions import take_snapshot
from songda.registry.facts.models import Snapshot
from songda.registry.facts.tests import cast as facts
from songda.registry.people.tests.cast import DAY, NOW, Cast, firm
from songda.registry.rulebook.actions import draft_rule
from songda.registry.subjects.models import Subject

EARLIER = NOW - dt.timedelta(days=1)
TOLD = "2020-03-01"
RULES = {
    "small": ("企业规模 属于 {小型；微型}", ""),
    "staff": ("用工人数 ≥ 50人 且 规模以上", "营业收入 × 1% 上限 5万元"),
    "either": ("用工人数 ≥ 300人 或 企业规模 属于 {大型}", ""),
    "maker": ("行业 属于 {制造业}", ""),
}
FIRMS = {
    "one": {"size": "小型", "headcount": "60人", "above_scale": "是", "revenue": "800万元", "industry": "3711"},
    "two": {"size": "大型", "headcount": "20人", "above_scale": "否", "industry": "65"},
    "three": {"headcount": "60人", "industry": "37"},
    "four": {"size": "微型", "headcount": "50人", "above_scale": "是"},
}
# Filled in by hand from the rules and the facts above; 待 for 待核.
TABLE = {
    "small": {"one": "是", "two": "否", "three": "待", "four": "是"},
    "staff": {"one": "是", "two": "否", "three": "待", "four": "是"},
    "either": {"one": "否", "two": "是", "three": "待", "four": "否"},
    "maker": {"one": "是", "two": "否", "three": "是", "four": "待"},
}
FEN = {("staff", "one"): 5_000_000}  # 1% of 800万元 is 8万元, cut at 5万元; four's revenue is not known


@dataclass(frozen=True)
class Board:
    """The firms and versions by their names in the table."""

    cast: Cast
    firms: dict[str, Subject]
    versions: dict[str, MeasureVersion]

    def name_of(self, subject_id: int) -> str:
        return next(name for name, one in self.firms.items() if one.pk == subject_id)

    def snapshot(self, now: dt.datetime = NOW, on: Day = DAY) -> Snapshot:
        return take_snapshot(as_of=on, known_at=now)


def measure(code: str, text: str, amount_text: str = "", area_path: str = "", state: str = "published") -> MeasureVersion:
    """A measure in force. The library's own steps are tested there."""
    rule = draft_rule(f"rule-{code}", title=code, text=text, amount_text=amount_text, cases=(), by=_editor(), now=NOW)
    return MeasureVersion.objects.create(
        measure=Measure.objects.create(code=code, demonstration=True), number=1, title=f"示例措施{code}", kind="fund",
        benefit="示例", area_path=area_path, rule_version=rule, state=state, drafted_at=NOW, closes_on=dt.date(2020, 4, 30),
    )  # fmt: skip


def tell(subject: Subject, code: str, text: str, now: dt.datetime = EARLIER) -> None:
    facts.tell(subject, code, text, TOLD, now=now)


def _editor():
    from songda.registry.organisations.models import Organisation
    from songda.registry.people.states import Role
    from songda.registry.people.tests.cast import hire

    return hire(Role.POLICY_EDITOR, at=Organisation.objects.get(code="zone-a"))


@pytest.fixture
def board(cast, settings, tmp_path) -> Board:
    settings.MEDIA_ROOT = tmp_path
    facts.catalogue()
    firms = {name: firm(f"示例企业{name}", cast.street_office, f"T{name}") for name in FIRMS}
    for name, values in FIRMS.items():
        for code, text in values.items():
            tell(firms[name], code, text)
    return Board(cast, firms, {code: measure(code, *texts, area_path="4101/03/") for code, texts in RULES.items()})
