"""The pack's own indicators and templates, a district with its bureaux and posts, and values as units returned them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction

from songda.kernel import clock
from songda.office.bulletins import actions, packs
from songda.office.bulletins.actions import NewPiece
from songda.office.bulletins.models import Piece
from songda.office.indicators import packs as indicators
from songda.office.indicators.actions import NewValue, record_value
from songda.office.indicators.models import Value
from songda.registry.actors import Actor, system
from songda.registry.organisations.models import Organisation
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import hire, place

PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"
NOW = dt.datetime(2020, 3, 17, 1, 0, tzinfo=dt.UTC)
AS_OF = dt.datetime(2020, 3, 16, 15, 59, tzinfo=dt.UTC)  # the end of 16 March in the place
WHY = "应复工人数按节前在册统计，节后新开工项目的工人只计入当前复工人数。"
FIGURES = {  # by indicator, the printed figure of 惠济区's text that it is
    "construction-projects-resumed": "hj-project-182", "workers-due-to-resume": "hj-should-8084", "project-workers-resumed": "hj-now-17075",
    "firms-helped-cumulative": "hj-helped-24", "matters-resolved": "hj-matters-27", "workers-helped": "hj-labour-100",
    "masks-for-projects": "hj-mask-6000", "disinfectant-for-projects": "hj-disinfectant-700", "wage-deposit-deferred": "hj-deposit-345",
    "financing-demand-reported": "hj-finance-9600", "markets-resumed": "hj-markets-16", "merchants-resumed": "hj-merchants-4007",
    "market-jobs": "hj-market-jobs-10809", "market-issues-resolved": "hj-issues-106",
    "disinfectant-for-markets": "hj-market-disinfectant-12t", "vegetables-supplied": "hj-veg-300", "eggs-supplied": "hj-egg-50",
    "daily-turnover": "hj-turnover-1yi",
}  # fmt: skip
FACTORS = {("吨", "公斤"): 1000, ("亿元", "万元"): 10_000}
MARKETS = ("markets-resumed", "merchants-resumed", "market-jobs", "market-issues-resolved", "disinfectant-for-markets")
MARKETS += ("vegetables-supplied", "eggs-supplied", "daily-turnover")


@dataclass(frozen=True)
class Ground:
    """The district with its two bureaux, and who works there."""

    area: Organisation
    bureau: Organisation
    markets: Organisation
    writer: Actor  # the bureau's head: writes, approves returns
    correspondent: Actor
    leader: Actor
    journalist: Actor
    statistician: Actor
    stranger: Actor  # the head of a bureau of another district

    def tell(self, code: str, number: str, *, reason: str = "", now: dt.datetime = NOW, **more: Any) -> Value:
        """A value as a unit returned it."""
        unit = self.markets if code in MARKETS else self.bureau
        kept = {"organisation_id": unit.pk, "as_of": AS_OF, "source": unit.name, "scope": "全区建设工程", "reference": "return:1"}
        return record_value(
            NewValue(code=code, number=Fraction(number), **(kept | more)), by=self.statistician, now=now, reason=reason
        )

    def draft(self, template: str = "hj-projects", *, by: Actor | None = None, as_of: dt.datetime = AS_OF) -> Piece:
        """A piece drafted by the writer."""
        return actions.draft_piece(NewPiece(template, self.area.pk, as_of), by=by or self.writer, now=NOW)


@lru_cache(maxsize=1)
def declared() -> tuple[list[Any], list[Any]]:
    """The indicators and templates of the pack."""

    def read(file: Path) -> Any:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    return read(PACK / "indicators.yaml")["indicators"], [read(file) for file in sorted((PACK / "bulletins").glob("*.yaml"))]


def printed() -> dict[str, tuple[str, str]]:
    """What the text prints, from the pack's figure file: by indicator, the number in the indicator's unit and how exact it is."""
    file = yaml.load((PACK / "figures" / "hj-news.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    figures = {one["code"]: one for one in file["figures"]}
    units = {one["code"]: one["unit"] for one in declared()[0]}
    found = {}
    for code, name in FIGURES.items():
        one = figures[name]
        number = Fraction(one["value"]) * FACTORS.get((one["unit"], units[code]), 1)
        found[code] = (str(number), one.get("precision", "exact"))
    return found


@transaction.atomic
def lay(*, explained: bool = True) -> Ground:
    """Everything, with the figures of 惠济区's text returned."""
    by = system()
    measures, templates = declared()
    indicators.load_indicators(measures, by=by, now=NOW)
    packs.load(templates, by=by, now=NOW)
    city = place("410100", "郑州市", "city", None, "4101")
    area = place("410108", "惠济区", "district", city, "08")
    bureau = place("hj-construction", "惠济区住房和城乡建设局", "department", area)
    markets = place("hj-markets", "惠济市场分中心", "department", area)
    other = place("410103", "二七区", "district", city, "03")
    ground = Ground(
        area, bureau, markets, writer=hire(Role.DEPARTMENT_LEAD, at=bureau), correspondent=hire(Role.CORRESPONDENT, at=bureau),
        leader=hire(Role.LEADER, at=area), journalist=hire(Role.JOURNALIST, at=city), statistician=hire(Role.STATISTICIAN, at=area),
        stranger=hire(Role.DEPARTMENT_LEAD, at=other, name="示例外区负责人"),
    )  # fmt: skip
    for code, (number, precision) in printed().items():
        since = {"since": dt.date(2020, 1, 25)} if code == "matters-resolved" else {}
        ground.tell(code, number, precision=precision, **since)
    why = {"explanation": WHY} if explained else {}
    ground.tell("worker-resumption-ratio", "211.22", numerator=17075, denominator=8084, **why)
    return ground


@pytest.fixture
def ground(db: None, settings: Any, tmp_path: Path) -> Ground:
    """The ground, fresh; prints go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    assert clock.place()
    return lay()
