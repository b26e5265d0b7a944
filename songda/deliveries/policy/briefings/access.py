"""Who sees and who changes what: briefings by reach, explanations and questions by firm, letters by territory; a firm its own."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings.models import (
    Briefing,
    Explanation,
    Interpretation,
    Letter,
    LetterCopy,
    Material,
    Question,
)
from songda.deliveries.policy.briefings.states import PUBLIC
from songda.kernel.errors import NotPermitted
from songda.kernel.paths import above, within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor, require
from songda.registry.subjects import access as subjects
from songda.registry.subjects.models import Subject

Row = TypeVar("Row", bound=Model)


def own_subject(actor: Actor) -> int:
    """The firm the actor speaks for; NotPermitted for an office."""
    if actor.subject_id is None:
        raise NotPermitted(_("当前岗位不代表任何企业。"), advice=_("请切换到企业联系人岗位。"))
    return actor.subject_id


def briefings_visible_to(actor: Actor) -> QuerySet[Briefing]:
    """Briefings for the actor's places; firms, banks and the press see what has been announced."""
    rows = Briefing.objects.select_related("speaker")
    if actor.subject_id is not None:
        paths = Subject.objects.filter(pk=actor.subject_id).values_list("area_path", flat=True)
        return rows.filter(area_path__in=above(paths), state__in=PUBLIC) if actor.may("firm.read") else rows.none()
    if not actor.may("policy.see"):
        return rows.none()
    rows = rows.filter(within(actor.area_paths) | Q(area_path__in=above(actor.area_paths)))
    return rows if actor.may("organisations.see") else rows.filter(state__in=PUBLIC)


def briefing_for(briefing_id: int, actor: Actor) -> Briefing:
    """One in sight, or NotFound."""
    return _one(briefings_visible_to(actor), briefing_id)


def briefing_to_work(briefing_id: int, actor: Actor) -> Briefing:
    """One of the actor's own territory, for who prepares briefings."""
    require(actor, "policy.draft")
    return _one(Briefing.objects.filter(within(actor.area_paths)).select_related("speaker"), briefing_id)


def works_on(briefing: Briefing, actor: Actor) -> bool:
    """Whether the actor may take steps on a briefing in sight."""
    return actor.may("policy.draft") and actor.works_in(briefing.area_path)


def material_for(material_id: int, actor: Actor) -> Material:
    """A file of a briefing in sight."""
    rows = Material.objects.filter(briefing__in=briefings_visible_to(actor).values("pk"), evidence__set_aside_at=None)
    return _one(rows.select_related("evidence__file"), material_id)


def questions_visible_to(actor: Actor) -> QuerySet[Question]:
    """A firm its own; an officer those of the firms assigned; desks those of the territory."""
    rows = Question.objects.select_related("subject", "case", "briefing", "explanation__version", "letter_copy__letter")
    if actor.subject_id is not None:
        return rows.filter(subject_id=actor.subject_id) if actor.may("firm.read") else rows.none()
    if not (actor.may("policy.draft") or actor.may("cases.file") or actor.may("cases.see")):
        return rows.none()
    if actor.assigned_only:
        return rows.filter(subject__assignments__post_id__in=actor.posts, subject__assignments__ends_on=None)
    return rows.filter(within(actor.area_paths))


def question_to_answer(question_id: int, actor: Actor) -> Question:
    """One in sight, for who answers."""
    require(actor, "policy.draft", "cases.file")
    return _one(questions_visible_to(actor), question_id)


def explanations_visible_to(actor: Actor) -> QuerySet[Explanation]:
    """What was explained to the firms in sight."""
    rows = Explanation.objects.select_related("version", "subject")
    if actor.subject_id is not None:
        return rows.filter(subject_id=actor.subject_id) if actor.may("firm.read") else rows.none()
    if not (actor.may("visits.do") or actor.may("push.see")):
        return rows.none()
    if actor.assigned_only or len(actor.area_paths) != 1:
        return rows.filter(subject__in=subjects.visible_to(actor))
    return rows.filter(within(actor.area_paths))


def explanation_for(explanation_id: int, actor: Actor) -> Explanation:
    """One in sight, or NotFound."""
    return _one(explanations_visible_to(actor), explanation_id)


def interpretations_visible_to(actor: Actor) -> QuerySet[Interpretation]:
    """Published articles whose measure reaches the actor; drafts for editors and publishers of the territory."""
    rows = Interpretation.objects.select_related("measure", "based_on")
    reach = within(actor.area_paths, "based_on__area_path") | Q(based_on__area_path__in=above(actor.area_paths))
    if actor.subject_id is not None:
        paths = Subject.objects.filter(pk=actor.subject_id).values_list("area_path", flat=True)
        reach = Q(based_on__area_path__in=above(paths))
    told = rows.filter(reach, state__in=("published", "superseded"))
    if not (actor.may("policy.see") or actor.may("firm.read")):
        return rows.none()
    if actor.may("policy.edit") or actor.may("policy.publish"):
        return told | rows.filter(within(actor.area_paths, "based_on__area_path"))
    return told


def interpretation_for(interpretation_id: int, actor: Actor) -> Interpretation:
    """One in sight, or NotFound."""
    return _one(interpretations_visible_to(actor), interpretation_id)


def letters_visible_to(actor: Actor) -> QuerySet[Letter]:
    """Letters of the territory, for who sees pushes."""
    rows = Letter.objects.select_related("version")
    if actor.subject_id is not None or not actor.may("push.see"):
        return rows.none()
    return rows.filter(within(actor.area_paths))


def letter_for(letter_id: int, actor: Actor) -> Letter:
    """One in sight, or NotFound."""
    return _one(letters_visible_to(actor), letter_id)


def letter_to_send(letter_id: int, actor: Actor) -> Letter:
    """One in sight, for who sends."""
    require(actor, "push.send")
    return letter_for(letter_id, actor)


def copies_visible_to(actor: Actor) -> QuerySet[LetterCopy]:
    """Copies of letters: a firm its own, an officer those of the firms assigned, desks those of the territory."""
    rows = LetterCopy.objects.select_related("letter", "subject")
    if actor.subject_id is not None:
        return rows.filter(subject_id=actor.subject_id) if actor.may("firm.read") else rows.none()
    if not actor.may("push.see"):
        return rows.none()
    if actor.assigned_only:
        return rows.filter(subject__in=subjects.visible_to(actor))
    return rows.filter(within(actor.area_paths))


def copy_for(copy_id: int, actor: Actor) -> LetterCopy:
    """One in sight, or NotFound."""
    return _one(copies_visible_to(actor), copy_id)


def _one(rows: QuerySet[Row], key: int) -> Row:
    return one_of(rows.filter(pk=key), _("没有找到，或不在您的范围内。"), advice=_("请从列表进入。"))
