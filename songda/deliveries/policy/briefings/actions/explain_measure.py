"""Explaining at the door 讲解: what was explained, what was asked, the firm's word; and the articles that explain in writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.access import explanation_for, interpretation_for
from songda.deliveries.policy.briefings.actions.answer_question import opened_for, put
from songda.deliveries.policy.briefings.models import Explanation, Interpretation, Question
from songda.deliveries.policy.briefings.states import INTERPRETATION, Way
from songda.deliveries.policy.library.access import version_for
from songda.deliveries.policy.library.models import MeasureVersion
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.evidence.access import evidence_for
from songda.ledger.evidence.queries import counting
from songda.registry.actors import Actor, require, require_area
from songda.registry.people.models import Post
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class Talk:
    """How it was explained: the way, who led, what was asked and, where it was answered on the spot, how."""

    way: str = Way.VISIT
    leader_name: str = ""
    question: str = ""
    answer: str = ""
    demonstration: bool = False


@transaction.atomic
def explain(subject_id: int, version_ids: Sequence[int], talk: Talk, *, by: Actor, now: dt.datetime) -> list[Explanation]:
    """Note measures as explained to a firm in sight; pressed twice is once. What was asked and not answered is a case at once."""
    require(by, "visits.do")
    subject = subject_for(subject_id, by)
    if not version_ids or talk.way not in Way.values:
        raise Invalid(_("请选择讲解的措施和方式。"), fields={"versions": _("至少一项。")})
    made = [_explained(subject, reached(version_for(key, by), subject), talk, by, now) for key in dict.fromkeys(version_ids)]
    if talk.question.strip():
        raise_question(made[0].pk, talk.question, by=by, now=now, answer=talk.answer)
    return made


def reached(version: MeasureVersion, subject: Subject) -> MeasureVersion:
    """The version, if it is published and its area holds the firm."""
    if version.state != "published" or not subject.area_path.startswith(version.area_path):
        raise Invalid(_("“%(title)s”未发布，或不适用于该企业所在辖区。") % {"title": version.title})
    return version


def _explained(subject: Subject, version: MeasureVersion, talk: Talk, by: Actor, now: dt.datetime) -> Explanation:
    given = {
        "area_path": subject.area_path, "name": by.name, "leader_name": talk.leader_name[:80], "way": talk.way, "explained_at": now,
        "demonstration": talk.demonstration,
    }  # fmt: skip
    post = Post.objects.filter(pk=by.post_id).first() if by.post_id is not None else None
    one, made = Explanation.objects.get_or_create(subject=subject, version=version, post=post, defaults=given)
    if made:
        record("explanation.note", one, by=by, now=now, after={"subject": subject.pk, "version": version.pk, "way": talk.way})
    return one


@transaction.atomic
def raise_question(explanation_id: int, text: str, *, by: Actor, now: dt.datetime, answer: str = "") -> Question:
    """What the firm asked: answered on the spot, or a case of the ledger from this moment."""
    require(by, "visits.do", "firm.act")
    one = explanation_for(explanation_id, by)
    question = Question(explanation=one, subject=one.subject, area_path=one.area_path)
    asked_by = by.name if by.subject_id is not None else one.subject.name
    put(question, text, asked_by, by=by, now=now)
    if answer.strip() and by.subject_id is None:
        Question.objects.filter(pk=question.pk).update(answer=answer.strip(), answered_at=now, answered_name=by.name)
        record("question.answer", question, by=by, now=now)
    else:
        opened_for(question, by=by, now=now)
    question.refresh_from_db()
    return question


@transaction.atomic
def confirm_explanations(
    explanation_ids: Sequence[int], *, by: Actor, now: dt.datetime, evidence_id: int | None = None, name: str = ""
) -> int:
    """The firm says that it was explained: by its own post, or by a paper it signed. Never by the word of who explained alone."""
    require(by, "firm.act", "visits.do")
    own = by.subject_id is not None and by.may("firm.act")
    paper = None
    if not own:
        paper = evidence_for(evidence_id, by) if evidence_id is not None else None
        if paper is None or not counting([paper.pk]):
            raise NotPermitted(_("企业没有自己确认的，要有签字凭证。"), advice=_("请拍下企业签字的确认单上传。"))
    confirmed = 0
    for key in dict.fromkeys(explanation_ids):
        one = explanation_for(key, by)
        if paper is not None and paper.subject_id != one.subject_id:
            raise Invalid(_("签字凭证不是这家企业的。"), fields={"attached": _("请为这家企业上传。")})
        given = {"confirmed_at": now, "confirmed_name": (by.name if own else name or one.subject.name)[:80], "paper": paper}
        if Explanation.objects.filter(pk=one.pk, confirmed_at=None).update(**given):
            record("explanation.confirm", one, by=by, now=now, after={"paper": paper.pk if paper else None})
            confirmed += 1
    return confirmed


@transaction.atomic
def write_interpretation(
    version_id: int, title: str, body: str, *, by: Actor, now: dt.datetime, demonstration: bool = False
) -> Interpretation:
    """Write an article on a published measure; a later one is its next version, and in force once another person publishes it."""
    require(by, "policy.edit")
    version = version_for(version_id, by)
    require_area(by, version.area_path)
    if version.state != "published":
        raise Conflict(_("措施还没有发布，不能解读。"))
    if not title.strip() or not body.strip():
        raise Invalid(_("请填写标题和正文。"), fields={"body": _("用企业看得懂的话写。")})
    last = Interpretation.objects.filter(measure=version.measure).order_by("-number").first()
    made = Interpretation.objects.create(
        measure=version.measure, based_on=version, number=last.number + 1 if last else 1, title=title.strip()[:200], body=body.strip(),
        written_at=now, written_by=by.account_id, written_name=by.name, demonstration=demonstration,
    )  # fmt: skip
    record("interpretation.write", made, by=by, now=now, after={"measure": version.measure.code, "number": made.number})
    return made


@transaction.atomic
def publish_interpretation(interpretation_id: int, *, by: Actor, now: dt.datetime) -> Interpretation:
    """Put an article before firms, in place of the one in force. Not by who wrote it."""
    require(by, "policy.publish")
    one = interpretation_for(interpretation_id, by)
    require_area(by, one.based_on.area_path)
    if one.written_by == by.account_id:
        raise NotPermitted(_("编写人不能发布自己的解读。"), advice=_("请由另一名政策发布岗位办理。"))
    for old in Interpretation.objects.filter(measure=one.measure, state="published"):
        move(INTERPRETATION, old, "supersede")
    move(INTERPRETATION, one, "publish", published_at=now, published_by=by.account_id, published_name=by.name)
    record("interpretation.publish", one, by=by, now=now, after={"number": one.number})
    return one


@transaction.atomic
def withdraw_interpretation(interpretation_id: int, *, by: Actor, now: dt.datetime) -> Interpretation:
    """Take an article back."""
    require(by, "policy.publish")
    one = interpretation_for(interpretation_id, by)
    require_area(by, one.based_on.area_path)
    move(INTERPRETATION, one, "withdraw")
    record("interpretation.withdraw", one, by=by, now=now)
    return one
