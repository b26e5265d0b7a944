"""Letters of our own accord."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document as Word

from songda.deliveries.policy.briefings import actions, queries
from songda.deliveries.policy.briefings.models import LetterCopy
from songda.deliveries.policy.briefings.rules.merging import FIELDS, merged, unknown_fields
from songda.deliveries.policy.briefings.rules.places import free_place
from songda.deliveries.policy.briefings.tests.talks import letter
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import lay
from songda.ledger.notices.actions import notify_many
from songda.ledger.notices.rules.letters import Line, Told
from songda.ledger.notices.tests.post import reachable
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, hire


def told(matched, name, version):
    subject = matched.firms[name]
    reachable(subject, "inbox", f"i-{name}")
    row = Told(subject.pk, subject.area_path, (Line(version.pk, "示例", "示例"),))
    notify_many("push:9", [row], title="示例", topic="measure_version", channels=["inbox"], now=NOW)


def test_a_letter_goes_to_those_that_fit_and_were_not_reached(matched):
    cast, version = matched.cast, matched.versions["small"]  # fits one and four
    told(matched, "one", version)
    one = letter(cast, version)
    assert [matched.name_of(key) for key in queries.audience_of(one, cast.dispatcher, on=DAY)] == ["four"]
    both = letter(cast, version, audience="fitting")
    assert len(queries.audience_of(both, cast.dispatcher, on=DAY)) == 2
    ruled = letter(cast, None, audience="rule", rule="用工人数 ≥ 60人", body="致{企业名称}")
    assert {matched.name_of(key) for key in queries.audience_of(ruled, cast.dispatcher, on=DAY)} == {"one", "three"}


@pytest.mark.row("POL-10")
def test_each_firm_gets_its_own_words_by_channel_or_on_paper_and_its_answer_is_kept(matched):
    lay()
    cast, version = matched.cast, matched.versions["small"]
    one = actions.send_letter(letter(cast, version, audience="fitting", channels=["dingtalk"]).pk, by=cast.dispatcher, now=NOW)
    copies = {matched.name_of(copy.subject_id): copy for copy in one.copies.all()}
    assert copies["one"].text.startswith("致示例企业one：\n“示例措施small”适合贵单位，2020年4月30日前可办理。")
    assert (copies["one"].noticed, copies["four"].noticed) == (True, False)  # four has no contact there
    assert queries.outcome_of(one, cast.dispatcher).nowhere == 1
    data = actions.print_letter(one.pk, by=cast.dispatcher, now=NOW, word=True)
    text = "\n".join(part.text for part in Word(io.BytesIO(data)).paragraphs)
    assert "示例企业four：" in text
    assert "示例企业one" not in text
    with pytest.raises(Conflict):
        actions.print_letter(one.pk, by=cast.dispatcher, now=NOW)
    clerk = hire(Role.ENTERPRISE_CLERK, of=matched.firms["one"])
    actions.open_letter(copies["one"].pk, by=clerk, now=NOW)
    actions.answer_letter(copies["one"].pk, "怎样申请？", by=clerk, now=NOW, is_question=True)
    assert Case.objects.get().subject_id == matched.firms["one"].pk
    found = queries.outcome_of(one, cast.dispatcher)
    assert (found.copies, found.noticed, found.printed, found.opened, found.answered, found.nowhere) == (2, 1, 1, 1, 1, 0)
    with pytest.raises(NotFound):
        actions.open_letter(copies["four"].pk, by=clerk, now=NOW)
    with pytest.raises(Conflict):
        actions.send_letter(one.pk, by=cast.dispatcher, now=NOW)


def test_several_letters_are_printed_as_pages_of_one_pdf(matched):
    cast = matched.cast
    one = actions.send_letter(letter(cast, matched.versions["small"], audience="fitting").pk, by=cast.dispatcher, now=NOW)
    data = actions.print_letter(one.pk, by=cast.dispatcher, now=NOW)
    assert data.startswith(b"%PDF")
    assert LetterCopy.objects.filter(printed_at=None).count() == 0


def test_a_field_nobody_knows_is_refused_and_values_are_never_fields(matched):
    with pytest.raises(Invalid, match="老板姓名"):
        letter(matched.cast, matched.versions["small"], body="致{老板姓名}")
    assert merged("{企业名称}{日期}", {"企业名称": "{日期}", "日期": "今天"}) == "{日期}今天"
    assert unknown_fields("{企业名称}{x}{x}") == ["x"]


def test_who_may_write_and_where(matched):
    with pytest.raises(NotPermitted):
        letter(matched.cast, matched.versions["small"], by=matched.cast.desk)
    with pytest.raises(Invalid):
        letter(matched.cast, None)
    with pytest.raises(Invalid):
        letter(matched.cast, matched.versions["small"], channels=["sms"])
    one = letter(matched.cast, matched.versions["small"])
    with pytest.raises(NotPermitted):
        actions.send_letter(one.pk, by=matched.cast.officer, now=NOW)


@pytest.mark.parametrize(("capacity", "taken", "place"), [(None, {1, 2}, 3), (2, {1, 2}, None), (2, {2}, 1), (1, set(), 1)])
def test_the_first_free_place(capacity, taken, place):
    assert free_place(capacity, taken) == place


def test_every_field_is_filled(matched):
    body = "".join(f"{{{name}}}" for name in FIELDS)
    one = letter(matched.cast, matched.versions["small"], body=body)
    (_subject, text), *_rest = queries.texts_for(one, [matched.firms["one"].pk], on=DAY)
    assert not re.search(r"[{}]", text)
