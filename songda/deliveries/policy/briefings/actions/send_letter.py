"""Letters of our own accord 主动去信: written with fields, sent by the channels and on paper, one copy a firm, answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import copy_for, letter_to_send, own_subject
from songda.deliveries.policy.briefings.actions.answer_question import opened_for, put
from songda.deliveries.policy.briefings.models import Letter, LetterCopy, Question
from songda.deliveries.policy.briefings.queries import MOST_PRINTED, TOPIC, audience_of, cause_of, copies_of, printed, texts_for
from songda.deliveries.policy.briefings.rules.merging import FIELDS, unknown_fields
from songda.deliveries.policy.briefings.states import LETTER, Audience
from songda.deliveries.policy.library.access import version_for
from songda.deliveries.policy.matching.queries import sift
from songda.kernel import bulk, clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.jobs import enqueue
from songda.kernel.machines import move
from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.jobs import send_due
from songda.ledger.notices.models import Notice
from songda.ledger.notices.queries.channels import configured
from songda.ledger.notices.rules.letters import Line, Told
from songda.registry.actors import Actor, require, require_area

COPY = ("letter_id", "subject_id", "area_path", "text", "noticed", "answer", "answered_name")


@dataclass(frozen=True, slots=True)
class NewLetter:
    """What is written, for whom, by which channels (none: on paper only)."""

    title: str
    body: str
    audience: str
    area_path: str
    signer: str
    version_id: int | None = None
    rule: str = ""
    channels: Sequence[str] = ()
    demonstration: bool = False


@transaction.atomic
def write_letter(new: NewLetter, *, by: Actor, now: dt.datetime) -> Letter:
    """Draft a letter. Invalid for a field nobody knows, an audience without its measure or rule, a channel not configured here."""
    require(by, "push.send")
    require_area(by, new.area_path)
    _check(new, clock.day_of(now))
    made = Letter.objects.create(
        title=new.title.strip()[:160], body=new.body.strip(), audience=new.audience, area_path=new.area_path, rule=new.rule.strip(),
        version=version_for(new.version_id, by) if new.version_id else None, channels=list(new.channels), signer=new.signer.strip()[:80],
        written_at=now, written_name=by.name, demonstration=new.demonstration,
    )  # fmt: skip
    record("letter.write", made, by=by, now=now, after={"title": made.title, "audience": made.audience})
    return made


def _check(new: NewLetter, on: dt.date) -> None:
    if not new.title.strip() or not new.body.strip() or not new.signer.strip():
        raise Invalid(_("请填写标题、正文和落款。"), fields={"body": _("正文。")})
    if strange := unknown_fields(new.body):
        known = "、".join(f"{{{name}}}" for name in FIELDS)
        message = _("没有字段 %(names)s。") % {"names": "、".join(f"{{{name}}}" for name in strange)}
        raise Invalid(message, fields={"body": _("可用的字段：%(known)s。") % {"known": known}})
    if new.audience not in Audience.values or (new.audience != Audience.RULE and not new.version_id):
        raise Invalid(_("请选择去信对象；按措施去信的要选措施。"), fields={"version": _("请选择。")})
    if new.audience == Audience.RULE:
        sift(new.rule, (), on=on)
    if set(new.channels) - set(configured()):
        raise Invalid(_("渠道未配置。"), fields={"channels": _("请改选。")})


@transaction.atomic
def send_letter(letter_id: int, *, by: Actor, now: dt.datetime) -> Letter:
    """Draw the audience, write each firm's copy, and send by the channels. Who has no contact there is left for paper."""
    letter = letter_to_send(letter_id, by)
    firms = audience_of(letter, by, on=clock.day_of(now))
    if not firms:
        raise Conflict(_("没有符合的企业，未寄发。"), advice=_("请核对对象和辖区。"))
    move(LETTER, letter, "send", sent_at=now, sent_name=by.name)
    with translation.override(settings.LANGUAGE_CODE):  # what firms read is kept in the place's language
        texts = texts_for(letter, firms, on=clock.day_of(now))
    rows = [(letter.pk, subject.pk, subject.area_path, text, False, "", "") for subject, text in texts]
    bulk.insert(LetterCopy, COPY, rows)
    if letter.channels:
        line = Line(letter.pk, letter.title, str(Audience(letter.audience).label))
        told = [Told(subject.pk, subject.area_path, (line,)) for subject, _text in texts]
        notify_many(cause_of(letter), told, title=letter.title, topic=TOPIC, channels=letter.channels, now=now)
        noticed = Notice.objects.filter(cause=cause_of(letter)).values("subject_id")
        LetterCopy.objects.filter(letter=letter, subject__in=noticed).update(noticed=True)
        enqueue(send_due)
    record("letter.send", letter, by=by, now=now, after={"copies": len(rows), "channels": letter.channels})
    return letter


@transaction.atomic
def print_letter(letter_id: int, *, by: Actor, now: dt.datetime, nowhere: bool = True, word: bool = False) -> bytes:
    """The next copies as one file, each on its own page, noted as printed: those that went out no other way, or all in order.

    At most `MOST_PRINTED` at once; again: the next ones (`nowhere`), Conflict when none is left.
    """
    letter = letter_to_send(letter_id, by)
    copies = list(copies_of(letter, by, nowhere=nowhere)[:MOST_PRINTED])
    if not copies:
        raise Conflict(_("没有要打印的信件。"), advice=_("都已通过渠道发送，或已打印。"))
    data = printed(letter, copies, word=word)
    LetterCopy.objects.filter(pk__in=[one.pk for one in copies], printed_at=None).update(printed_at=now)
    record("letter.print", letter, by=by, now=now, after={"copies": len(copies)})
    return data


@transaction.atomic
def open_letter(copy_id: int, *, by: Actor, now: dt.datetime) -> LetterCopy:
    """Read one's letter; the first time is noted."""
    own_subject(by)
    copy = copy_for(copy_id, by)
    LetterCopy.objects.filter(pk=copy.pk, opened_at=None).update(opened_at=now)
    return copy


@transaction.atomic
def answer_letter(copy_id: int, text: str, *, by: Actor, now: dt.datetime, is_question: bool = False) -> LetterCopy:
    """The firm's answer, by itself or taken down by its officer; a question in it becomes a case at once."""
    require(by, "firm.act", "push.send", "visits.do")
    copy = copy_for(copy_id, by)
    if not text.strip():
        raise Invalid(_("请写明回复。"), fields={"text": _("企业说了什么。")})
    LetterCopy.objects.filter(pk=copy.pk).update(answer=text.strip(), answered_at=now, answered_name=by.name)
    record("letter.answer", copy, by=by, now=now, after={"question": is_question})
    if is_question:
        question = Question(letter_copy=copy, subject=copy.subject, area_path=copy.area_path)
        opened_for(put(question, text, by.name, by=by, now=now), by=by, now=now)
    copy.refresh_from_db()
    return copy
