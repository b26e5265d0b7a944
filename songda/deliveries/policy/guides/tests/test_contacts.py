"""Whom to ask, the green channel, and what happens when a contact leaves (POL-13); red lines by industry (POL-30)."""

from __future__ import annotations

import datetime as dt

import pytest

from songda.deliveries.policy.guides import actions, queries
from songda.deliveries.policy.guides.tests.measures import in_force
from songda.deliveries.policy.library.actions import annotate, end_contact, give_contact
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries import contact_for, may_apply, without_contact
from songda.deliveries.policy.library.tests.texts import CONTACT
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.actions import open_case, step_case
from songda.ledger.cases.models import CaseClock, Party
from songda.ledger.cases.queries import Wanted, listed
from songda.registry.people.models import Post
from songda.registry.people.tests.cast import DAY, NOW

pytestmark = [pytest.mark.usefixtures("industries", "ledger"), pytest.mark.row("POL-13")]
LATER = NOW + dt.timedelta(days=5)


def bound(cast):
    """A measure whose card is bound to the desk's post."""
    version = in_force(cast)[0]
    MeasureVersion.objects.filter(pk=version.pk).update(department=cast.bureau)
    give_contact(version.pk, {**CONTACT, "post_id": cast.desk.post_id}, by=cast.editor, now=NOW)
    version.refresh_from_db()
    return version


def question(**more):
    return actions.Question(**{"asks": "question", "text": "材料怎么交？", "contact": ("示例联系人", "0000"), **more})


def test_a_measure_whose_contact_left_is_listed_with_its_owner_until_somebody_takes_over(cast):
    version = bound(cast)
    assert without_contact(cast.desk, DAY) == []
    Post.objects.filter(pk=cast.desk.post_id).update(ends_on=LATER.date())
    assert without_contact(cast.editor, DAY) == []
    (one,) = without_contact(cast.editor, LATER.date())
    assert (one.version, one.owner, one.fault) == (version, str(cast.bureau), "联系人已离任，岗位空缺。")
    assert not may_apply(version, LATER.date()).allowed
    with pytest.raises(Conflict, match="联系卡"):
        actions.ask_through_card(version.pk, question(), by=cast.clerk, now=LATER)
    give_contact(version.pk, {**CONTACT, "post_id": cast.lead.post_id}, by=cast.lead, now=LATER)
    assert without_contact(cast.editor, LATER.date()) == []


def test_a_card_names_section_person_and_telephone(cast):
    version = in_force(cast)[0]
    with pytest.raises(Invalid) as refusal:
        give_contact(version.pk, {"section": "", "post_title": "专员", "phone": " "}, by=cast.editor, now=NOW)
    assert set(refusal.value.fields) == {"section", "phone"}


def test_an_ended_card_is_worth_nothing_from_the_next_day(cast):
    version = in_force(cast)[0]
    card = contact_for(version.measure, version.area_path, DAY)
    end_contact(version.pk, card.pk, by=cast.editor, now=NOW)
    assert contact_for(version.measure, version.area_path, DAY) == card
    assert contact_for(version.measure, version.area_path, DAY + dt.timedelta(days=1)) is None


def test_the_narrowest_territory_answers_first(cast):
    version = in_force(cast)[0]
    street = {**CONTACT, "phone": "0371-0000 0177", "area_path": cast.street_office.area_path}
    give_contact(version.pk, street, by=cast.editor, now=NOW)
    assert contact_for(version.measure, cast.firm.area_path, DAY).phone == "0371-0000 0177"
    assert contact_for(version.measure, version.area_path, DAY).phone == CONTACT["phone"]


def test_a_question_through_the_card_is_a_case_in_front_held_by_the_person_on_the_card(cast):
    version = bound(cast)
    plain = open_case("demand", subject_id=cast.firm.pk, title="示例诉求", by=cast.clerk, now=NOW - dt.timedelta(days=20))
    case = actions.ask_through_card(version.pk, question(), by=cast.clerk, now=NOW, request_key="k1")
    assert actions.ask_through_card(version.pk, question(), by=cast.clerk, now=NOW, request_key="k1").pk == case.pk
    case.refresh_from_db()
    assert (case.state, case.lead, case.holder_id) == ("assigned", cast.bureau, cast.desk.post_id)
    assert case.extra["measure"] == version.title
    assert list(Party.objects.filter(case=case).values_list("organisation", "role")) == [(cast.bureau.pk, "lead")]
    assert [one.pk for one in listed(cast.dispatcher, Wanted(), NOW)] == [case.pk, plain.pk]
    fast, slow = (CaseClock.objects.get(case=one, main=True) for one in (case, plain))
    assert fast.due_at - case.opened_at < slow.due_at - plain.opened_at


def test_its_average_handling_time_is_reported_apart(cast):
    version = bound(cast)
    plain = open_case("demand", subject_id=cast.firm.pk, title="示例诉求", by=cast.clerk, now=NOW)
    first = actions.ask_through_card(version.pk, question(), by=cast.clerk, now=NOW)
    second = actions.ask_through_card(version.pk, question(asks="claim"), by=cast.clerk, now=NOW)
    for case, hours in ((first, 2), (second, 5)):
        step_case(case.pk, "solve_on_spot", by=cast.desk, now=NOW + dt.timedelta(hours=hours))
    fast, other = queries.handling_of(cast.dispatcher, NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=1))
    assert (fast.handled, fast.seconds, fast.waiting, fast.printed) == (2, 7 * 3600, 0, "3.5")
    assert (other.handled, other.waiting, other.printed) == (0, 1, "—")
    assert plain.kind.label != first.kind.label


def test_contacts_are_listed_by_measure_for_a_firm(cast):
    version = bound(cast)
    found = queries.contacts_listed(cast.clerk, cast.firm.area_path, DAY)
    assert len(found) == 4
    assert next(one.card.who for one in found if one.measure == version).startswith("政策专员（")


@pytest.mark.row("POL-30")
def test_each_red_line_is_in_the_inspection_list_of_its_industry(cast):
    making = in_force(cast)[1]
    document = making.sources.get().article.document
    source = making.sources.get()
    own = annotate(document.pk, kind="red_line", start=source.start, end=source.end, note="不得虚报", by=cast.editor, now=NOW)
    start = document.text.index("各单位要加强统筹协调")
    general = annotate(document.pk, kind="red_line", start=start, end=start + 10, note="不得推诿", by=cast.editor, now=NOW)
    lists = {
        one.code: [line.mark for line in queries.red_lines_for(cast.zone.area_path, one, on=DAY)] for one in queries.industries()
    }
    assert lists == {"making": [own, general], "medicine": [own, general], "catering": [general]}
    assert len(queries.red_lines_for(cast.zone.area_path, None, on=DAY)) == 2
