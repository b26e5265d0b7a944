"""Ask through a contact card 绿色通道: a case of the ledger in front of all others, with the unit and the person the card names."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.guides.access import own_firm
from songda.deliveries.policy.library.access import version_for
from songda.deliveries.policy.library.models import ContactCard
from songda.deliveries.policy.library.queries import contact_for
from songda.kernel import clock
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.cases.actions import Said, ask_party, open_case, step_case
from songda.ledger.cases.models import Case, Party
from songda.registry.actors import Actor, house

KIND = "green-channel"
ASKS = ("question", "claim")


@dataclass(frozen=True, slots=True)
class Question:
    """What a firm asks: `asks` is `question` 咨询 or `claim` 申请兑现, the words, and whom to call back (name, telephone)."""

    asks: str
    text: str
    contact: tuple[str, str] = ("", "")


@transaction.atomic
def ask_through_card(version_id: int, asked: Question, *, by: Actor, now: dt.datetime, request_key: str = "") -> Case:
    """Open a green-channel case about a measure for the actor's own firm, handed at once to the unit and the post of the card that is
    valid today. Conflict where the measure has none. The same request key gives the case it made."""
    if not by.may("firm.act"):
        raise NotPermitted(_("您当前的岗位不能提交诉求。"), advice=_("请由企业联系人提交。"))
    version, firm = version_for(version_id, by), own_firm(by)
    refuse_faults(asked)
    card = contact_for(version.measure, firm.area_path, clock.day_of(now))
    if version.state != "published" or card is None:
        raise Conflict(_("这项措施目前没有有效的联系卡。"), advice=_("请登记一般诉求，由统筹调度员分办。"))
    known = Case.objects.filter(request_key=request_key).exists() if request_key else False
    word = _("咨询") if asked.asks == "question" else _("申请兑现")
    given = {
        "text": asked.text.strip(), "origin": "firm", "channel": "web", "request_key": request_key,
        "difficulty": "consult" if asked.asks == "question" else "ordinary",
        "contact_name": asked.contact[0][:80], "contact_phone": asked.contact[1][:40],
        "extra": {"measure": version.title, "asks": word}, "demonstration": version.measure.demonstration,
    }  # fmt: skip
    title = _("%(asks)s：%(measure)s") % {"asks": word, "measure": version.title}
    case = open_case(KIND, subject_id=firm.pk, title=title, by=by, now=now, given=given)
    if not known:
        hand_to_card(case, card, now)
    return case


def refuse_faults(asked: Question) -> None:
    """What is asked must be said."""
    if asked.asks not in ASKS:
        raise Invalid(_("请选择咨询或申请兑现。"), fields={"asks": _("请选择。")})
    if not asked.text.strip():
        raise Invalid(_("请写明要问的内容。"), fields={"text": _("一两句话即可。")})


def hand_to_card(case: Case, card: ContactCard, now: dt.datetime) -> None:
    """The unit of the card leads, its post holds: nobody has to hand the case out first. Without a unit it waits in the pool."""
    if card.unit_id is None:
        return
    house_actor = house("cases.see", "cases.assign")
    ask_party(case, card.unit_id, Party.Role.LEAD, by=house_actor, now=now)
    holder = card.post_id if card.post and card.post.organisation_id == card.unit_id else None
    told = _("绿色通道已受理，由%(section)s（电话 %(phone)s）直接办理。") % {"section": card.section, "phone": card.phone}
    said = Said(
        note=_("按联系卡直接交办。"), told=told, used={"card": card.pk}, changes={"lead_id": card.unit_id, "holder_id": holder}
    )
    step_case(case.pk, "assign", said, by=house_actor, now=now)
