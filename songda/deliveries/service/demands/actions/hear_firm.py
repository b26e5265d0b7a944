"""The firm's word 企业确认 and return visits 回访. Facts first, then a grade; silence is kept as silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.rate import open_bad_rating
from songda.deliveries.service.demands.actions.stepping import must_note, refuse, take, with_default
from songda.deliveries.service.demands.rules.handling import fault_of_revisit
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.actions import Said, end_parties, give_word
from songda.ledger.cases.models import Case, CaseStep, Word
from songda.ledger.cases.queries import reminders_of, spec_of
from songda.ledger.cases.states import Answer, Outcome
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the firm says: was it contacted, was it useful (None: not said), one of five grades ("" for none), in its words."""

    contacted: bool | None = None
    useful: bool | None = None
    grade: str = ""
    text: str = ""


def confirm_result(case_id: int, opinion: Opinion, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """The firm accepts the result."""
    return _hear(case_id, "confirm", opinion, said or Said(), by, now)


def object_result(case_id: int, opinion: Opinion, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """The firm does not accept it, and says what is not solved: the case goes on, its clocks begin anew."""
    if not opinion.text.strip():
        raise Invalid(_("请写明哪里没有解决。"), fields={"text": _("一句话即可。")})
    return _hear(case_id, "object", opinion, said or Said(), by, now)


def revisit_firm(
    case_id: int, opinion: Opinion, said: Said | None = None, *, accepted: bool, by: Actor, now: dt.datetime
) -> CaseStep:
    """Ask the firm by a return visit, by somebody who had no part in the handling."""
    return _hear(case_id, "revisit_yes" if accepted else "revisit_no", opinion, said or Said(), by, now)


def miss_firm(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """A return visit that reached nobody: noted, and no answer made of it."""
    case = _to_revisit(case_id, "revisit_missed", by)
    must_note(said, _("请写明何时、以何种方式联系过。"))
    return take(case, "revisit_missed", said, by=by, now=now)


def remind_firm(case_id: int, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Ask the firm for its word once more."""
    case = access.demand_to_step(case_id, "remind", by)
    if case.state != "proposed":
        raise Conflict(_("现在没有等待企业确认的结果。"))
    told = with_default(said or Said(), _("您的诉求已有办理结果，请登录确认或提出意见。"))
    return take(case, "remind", told, by=by, now=now)


def note_silence(case_id: int, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """After the reminders the kind asks for: kept as 未答复 (or 联系不上, where return visits reached nobody), never as satisfaction."""
    case = _to_revisit(case_id, "note_silence", by)
    wanted = spec_of(case.kind).closing.reminders
    unreached, reminded = queries.fruitless(case), reminders_of(case)
    if max(unreached, reminded) < wanted:
        raise Conflict(
            _("企业尚未答复：须先提醒 %(wanted)d 次（已提醒 %(done)d 次）。") % {"wanted": wanted, "done": reminded},
            advice=_("请再次提醒，或安排回访。"),
        )
    answer, way = (Answer.UNREACHABLE, Word.By.VISIT) if unreached >= wanted else (Answer.SILENT, Word.By.CLOCK)
    return take(case, "note_silence", said or Said(), lambda: give_word(case, answer, way, by=by, now=now), by=by, now=now)


def withdraw_demand(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """The firm takes its demand back."""
    case = access.demand_to_step(case_id, "withdraw", by)
    changed = Said(said.note, changes={"outcome": Outcome.WITHDRAWN.value}, request_key=said.request_key, version=said.version)
    return take(case, "withdraw", changed, lambda: end_parties(case, now=now), by=by, now=now)


def _hear(case_id: int, name: str, opinion: Opinion, said: Said, by: Actor, now: dt.datetime) -> CaseStep:
    firm = name in ("confirm", "object")
    case = access.demand_to_step(case_id, name, by) if firm else _to_revisit(case_id, name, by)
    way = Word.By.FIRM if firm else Word.By.VISIT
    answer = Answer.YES if name in ("confirm", "revisit_yes") else Answer.NO
    told = {"contacted": opinion.contacted, "useful": opinion.useful, "grade": opinion.grade, "text": opinion.text}

    def keep() -> None:
        word = give_word(case, answer, way, by=by, now=now, said=told)
        open_bad_rating(case, word, by=by, now=now)

    return take(case, name, said if said.note else _noting(said, opinion.text), keep, by=by, now=now)


def _to_revisit(case_id: int, name: str, by: Actor) -> Case:
    case = access.demand_to_step(case_id, name, by)
    if case.state != "proposed":
        raise Conflict(_("现在没有等待企业确认的结果。"))
    refuse(fault_of_revisit(by.account_id, queries.handlers_of(case)))
    return case


def _noting(said: Said, text: str) -> Said:
    return Said(text, said.told, said.used, said.evidence, said.changes, said.version, said.request_key)
