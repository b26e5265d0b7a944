"""Units that take part 承办单位: asking, answering, ending. One lead at a time, kept by a constraint."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.models import Case, Party
from songda.registry.actors import Actor


@transaction.atomic
def ask_party(case: Case, organisation_id: int, role: str, *, by: Actor, now: dt.datetime, final: bool = False) -> Party:
    """Ask a unit to lead or to support. `final`: decided by the dispatcher, it cannot be refused again. The caller took the step."""
    try:
        with transaction.atomic():
            party = Party.objects.create(case=case, organisation_id=organisation_id, role=role, final=final, asked_at=now)
    except IntegrityError as error:
        raise Conflict(_("该单位已在承办，或已有另一牵头单位。"), advice=_("请先结束原有的交办。")) from error
    record("case.ask_party", case, by=by, now=now, after={"organisation": organisation_id, "role": role, "final": final})
    return party


@transaction.atomic
def answer_party(party: Party, answer: str, *, by: Actor, now: dt.datetime, reason: str = "") -> Party:
    """A unit's answer to being asked. A refusal needs a reason, and is not open to one whose task was decided (never bounced twice)."""
    if answer == Party.Answer.REFUSED:
        if party.final:
            raise Conflict(_("权属已经裁定，不能再次退单。"), advice=_("请办理；确有困难的，请申请多部门协办。"))
        if not reason.strip():
            raise Invalid(_("退单须说明依据。"), fields={"reason": _("写明不属于本单位职责的依据和建议的承办单位。")})
    ended = now if answer in (Party.Answer.REFUSED, Party.Answer.RELEASED) else None
    waiting = Party.objects.filter(pk=party.pk, ended_at=None)
    if waiting.update(answer=answer, reason=reason.strip()[:400], answered_at=now, ended_at=ended) != 1:
        raise Conflict(_("这项交办已经结束。"), advice=_("请刷新页面查看。"))
    record("case.answer_party", party.case, by=by, now=now, after={"organisation": party.organisation_id, "answer": answer})
    party.refresh_from_db()
    return party


@transaction.atomic
def ask_take_over(case: Case, organisation_id: int, post_id: int | None, *, by: Actor, now: dt.datetime) -> Party:
    """Ask another unit, or one post of it, to take the case over 移交. The lead stays what it is until that one accepts."""
    try:
        with transaction.atomic():
            party = Party.objects.create(
                case=case, organisation_id=organisation_id, post_id=post_id, role=Party.Role.TAKEOVER, asked_at=now
            )
    except IntegrityError as error:
        raise Conflict(_("已有一项移交在等待答复。"), advice=_("请等对方答复后再移交。")) from error
    record("case.ask_take_over", case, by=by, now=now, after={"organisation": organisation_id, "post": post_id})
    return party


@transaction.atomic
def take_over(party: Party, *, by: Actor, now: dt.datetime) -> Party:
    """The unit asked becomes the lead, the lead before it is released. Another task of the new lead's in this case is merged into it."""
    answer_party(party, Party.Answer.ACCEPTED, by=by, now=now)
    standing = Party.objects.filter(case=party.case, ended_at=None)
    standing.filter(role=Party.Role.LEAD).update(answer=Party.Answer.RELEASED, ended_at=now)
    standing.filter(role=Party.Role.SUPPORT, organisation=party.organisation).update(answer=Party.Answer.RELEASED, ended_at=now)
    Party.objects.filter(pk=party.pk).update(role=Party.Role.LEAD)
    party.refresh_from_db()
    return party


def end_parties(case: Case, *, now: dt.datetime, role: str = "") -> int:
    """End what is asked of the units of a case (of one role); how many. Part of another step: recorded there."""
    standing = Party.objects.filter(case=case, ended_at=None, **({"role": role} if role else {}))
    return standing.update(ended_at=now)
