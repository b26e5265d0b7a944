"""Whether a step fits a demand just now, beyond state and permission: what the ledger asks for its record page."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access
from songda.deliveries.service.demands.queries.history import extension_asked, fault_of_handler, handlers_of
from songda.deliveries.service.demands.rules.handling import fault_of_revisit
from songda.kernel import clock
from songda.kernel.errors import NotFound
from songda.ledger.cases.models import Case, Party
from songda.registry.actors import Actor

LEADING = frozenset({
    "solve_on_spot", "take", "dispute", "progress", "pause", "resume", "propose", "contact", "ask_extension", "hand_over",
    "ask_support",
})  # fmt: skip
REVISITING = frozenset({"revisit_yes", "revisit_no", "note_silence", "revisit_missed"})


def why_not(case: Case, name: str, actor: Actor) -> str:
    """Why a step that the state allows does not fit; empty where it does."""
    if name in LEADING and not access.leads(case, actor):
        return _("由牵头单位办理。")
    if name in REVISITING:
        return _proposed(case, actor) or fault_of_revisit(actor.account_id, handlers_of(case))
    ask = _ASKED.get(name)
    return ask(case, actor) if ask else ""


def _dispute(case: Case, _actor: Actor) -> str:
    return _("权属已经裁定。") if case.bounced else ""


def _take(case: Case, actor: Actor) -> str:
    return fault_of_handler(case, actor.account_id)


def _more_time(case: Case, _actor: Actor) -> str:
    if case.state != "working" or case.due_at is None or clock.now() > case.due_at:
        return _("须在办理中且未到期时申请。")
    return _("已有一项申请在等待决定。") if extension_asked(case) else ""


def _decide_time(case: Case, actor: Actor) -> str:
    asked = extension_asked(case)
    if asked is None:
        return _("没有待决定的延期申请。")
    return _("不能决定自己提出的申请。") if asked.account_id == actor.account_id else ""


def _asked_to(role: str) -> Callable[[Case, Actor], str]:
    def why(case: Case, actor: Actor) -> str:
        try:
            access.party_asked(case, role, actor)
        except NotFound as refusal:
            return refusal.message
        return ""

    return why


def _proposed(case: Case, _actor: Actor) -> str:
    return "" if case.state == "proposed" else _("现在没有等待企业确认的结果。")


def _begun(case: Case, _actor: Actor) -> str:
    return "" if case.state in ("assigned", "working", "paused") else _("现在不用联系企业。")


def _led(case: Case, _actor: Actor) -> str:
    return "" if case.lead_id else _("还没有承办单位。")


_ASKED: dict[str, Callable[[Case, Actor], str]] = {
    "dispute": _dispute,
    "take": _take,
    "ask_extension": _more_time,
    "extend": _decide_time,
    "refuse_extension": _decide_time,
    "take_over": _asked_to(Party.Role.TAKEOVER),
    "refuse_over": _asked_to(Party.Role.TAKEOVER),
    "answer_support": _asked_to(Party.Role.SUPPORT),
    "remind": _proposed,
    "contact": _begun,
    "replace": _led,
    "hand_over": _led,
    "ask_support": _led,
}
