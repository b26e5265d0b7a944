"""Who may take which step on a demand. Sight is the ledger's (`cases.access`); here is who leads, and who only helps."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.sight import one_of
from songda.ledger.cases import access as cases
from songda.ledger.cases.models import Case, Group, Party
from songda.ledger.cases.states import AT_REST
from songda.registry.actors import Actor

MACHINE = "demand"
BAD_RATING, OBJECTION = "bad-rating", "objection"


def demands_visible_to(actor: Actor) -> QuerySet[Case]:
    """The demands in sight: every case of the demand machine, whatever its kind."""
    return cases.visible_to(actor).filter(machine=MACHINE)


def demand_for(case_id: int, actor: Actor) -> Case:
    """One demand in sight, or NotFound."""
    return _demand(cases.case_for(case_id, actor))


def demand_to_step(case_id: int, name: str, actor: Actor) -> Case:
    """One demand for a step that its permission alone opens (the dispatcher's, the firm's)."""
    return _demand(cases.case_to_step(case_id, name, actor))


def demand_to_lead(case_id: int, name: str, actor: Actor) -> Case:
    """One demand for a step of its handling: by the post that holds it, or a desk of the unit that leads. Supporters only answer."""
    case = demand_to_step(case_id, name, actor)
    if not leads(case, actor):
        raise NotPermitted(
            _("本事项由%(unit)s牵头，您是参与单位。") % {"unit": case.lead}, advice=_("请用“协办答复”回复牵头单位。")
        )
    return case


def leads(case: Case, actor: Actor) -> bool:
    """Whether the actor is accountable for the case now; while nobody leads it, whoever may begin is."""
    if case.lead_id is None or case.holder_id in actor.posts:
        return True
    return case.lead_id == actor.organisation_id and not (actor.assigned_only and case.holder_id is not None)


def party_asked(case: Case, role: str, actor: Actor) -> Party:
    """What the actor's unit (or post) was asked in a case and has not ended; NotFound where it was not asked."""
    asked = Party.objects.filter(case=case, role=role, ended_at=None).select_related("case", "organisation")
    for party in asked:
        if party.post_id in actor.posts or (party.post_id is None and party.organisation_id == actor.organisation_id):
            return party
    raise NotFound(_("本单位没有待答复的请求。"), advice=_("请刷新页面，可能已由同事答复。"))


def group_for(group_id: int, actor: Actor) -> Group:
    """A group of which at least one case is in sight, or NotFound."""
    return one_of(
        Group.objects.filter(pk=group_id, cases__in=cases.visible_to(actor)).distinct(), _("没有这组共性问题，或不在您的辖区内。")
    )


def groups_visible_to(actor: Actor) -> QuerySet[Group]:
    """Groups with a case in sight."""
    return Group.objects.filter(cases__in=cases.visible_to(actor)).distinct()


def _demand(case: Case) -> Case:
    if case.machine != MACHINE:
        raise NotFound(_("这不是企业诉求，请从台账办理。"))
    return case


def at_rest() -> frozenset[str]:
    """The states in which a demand is done with."""
    return AT_REST[MACHINE]
