"""Handing over 移交 and support 协办: the other side answers, and until it has, nothing moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.stepping import must_note, plus, refuse, take
from songda.kernel.errors import Invalid
from songda.ledger.cases.actions import Said, answer_party, ask_party, ask_take_over, take_over
from songda.ledger.cases.models import CaseStep, Party
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post


def hand_over(
    case_id: int, organisation_id: int, said: Said, *, by: Actor, now: dt.datetime, post_id: int | None = None
) -> CaseStep:
    """Ask another unit, or one post of it, to take the case over. It stays where it is until that one accepts."""
    case = access.demand_to_lead(case_id, "hand_over", by)
    must_note(said, _("移交须说明原因。"))
    unit = unit_near(case.area_path, organisation_id)
    post = Post.objects.filter(pk=post_id, organisation=unit, ends_on=None).first() if post_id else None
    if (post_id and post is None) or (unit.pk == case.lead_id and (post is None or post.pk == case.holder_id)):
        raise Invalid(_("请选择另一个单位或岗位。"), fields={"organisation": _("不能移交给自己。")})
    used: dict[str, object] = {"to": unit.code, "post": post_id}
    return take(
        case,
        "hand_over",
        plus(said, used),
        lambda: ask_take_over(case, unit.pk, post_id, by=by, now=now),
        by=by,
        now=now,
    )


def accept_hand_over(case_id: int, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Accept: the unit leads from now on, and whoever accepts holds the case."""
    case = access.demand_to_step(case_id, "take_over", by)
    party = access.party_asked(case, Party.Role.TAKEOVER, by)
    refuse(queries.fault_of_handler(case, by.account_id))
    holder = party.post_id or by.post_id
    changed = plus(said or Said(), lead_id=party.organisation_id, holder_id=holder)
    return take(case, "take_over", changed, lambda: take_over(party, by=by, now=now), by=by, now=now)


def refuse_hand_over(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Do not accept: the case stays with who asked."""
    case = access.demand_to_step(case_id, "refuse_over", by)
    must_note(said, _("不接受移交须说明理由。"))
    party = access.party_asked(case, Party.Role.TAKEOVER, by)
    return take(
        case,
        "refuse_over",
        said,
        lambda: answer_party(party, Party.Answer.REFUSED, by=by, now=now, reason=said.note),
        by=by,
        now=now,
    )


def ask_support(case_id: int, organisation_ids: Sequence[int], said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Ask other units to help; each answers for itself. The lead stays accountable."""
    case = access.demand_to_lead(case_id, "ask_support", by)
    must_note(said, _("请写明需要协办单位做什么。"))
    units = [unit_near(case.area_path, one) for one in organisation_ids if one != case.lead_id]
    if not units:
        raise Invalid(_("请选择协办单位。"), fields={"units": _("至少一个，且不是牵头单位。")})

    def ask() -> None:
        for unit in units:
            ask_party(case, unit.pk, Party.Role.SUPPORT, by=by, now=now)

    return take(case, "ask_support", plus(said, {"units": [one.code for one in units]}), ask, by=by, now=now)


def answer_support(case_id: int, answer: str, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """A supporter accepts, refuses with a reason, or reports its part done."""
    case = access.demand_to_step(case_id, "answer_support", by)
    party = access.party_asked(case, Party.Role.SUPPORT, by)
    if answer not in (Party.Answer.ACCEPTED, Party.Answer.REFUSED, Party.Answer.DONE):
        raise Invalid(_("请选择答复。"), fields={"answer": _("接受、退回或办结。")})
    if answer != Party.Answer.ACCEPTED:
        must_note(said, _("请写明理由或办理情况。"))
    used: dict[str, object] = {"unit": party.organisation.code, "answer": answer}
    return take(
        case,
        "answer_support",
        plus(said, used),
        lambda: answer_party(party, answer, by=by, now=now, reason=said.note),
        by=by,
        now=now,
    )


def unit_near(area_path: str, organisation_id: int) -> Organisation:
    """A unit that works for the case's place or an area above or below it; Invalid for any other."""
    found = Organisation.objects.filter(pk=organisation_id, ends_on=None).first()
    if found is None or not (area_path.startswith(found.area_path) or found.area_path.startswith(area_path)):
        raise Invalid(_("请选择本辖区的单位。"), fields={"organisation": _("请从列表中选择。")})
    return found
