"""All addresses, assembled from the rooms."""

from __future__ import annotations

from django.urls import include, path

ROOMS = (
    ("", "songda.portal.watching"),
    ("", "songda.portal.opening"),
    ("", "songda.portal.home"),
    ("", "songda.portal.firm"),
    ("", "songda.portal.languages"),
    ("administration/", "songda.portal.administration"),
    ("api/", "songda.portal.api"),
    ("", "songda.kernel.audit"),
    ("", "songda.registry.organisations"),
    ("", "songda.registry.people"),
    ("", "songda.registry.identities"),
    ("", "songda.registry.subjects"),
    ("", "songda.registry.places"),
    ("", "songda.registry.facts"),
    ("", "songda.registry.codes"),
    ("", "songda.registry.intake"),
    ("tokens/", "songda.registry.programs"),
    ("rules/", "songda.registry.rulebook"),
    ("policy/", "songda.deliveries.policy.library"),
    ("", "songda.deliveries.policy.matching"),
    ("", "songda.deliveries.policy.push"),
    ("policy/compendium/", "songda.deliveries.policy.compendium"),
    ("policy/plans/", "songda.deliveries.policy.plans"),
    ("policy/guides/", "songda.deliveries.policy.guides"),
    ("policy/receipts/", "songda.deliveries.policy.receipts"),
    ("policy/watch/", "songda.deliveries.policy.watch"),
    ("policy/briefings/", "songda.deliveries.policy.briefings"),
    ("demands/", "songda.deliveries.service.demands"),
    ("visits/", "songda.deliveries.service.visits"),
    ("helping/", "songda.deliveries.service.helping"),
    ("markets/", "songda.deliveries.service.markets"),
    ("figures/", "songda.office.indicators"),
    ("resumption/", "songda.office.resumption"),
    ("returns/", "songda.office.returns"),
    ("economy/", "songda.office.economy"),
    ("bulletins/", "songda.office.bulletins"),
    ("", "songda.ledger.evidence"),
    ("", "songda.ledger.notices"),
    ("cases/", "songda.ledger.cases"),
    ("papers/", "songda.ledger.papers"),
    ("mirrors/", "songda.ledger.mirrors"),
    ("alarms/", "songda.ledger.alarms"),
    ("", "songda.office.dispatch"),
    ("retention/", "songda.office.retention"),
)
urlpatterns = [path(prefix, include(f"{room}.urls")) for prefix, room in ROOMS]

handler400 = "songda.portal.faults.bad_request"
handler403 = "songda.portal.faults.forbidden"
handler404 = "songda.portal.faults.not_found"
handler500 = "songda.portal.faults.broken"
