"""Units send in their sections 单位报送; the editor takes one into a bulletin, or returns it with a reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.kernel.machines import move
from songda.office.bulletins import access
from songda.office.bulletins.actions.write_piece import read, write_piece
from songda.office.bulletins.models import Piece, Submission, TemplateVersion
from songda.office.bulletins.rules.rendering import Section, sections_of
from songda.office.bulletins.rules.told_numbers import ToldError, ToldNumber, told_numbers
from songda.office.bulletins.states import SUBMISSION
from songda.office.indicators.actions import NewValue, record_value
from songda.office.indicators.queries import definitions
from songda.registry.actors import Actor, house
from songda.registry.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What a unit sends: for which bulletin, as of when, its section, its numbers (one a line), the cases it tells of."""

    template: str
    as_of: dt.datetime
    text: str
    numbers: str = ""
    cases: str = ""


@transaction.atomic
def send_submission(new: NewSubmission, *, by: Actor, now: dt.datetime) -> Submission:
    """Send a section in the name of the actor's own unit."""
    access.require(by, access.WRITE)
    unit = Organisation.objects.filter(pk=by.organisation_id or 0).first()
    template = TemplateVersion.objects.filter(code=new.template, retired_at=None).first()
    if unit is None or template is None:
        raise NotFound(_("没有这个模板，或您的岗位不属于任何单位。"), advice=_("请从模板中选择。"))
    if clock.day_of(new.as_of) > clock.day_of(now):
        raise Invalid(_("截至时间还没有到。"), fields={"day": _("不能晚于今天。")})
    text = read({"text": new.text})["text"]
    if not text:
        raise Invalid(_("请写正文。"), fields={"text": _("请写正文。")})
    made = Submission.objects.create(
        template=template, unit=unit, area_path=unit.area_path, as_of=new.as_of, text=text,
        numbers=[asdict(one) for one in numbers_in(new.numbers)], cases=new.cases.strip()[:200], sent_at=now,
        sent_by=by.account_id, sent_name=by.name,
    )  # fmt: skip
    record(
        "submission.send", made, by=by, now=now, after={"unit": unit.code, "template": new.template, "numbers": len(made.numbers)}
    )
    return made


@transaction.atomic
def take_submission(submission_id: int, piece_id: int, *, by: Actor, now: dt.datetime) -> Piece:
    """Put a section into a draft, in place of the unit's own if it has one, else at the end. Its numbers become returned values of the unit.

    NotPermitted for who sent it: a number becomes one of the house by a second person.
    """
    access.require(by, access.WRITE)
    sent = access.submission_for(submission_id, by)
    if by.account_id is not None and sent.sent_by == by.account_id:
        raise NotPermitted(_("自己报送的材料须由另一人采用。"), advice=_("请交编辑人员办理。"))
    piece = access.piece_to_write(piece_id, by, now)
    if sent.template.code != piece.template.code:
        raise Conflict(_("这份材料是报给另一种简报的。"), advice=_("请选择同一种简报的草稿。"))
    move(SUBMISSION, sent, "take", piece=piece, settled_at=now, settled_name=by.name)
    for one in sent.numbers:
        _keep(sent, ToldNumber(**one), by, now)
    section = Section(sent.unit.short_name, sent.text, sent.unit.code)
    held = list(sections_of(piece.sections))
    own = [at for at, one in enumerate(held) if one.unit == section.unit]
    at = own[0] if len(own) == 1 else len(held)
    if len(own) == 1:
        section = replace(section, heading=held[at].heading)
    held[at : at + 1] = [section]
    record("submission.take", sent, by=by, now=now, after={"piece": piece.pk})
    return write_piece(piece.pk, piece.headline, held, by=by, now=now)


@transaction.atomic
def return_submission(submission_id: int, reason: str, *, by: Actor, now: dt.datetime) -> Submission:
    """Send it back with a reason."""
    access.require(by, access.WRITE)
    sent, told = access.submission_for(submission_id, by), reason.strip()[:200]
    if not told:
        raise Invalid(_("请写明退回原因。"), fields={"reason": _("请写明退回原因。")})
    move(SUBMISSION, sent, "return", reason=told, settled_at=now, settled_name=by.name)
    record("submission.return", sent, by=by, now=now, after={"reason": told})
    return sent


def numbers_in(text: str) -> list[ToldNumber]:
    """The numbers of a submission, or Invalid."""
    known = definitions()
    codes = {one.label: code for code, one in reversed(known.items())} | {code: code for code in known}
    try:
        return told_numbers(text, codes)
    except ToldError as error:
        raise Invalid(_("数据有一行读不懂。"), fields={"numbers": f"{error}。"}) from error


def _keep(sent: Submission, told: ToldNumber, by: Actor, now: dt.datetime) -> None:
    """A returned value: who takes the section answers for it, as a statistician does for a return."""
    desk = replace(house("figures.edit"), account_id=by.account_id, person_id=by.person_id, post_id=by.post_id, name=by.name)
    new = NewValue(
        told.code, sent.unit_id, sent.as_of, told.exact, since=told.first_day, precision=told.precision, source=sent.unit.name,
        scope=definitions()[told.code].population[:200], reference=f"submission:{sent.pk}",
    )  # fmt: skip
    record_value(new, by=desk, now=now, reason=_("单位重新报送"))
