"""What routing suggests for demands: lead, support, holder and why. A fixed number of queries for a page of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from songda.deliveries.service.demands.rules import routing
from songda.deliveries.service.demands.rules.routing import AREAS, CATEGORIES, CHANNELS, Choice
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.facts import Datum, Plain
from songda.kernel.paths import heads
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries import spec_of
from songda.registry.codes import queries as codes
from songda.registry.facts import queries as facts
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.rules import TERRITORIES
from songda.registry.people import queries as people
from songda.registry.people.models import Assignment, Post
from songda.registry.people.states import Role

LISTS = frozenset({CATEGORIES, CHANNELS, AREAS})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where a demand should go. `lead` None: nobody could be found, a person chooses. `rule` is the place of the rule (0: none)."""

    lead: Organisation | None
    holder: Post | None
    support: tuple[Organisation, ...]
    reason: str
    rule: int = 0


def suggest(case: Case, *, on: dt.date) -> Suggestion:
    """The suggestion for one demand."""
    return suggestions([case], on=on)[case.pk]


def suggestions(cases: Sequence[Case], *, on: dt.date) -> dict[int, Suggestion]:
    """Suggestions by case id. Only kinds whose rules look at the firm's facts cost queries a case."""
    catalogue = names()
    ground = _ground(cases, on)
    return {case.pk: ground.suggestion(case, _choice(case, ground, catalogue, on)) for case in cases}


def names() -> Catalogue:
    """What routing rules may speak of here: the same object until a catalogue or a dictionary changes."""
    digests = codes.edition_digests(set(LISTS))
    return _names(facts.catalogue(), tuple(sorted(digests.items())))


@lru_cache(maxsize=16)
def _names(subject: Catalogue, digests: tuple[tuple[str, str], ...]) -> Catalogue:
    return routing.case_catalogue(subject, codes.code_lists({code for code, _digest in digests}))


def _choice(case: Case, ground: _Ground, catalogue: Catalogue, on: dt.date) -> Choice:
    routes = spec_of(case.kind).routes
    given: dict[str, Plain | None] = {
        "case_category": case.category or None,
        "case_difficulty": case.difficulty,
        "case_channel": case.channel or None,
        "case_origin": case.origin,
        "case_urgent": case.urgent,
        "case_area": ground.area_of(case, catalogue),
    }
    known = {code: Datum(value) for code, value in given.items() if value is not None}
    if case.subject_id is not None and routing.facts_wanted(routes, catalogue):
        known |= facts.facts_of(case.subject_id, on=on)
    return routing.choose(routes, known, on=on, catalogue=catalogue)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What suggestions stand on, fetched once for all cases."""

    units: Mapping[str, Organisation]
    places: Mapping[str, Organisation]
    officers: Mapping[int, Post]
    present: Mapping[int, Post | None]
    desks: Mapping[str, Organisation]

    def area_of(self, case: Case, catalogue: Catalogue) -> str | None:
        """The smallest area of the case that the dictionary of areas knows."""
        known = catalogue.code_lists[AREAS].names if AREAS in catalogue.code_lists else {}
        found = (self.places[path].code for path in prefixes(case.area_path) if path in self.places)
        return next((code for code in found if code in known), None)

    def suggestion(self, case: Case, choice: Choice) -> Suggestion:
        """A choice in units and posts; where the chosen is not to be had, the next of officer, street, desk."""
        wanted = choice.route.lead if choice.route else ""
        reasons = [choice.reason] if choice.route or choice.doubtful else [_("没有分办规则适用。")]
        if choice.doubtful:
            places = "、".join(str(place) for place in choice.doubtful)
            reasons.append(_("第 %(places)s 条待核（缺少数据），未采用。") % {"places": places})
        support = tuple(self.units[code] for code in (choice.route.support if choice.route else ()) if code in self.units)
        if wanted in self.units:
            return Suggestion(self.units[wanted], None, support, " ".join(reasons), choice.place)
        for kind in dict.fromkeys([wanted, *routing.PLACES] if wanted in routing.PLACES else routing.PLACES):
            lead, holder, said = self._nearest(kind, case)
            if lead is not None:
                return Suggestion(lead, holder, support, " ".join([*reasons, said]), choice.place)
        return Suggestion(None, None, support, " ".join([*reasons, _("请人工选择承办单位。")]))

    def _nearest(self, kind: str, case: Case) -> tuple[Organisation | None, Post | None, str]:
        if kind == "officer":
            officer = self.officers.get(case.subject_id or 0)
            holder = self.present.get(officer.pk) if officer else None
            away = _("（包联干部请假，由代理人接办）") if officer and holder and holder.pk != officer.pk else ""
            return (holder.organisation if holder else None), holder, _("交企业的包联干部。") + away
        if kind == "street":
            home = case.subject.home if case.subject is not None else None
            return home, None, _("交企业所在街道（辖区）。")
        found = (self.desks[path] for path in prefixes(case.area_path) if path in self.desks)
        return next(found, None), None, _("交服务专班。")


def _ground(cases: Sequence[Case], on: dt.date) -> _Ground:
    paths = {path for case in cases for path in prefixes(case.area_path)}
    kinds = {case.kind_id: case.kind for case in cases}
    wanted = {code for kind in kinds.values() for route in spec_of(kind).routes for code in (route.lead, *route.support)}
    units = {one.code: one for one in Organisation.objects.filter(code__in=wanted, ends_on=None)}
    places = {one.area_path: one for one in Organisation.objects.filter(area_path__in=paths, kind__in=TERRITORIES)}
    assigned = Assignment.objects.filter(subject__in={case.subject_id for case in cases} - {None}, ends_on=None)
    officers = {one.subject_id: one.post for one in assigned.select_related("post__organisation", "post__person")}
    desks = Post.objects.filter(organisation__area_path__in=paths, role=Role.DISPATCHER, ends_on=None)
    found = desks.select_related("organisation").order_by("-pk")
    return _Ground(
        units=units,
        places=places,
        officers=officers,
        present=people.stand_ins(officers.values(), on),
        desks={one.organisation.area_path: one.organisation for one in found if one.organisation is not None},
    )


def prefixes(path: str) -> list[str]:
    """The paths of all areas that hold a path, the nearest first."""
    return heads(path)[::-1]
