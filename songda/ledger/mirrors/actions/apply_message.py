"""Apply a message 同步: the case follows the other system by its own legal steps, or the two stand side by side as a conflict.

The other system wins: where somebody here has moved the case elsewhere, it is moved again, and the message says so. Nothing here
writes a state; every step goes through the ledger, with its checks and its log. Cases are never written off by a message.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Refused
from songda.ledger.cases.actions import Said, open_case, step_case
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries import spec_of
from songda.ledger.cases.states import MACHINES
from songda.ledger.mirrors.access import message_for
from songda.ledger.mirrors.models import Message, Reference
from songda.ledger.mirrors.queries import table_in_force
from songda.ledger.mirrors.rules.course import way
from songda.ledger.mirrors.rules.mapping import Matter, TheirState
from songda.ledger.mirrors.states import OPEN, Fate
from songda.registry.actors import Actor, house
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject

OURS = frozenset({"verify", "close"})  # writing off is a person's
HOUSE = house("cases.see", "cases.file", "cases.handle", "cases.assign", "cases.close", "cases.reopen")
Settled = tuple[str, str]


def apply_waiting(system: str, *, now: dt.datetime) -> dict[str, int]:
    """Apply what waits, in the other system's own order, each message in a transaction of its own; how many met which fate.

    Messages whose codes had no counterpart are looked at again: the table may have been completed.
    """
    waiting = Message.objects.filter(system=system, fate__in=(Fate.WAITING, Fate.UNMAPPED)).order_by("sequence", "external_id")
    counted: dict[str, int] = {}
    for key in list(waiting.values_list("pk", flat=True)):
        fate = apply_message(key, now=now).fate
        counted[fate] = counted.get(fate, 0) + 1
    return counted


@transaction.atomic
def apply_message(message_id: int, *, now: dt.datetime) -> Message:
    """Apply one message; one that has met its fate stays as it is."""
    # The UPDATE holds the row until the end: of two workers the second finds the message settled.
    if not Message.objects.filter(pk=message_id, fate__in=OPEN).update(settled_at=now):
        return Message.objects.get(pk=message_id)
    message = Message.objects.select_related("reference__case").get(pk=message_id)
    table = table_in_force()
    matter = table.matters.get((message.system, str(message.raw["matter"])))
    theirs = table.states.get((message.system, str(message.raw["state"])))
    if matter is None or theirs is None:
        told = {"matter": message.raw["matter"], "state": message.raw["state"]}
        fate: Settled = (Fate.UNMAPPED, _("对照表里没有事项 %(matter)s 或状态 %(state)s。") % told)
    else:
        fate = _heard_or_refused(message, matter, theirs, now)
    message.fate, message.note = fate[0], fate[1][:300]
    message.save(update_fields=["fate", "note", "reference"])
    record(
        "mirror.apply", message, by=HOUSE, now=now, after={"number": message.number, "fate": message.fate, "note": message.note}
    )
    return message


@transaction.atomic
def try_again(message_id: int, *, by: Actor, now: dt.datetime) -> Message:
    """Apply a message again whose conflict somebody has put right."""
    message = message_for(message_id, by)
    record("mirror.again", message, by=by, now=now, before={"fate": message.fate})
    return apply_message(message.pk, now=now)


def _heard_or_refused(message: Message, matter: Matter, theirs: TheirState, now: dt.datetime) -> Settled:
    """The message as news of its case; a conflict where not even a case can be opened for it."""
    try:
        with transaction.atomic():
            return _heard(message, matter, theirs, now)
    except Refused as refused:
        message.reference = None
        return Fate.CONFLICT, refused.sentence


def _heard(message: Message, matter: Matter, theirs: TheirState, now: dt.datetime) -> Settled:
    """The message as news of its case, unless newer news was heard."""
    reference = _reference_of(message, matter, now)
    message.reference = reference
    heard = {"state": str(message.raw["state"]), "label": theirs.label, "sequence": message.sequence, "changed_at": now}
    again = message.sequence == reference.sequence and bool(reference.trouble)
    newer = Reference.objects.filter(pk=reference.pk, sequence__lt=message.sequence).update(**heard)
    if not newer and not again:
        return Fate.LATE, _("已处理序号 %(n)d 的消息。") % {"n": reference.sequence}
    case = reference.case
    before, known = case.state, reference.own_state
    try:
        with transaction.atomic():
            names = _follow(case, theirs.state, message, now)
    except Refused as refused:
        Reference.objects.filter(pk=reference.pk).update(trouble=refused.sentence[:300], own_state=before)
        return Fate.CONFLICT, refused.sentence
    case.refresh_from_db()
    Reference.objects.filter(pk=reference.pk).update(trouble="", own_state=case.state)
    if known and known != before and names:
        states = MACHINES[case.machine].states
        return Fate.OVERRULED, _("本系统已办到“%(ours)s”，以外部的“%(theirs)s”为准。") % {
            "ours": states[before],
            "theirs": theirs.label,
        }
    return (Fate.APPLIED if names else Fate.SAME), theirs.label


def _follow(case: Case, target: str, message: Message, now: dt.datetime) -> tuple[str, ...]:
    """Take the steps that lead to the state; their names. Refused where there is no way, or a step is."""
    machine = MACHINES[case.machine]
    off = spec_of(case.kind).off | OURS
    arrows = (
        (one.name, one.sources, one.target) for one in machine.steps if one.name not in off and one.permission != "firm.act"
    )
    names = way(arrows, case.state, target)
    if names is None:
        said = {"ours": machine.states[case.state], "theirs": machine.states.get(target, target)}
        raise Refused(_("从“%(ours)s”没有办法到“%(theirs)s”。") % said, advice=_("请人工核对两边的办理情况。"))
    for at, name in enumerate(names):
        used = {"system": message.system, "number": message.number, "message": message.external_id}
        note = _("外部系统 %(number)s：%(state)s") % {"number": message.number, "state": message.raw["state"]}
        step_case(case.pk, name, Said(note=note, used=used, request_key=f"mirror:{message.pk}:{at}"), by=HOUSE, now=now)
    return names


def _reference_of(message: Message, matter: Matter, now: dt.datetime) -> Reference:
    """The case under this number, opened with the first message about it."""
    found = Reference.objects.select_related("case").filter(system=message.system, number=message.number).first()
    if found is not None:
        return found
    applicant = str(message.raw.get("applicant") or "")
    subject = Subject.objects.filter(uscc=applicant).first() if applicant else None
    lead = Organisation.objects.filter(code=matter.lead).first() if matter.lead else None
    given = {
        "text": matter.label, "origin": "signal", "channel": "signal", "area_path": message.area_path,
        "request_key": _key(message.system, message.number), "extra": {"applicant": str(message.raw.get("applicant_name", ""))},
        "lead_id": lead.pk if lead else None,
    }  # fmt: skip
    subject_id = subject.pk if subject else None
    case = open_case(matter.kind, subject_id=subject_id, title=str(message.raw["title"]), by=HOUSE, now=now, given=given)
    return Reference.objects.create(case=case, system=message.system, number=message.number, own_state=case.state, changed_at=now)


def _key(*parts: str) -> str:
    """One key a number: two workers that open its case at once open one."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
