"""Routing 分办: the first route of a kind whose rule holds for the case and its subject.

Rules see the names of the subject catalogue and those of the case (`NAMES`). A route whose rule is 待核 is passed over, and said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.engines.rules.facts import Facts
from songda.engines.rules.judge import Prepared, prepare
from songda.engines.rules.kleene import UNKNOWN, YES
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.walk import names_of
from songda.kernel.words import gettext as _
from songda.ledger.cases.rules.kinds import Route

CATEGORIES, CHANNELS, AREAS = "difficulty-kinds", "demand-channels", "areas"
DIFFICULTIES = CodeList("case-difficulties", {"consult": "咨询", "ordinary": "一般", "hard": "疑难", "joint": "多部门"})
ORIGINS = CodeList("case-origins", {"firm": "企业提出", "officer": "干部发现", "signal": "数据发现", "meeting": "会议交办"})
NAMES = (
    FactKind("case_category", "问题分类", Kind.CODE, code_list=CATEGORIES),
    FactKind("case_difficulty", "诉求难度", Kind.CODE, code_list=DIFFICULTIES.code),
    FactKind("case_channel", "诉求渠道", Kind.CODE, code_list=CHANNELS),
    FactKind("case_origin", "诉求来源", Kind.CODE, code_list=ORIGINS.code),
    FactKind("case_urgent", "紧急诉求", Kind.BOOL),
    FactKind("case_area", "所在辖区", Kind.CODE, code_list=AREAS),
)
OWN = frozenset(one.code for one in NAMES)
PLACES = ("officer", "street", "desk")  # leads that are no code: 包联干部, 所在街道, 服务专班


@dataclass(frozen=True, slots=True)
class Choice:
    """The route that holds and its place (from 1); None and 0 where none does. `doubtful`: places of routes that are 待核."""

    route: Route | None = None
    place: int = 0
    doubtful: tuple[int, ...] = ()

    @property
    def reason(self) -> str:
        """Why, as it is shown and kept: 按规则第3条：…"""
        if self.route is None:
            return _("没有分办规则适用。")
        said = self.route.reason or self.route.rule or _("默认")
        return _("按规则第 %(n)d 条：%(said)s") % {"n": self.place, "said": said}


def case_catalogue(subject: Catalogue, lists: Mapping[str, CodeList]) -> Catalogue:
    """The names a routing rule may use: those of subjects, and of the case itself."""
    known = {**subject.code_lists, **lists, DIFFICULTIES.code: DIFFICULTIES, ORIGINS.code: ORIGINS}
    own = [one for one in NAMES if not one.code_list or one.code_list in known]
    return Catalogue.of((*own, *subject.facts), known.values(), "case")


def choose(routes: Sequence[Route], facts: Facts, *, on: dt.date, catalogue: Catalogue) -> Choice:
    """The first route whose rule is 是 for these facts. A route without a rule always holds."""
    doubtful: list[int] = []
    for place, route in enumerate(routes, 1):
        prepared = _prepared(route.rule, catalogue) if route.rule else None
        answer = prepared.answer(facts, on=on) if prepared else UNKNOWN if route.rule else YES
        if answer is YES:
            return Choice(route, place, tuple(doubtful))
        if answer is UNKNOWN:
            doubtful.append(place)
    return Choice(doubtful=tuple(doubtful))


@lru_cache(maxsize=1024)
def _prepared(text: str, catalogue: Catalogue) -> Prepared | None:
    """A rule made ready; None where the catalogue has lost a name it speaks of (then it is 待核, and the desk goes on)."""
    try:
        return prepare(parse_condition(text, catalogue), catalogue)
    except RuleError:
        return None


@lru_cache(maxsize=256)
def facts_wanted(routes: tuple[Route, ...], catalogue: Catalogue) -> frozenset[str]:
    """The subject's facts that these routes look at, by code."""
    texts = (route.rule for route in routes if route.rule and _prepared(route.rule, catalogue))
    return frozenset(name for text in texts for name in names_of(parse_condition(text, catalogue))) - OWN


def route_faults(routes: Sequence[Route], catalogue: Catalogue, organisations: frozenset[str]) -> list[str]:
    """What is wrong with the routes of a kind, as sentences; for the check of a pack."""
    faults = []
    for place, route in enumerate(routes, 1):
        at = _("第 %(n)d 条分办规则：") % {"n": place}
        units = [*route.support, *(() if route.lead in PLACES else (route.lead,))]
        faults += [at + _("没有机构 %(code)s。") % {"code": code} for code in units if code not in organisations]
        try:
            parse_condition(route.rule, catalogue) if route.rule else None
        except RuleError as error:
            faults.append(f"{at}{error}")
    return faults
