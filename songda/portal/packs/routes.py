"""Routes of a pack's kinds 分办规则: their rules parse, and their units exist."""

from __future__ import annotations

from collections.abc import Iterator

from songda.deliveries.service.demands.rules.routing import case_catalogue, route_faults
from songda.engines.rules.catalogue import Catalogue
from songda.ledger.cases.rules.kinds import Route
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack
from songda.portal.packs.references import lists_of


def route_problems(pack: Pack, subject: Catalogue) -> Iterator[PackProblem]:
    """What is wrong with the routes of any kind."""
    names = case_catalogue(subject, lists_of(pack))
    units = frozenset(item["code"] for _, _, item in pack.items("organisations", "organisations"))
    for sheet in pack.of("kind"):
        routes = [Route(one.get("rule", ""), one["lead"], tuple(one.get("support", ()))) for one in sheet.data.get("routes", ())]
        for fault in route_faults(routes, names, units):
            yield sheet.problem(("routes",), fault)
