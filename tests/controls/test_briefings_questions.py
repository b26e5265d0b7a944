"""Controls of briefings: places, one place a firm, questions before closing, two persons, the firm's own word, permissions."""

from __future__ import annotations

import sys

import pytest
from django.db import IntegrityError, transaction

from songda.deliveries.policy.briefings import actions
from songda.deliveries.policy.briefings.actions import Talk
from songda.deliveries.policy.briefings.models import Attendance, Explanation, Interpretation, LetterCopy, Question, Registration
from songda.deliveries.policy.briefings.tests.conftest import board, matched
from songda.deliveries.policy.briefings.tests.talks import announced, held, letter, paper_for, planned
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.registry.people.models import Assignment
from songda.registry.people.tests.cast import NOW, SINCE
from tests.controls.opened import check_off, unique_off
from tests.controls.rebuilt import constraint_off

__all__ = ["board", "matched"]


@pytest.mark.row("POL-33")
def test_an_unanswered_question_holds_the_closing_back_and_would_not_without_the_count(cast, monkeypatch):
    one = held(cast)
    actions.ask(one.pk, "问", by=cast.clerk, now=NOW)
    with pytest.raises(Conflict):
        actions.close_briefing(one.pk, by=cast.desk, now=NOW)
    monkeypatch.setattr(
        sys.modules["songda.deliveries.policy.briefings.actions.run_briefing"], "waiting_questions", lambda _one: 0
    )
    assert actions.close_briefing(one.pk, by=cast.desk, now=NOW).state == "closed"


def test_an_answer_has_words_and_could_be_empty_without_the_constraint(cast):
    one = actions.ask(held(cast).pk, "问", by=cast.clerk, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=one.pk).update(answered_at=NOW)
    with check_off(Question, "answered_in_words"):
        assert Question.objects.filter(pk=one.pk).update(answered_at=NOW) == 1
        Question.objects.filter(pk=one.pk).update(answer="答")


@pytest.mark.row("POL-33")
def test_no_place_beyond_the_capacity_and_one_more_without_the_count(cast, monkeypatch):
    one = announced(cast, capacity=1)
    actions.register(one.pk, by=cast.clerk, now=NOW)
    with pytest.raises(Conflict):
        actions.register(one.pk, by=cast.desk, now=NOW, subject_id=cast.neighbour.pk)
    module = sys.modules["songda.deliveries.policy.briefings.actions.attend_briefing"]
    monkeypatch.setattr(module, "free_place", lambda _capacity, taken: len(taken) + 1)
    assert actions.register(one.pk, by=cast.desk, now=NOW, subject_id=cast.neighbour.pk).slot == 2


def place_twice(one, *subjects, slots=(1, 1)):
    with transaction.atomic():
        for subject, slot in zip(subjects, slots, strict=True):
            Registration.objects.create(briefing=one, subject=subject, slot=slot, registered_at=NOW, registered_name="示例")
    return Registration.objects.count()


@pytest.mark.row("POL-33")
def test_a_place_is_one_firms_and_a_firm_has_one_place_and_two_without_the_indexes(cast):
    one = announced(cast)
    with pytest.raises(IntegrityError):
        place_twice(one, cast.firm, cast.neighbour)
    with pytest.raises(IntegrityError):
        place_twice(one, cast.firm, cast.firm, slots=(1, 2))
    with unique_off(Registration, "briefing_slot_once"):
        assert place_twice(one, cast.firm, cast.neighbour) == 2
    Registration.objects.all().delete()
    with unique_off(Registration, "one_registration_a_firm"):
        assert place_twice(one, cast.firm, cast.firm, slots=(1, 2)) == 2


def there_twice(one, subject):
    with transaction.atomic():
        for _n in range(2):
            Attendance.objects.create(briefing=one, subject=subject, person="示例甲", how="list", at=NOW)
    return Attendance.objects.count()


@pytest.mark.row("POL-33")
@pytest.mark.django_db(transaction=True)
def test_a_person_is_there_once_and_would_be_twice_without_the_index(cast):
    one = announced(cast)
    with pytest.raises(IntegrityError):
        there_twice(one, cast.firm)
    with constraint_off(Attendance, "attended_once"):
        assert there_twice(one, cast.firm) == 2
        Attendance.objects.all().delete()


def explained(matched):
    cast = matched.cast
    Assignment.objects.create(subject=matched.firms["one"], post_id=cast.officer.post_id, starts_on=SINCE)
    return actions.explain(matched.firms["one"].pk, [matched.versions["small"].pk], Talk(), by=cast.officer, now=NOW)[0]


@pytest.mark.row("POL-10")
def test_the_officers_word_alone_confirms_nothing_and_a_paper_does(matched):
    one, officer = explained(matched), matched.cast.officer
    with pytest.raises(NotPermitted):
        actions.confirm_explanations([one.pk], by=officer, now=NOW)
    assert Explanation.objects.filter(confirmed_at__isnull=False).count() == 0
    paper = paper_for(matched.firms["one"], officer)
    assert actions.confirm_explanations([one.pk], by=officer, now=NOW, evidence_id=paper.pk) == 1


def explain_twice(one):
    with transaction.atomic():
        Explanation.objects.create(
            subject=one.subject, area_path=one.area_path, version=one.version, post=one.post, name="示例", explained_at=NOW
        )
    return Explanation.objects.count()


@pytest.mark.row("POL-10")
@pytest.mark.django_db(transaction=True)
def test_an_explanation_is_noted_once_and_would_be_twice_without_the_index(matched):
    one = explained(matched)
    with pytest.raises(IntegrityError):
        explain_twice(one)
    with constraint_off(Explanation, "explained_once_by_a_post"):
        assert explain_twice(one) == 2
        Explanation.objects.exclude(pk=one.pk).delete()


@pytest.mark.row("POL-10")
def test_who_wrote_an_article_does_not_publish_it_and_could_without_the_constraint(matched):
    cast = matched.cast
    one = actions.write_interpretation(matched.versions["small"].pk, "解读", "正文", by=cast.editor, now=NOW)
    Interpretation.objects.filter(pk=one.pk).update(written_by=cast.publisher.account_id)
    with pytest.raises(NotPermitted):
        actions.publish_interpretation(one.pk, by=cast.publisher, now=NOW)
    same = {"published_by": cast.publisher.account_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Interpretation.objects.filter(pk=one.pk).update(**same)
    with check_off(Interpretation, "interpretation_by_two_persons"):
        assert Interpretation.objects.filter(pk=one.pk).update(**same) == 1
        Interpretation.objects.filter(pk=one.pk).update(published_by=None)


def two_in_force(one):
    with transaction.atomic():
        for number in (7, 8):
            one.pk, one.number, one.state, one._state.adding = None, number, "published", True
            one.save()
    return Interpretation.objects.filter(state="published").count()


def test_one_article_is_in_force_and_two_would_be_without_the_index(matched):
    one = actions.write_interpretation(matched.versions["small"].pk, "解读", "正文", by=matched.cast.editor, now=NOW)
    with pytest.raises(IntegrityError):
        two_in_force(one)
    with unique_off(Interpretation, "one_interpretation_in_force"):
        assert two_in_force(one) == 2


def copy_twice(one, subject):
    with transaction.atomic():
        for _n in range(2):
            LetterCopy.objects.create(letter=one, subject=subject, area_path=subject.area_path, text="示例")
    return LetterCopy.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_firm_gets_one_copy_and_would_get_two_without_the_index(matched):
    one = letter(matched.cast, matched.versions["small"])
    with pytest.raises(IntegrityError):
        copy_twice(one, matched.firms["one"])
    with constraint_off(LetterCopy, "one_copy_a_firm"):
        assert copy_twice(one, matched.firms["one"]) == 2
        LetterCopy.objects.all().delete()


def test_steps_need_the_permission_and_pass_without_the_look_at_it(cast, monkeypatch):
    one = planned(cast)
    with pytest.raises(NotPermitted):
        actions.cancel_briefing(one.pk, "改期", by=cast.officer, now=NOW)
    with pytest.raises(Invalid):
        actions.cancel_briefing(one.pk, " ", by=cast.desk, now=NOW)
    monkeypatch.setattr(sys.modules["songda.deliveries.policy.briefings.access"], "require", lambda *_given: None)
    assert actions.cancel_briefing(one.pk, "改期", by=cast.officer, now=NOW).state == "cancelled"
