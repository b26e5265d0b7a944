"""Working on a demand: first contact, progress, pauses, and what the time limit is."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.deliveries.service.demands import access, queries
from songda.deliveries.service.demands.actions.stepping import must_note, must_tell, plus, refuse, take
from songda.deliveries.service.demands.rules.handling import fault_of_extension
from songda.kernel import clock
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case, CaseStep
from songda.registry.actors import Actor

MOST_DAYS = 60


def contact_firm(case_id: int, said: Said, *, by: Actor, now: dt.datetime, reached: bool = True) -> CaseStep:
    """Note a contact with the firm. One that reached nobody is a remark: it stops no clock."""
    name = "contact" if reached else "remark"
    case = access.demand_to_lead(case_id, name, by)
    must_note(said, _("请写明联系方式和情况。"))
    return take(case, name, plus(said, {"reached": reached}), by=by, now=now)


def note_progress(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """One dated step forward."""
    case = access.demand_to_lead(case_id, "progress", by)
    must_note(said, _("请写明进展。"))
    return take(case, "progress", said, by=by, now=now)


def pause_demand(case_id: int, until: dt.date, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Stop the clocks for what the firm owes, said to the firm, until a day by which somebody looks again."""
    case = access.demand_to_lead(case_id, "pause", by)
    must_tell(said, _("暂停计时须告知企业：需要企业补充什么。"))
    if until <= clock.day_of(now):
        raise Invalid(_("暂停的截止日期须晚于今天。"), fields={"until": _("请核对日期。")})
    return take(case, "pause", plus(said, {"until": until.isoformat()}), by=by, now=now)


def resume_demand(case_id: int, said: Said | None = None, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Let the clocks run again."""
    return take(access.demand_to_lead(case_id, "resume", by), "resume", said or Said(), by=by, now=now)


def ask_extension(case_id: int, days: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Ask for more working days, before the deadline, with a reason the firm will read."""
    case = access.demand_to_lead(case_id, "ask_extension", by)
    must_note(said, _("申请延期须说明理由，批准后企业可见。"))
    refuse(fault_of_extension(case.due_at, now), "days")
    if not 0 < days <= MOST_DAYS:
        raise Invalid(_("延期天数须在 1 到 %(most)d 个工作日之间。") % {"most": MOST_DAYS}, fields={"days": _("请核对天数。")})
    if queries.extension_asked(case) is not None:
        raise Conflict(_("已有一项延期申请在等待决定。"), advice=_("请等待统筹调度员决定。"))
    return take(case, "ask_extension", plus(said, {"days": days}), by=by, now=now)


def decide_extension(case_id: int, said: Said, *, granted: bool, by: Actor, now: dt.datetime) -> CaseStep:
    """Extend, or refuse to; by another than asked. The firm reads why its case takes longer."""
    name = "extend" if granted else "refuse_extension"
    case = access.demand_to_step(case_id, name, by)
    asked = queries.extension_asked(case)
    if asked is None:
        raise Conflict(_("没有待决定的延期申请。"), advice=_("请刷新页面，可能已由同事决定。"))
    if asked.account_id == by.account_id:
        raise Conflict(_("不能决定自己提出的延期申请。"))
    if not granted:
        must_note(said, _("不同意延期须说明理由。"))
        return take(case, name, said, by=by, now=now)
    days = asked.used.get("days")
    reason = said.told or _("您的诉求需要更多时间：%(reason)s。办结期限延长 %(days)s 个工作日。") % {
        "reason": asked.note.rstrip("。"),
        "days": days,
    }
    used = {"clock": main_clock(case), "amount": days, "count": "working_days", "asked": asked.seq}
    return take(case, name, Said(said.note, reason, used, request_key=said.request_key, version=said.version), by=by, now=now)


def reclassify_demand(case_id: int, difficulty: str, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Change the difficulty class, and with it the time limit; with the reason."""
    case = access.demand_to_step(case_id, "reclassify", by)
    must_note(said, _("调整难度须说明理由。"))
    if difficulty not in Case.Difficulty.values or difficulty == case.difficulty:
        raise Invalid(_("请选择另一难度。"), fields={"difficulty": _("与现在相同或不存在。")})
    used: dict[str, object] = {"from": case.difficulty, "to": difficulty}
    return take(case, "reclassify", plus(said, used, difficulty=difficulty), by=by, now=now)


def fix_deadline(case_id: int, due: dt.datetime, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Set a date by which it must be done 限期, whatever the class says."""
    case = access.demand_to_step(case_id, "fix", by)
    must_note(said, _("限期须说明依据。"))
    if due <= now:
        raise Invalid(_("限期须晚于现在。"), fields={"due": _("请核对时间。")})
    return take(case, "fix", plus(said, {"clock": main_clock(case), "due": due.isoformat()}), by=by, now=now)


def urge_demand(case_id: int, said: Said, *, by: Actor, now: dt.datetime) -> CaseStep:
    """Urge by hand 催办, beside what the clocks do by themselves."""
    case = access.demand_to_step(case_id, "urge", by)
    must_note(said, _("请写明催办要求。"))
    return take(case, "urge", said, by=by, now=now)


def main_clock(case: Case) -> str:
    """The code of the clock that lists show for this case."""
    return queries.main_clock(case)
