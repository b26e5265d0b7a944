from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songda.registry.facts.models import FactDefinition
from songda.registry.people.tests.cast import enter
from songda.registry.rulebook import queries
from songda.registry.rulebook.rules.form_nodes import to_data
from songda.registry.rulebook.tests.books import TEXT

pytestmark = pytest.mark.usefixtures("catalogue")
QUERIES = 9  # session, account, post and scope (6); catalogue and its code lists; descriptions
PIECES = (
    "用工人数",
    "企业规模",
    " ",
    "≥",
    "50人",
    "且",
    "或",
    "(",
    ")",
    "{",
    "}",
    "属于",
    "至少2项",
    "近3年",
    "；",
    "「",
    "非",
    "1e9",
    "\u3000",
    "𠀀",
)


def entries(text, start="condition", at=None):
    return [one.text for one in queries.completed(text, len(text) if at is None else at, start).entries]


def test_what_may_follow_is_offered_with_kind_unit_and_description():
    FactDefinition.objects.filter(code="staff").update(description="月末在岗人数")
    (found,) = queries.completed("企业规模 属于 {小型} 且 用工", 17).entries
    assert (found.text, found.kind, found.unit, found.start, found.joint) == ("用工人数", "数值", "人", 15, False)
    assert "月末在岗人数" in found.hint
    assert entries("企业规模 属于 {") == ["大型", "中型", "小型", "微型"]
    assert entries("月租", "amount") == ["月租金"]
    assert entries("用工人数 ≥ 50", at=3) == ["用工人数"]
    assert "50人" in entries("用工人数 ≥ 50")


def test_what_can_only_be_described_is_a_note_and_no_entry():
    found = queries.completed("成立日期 满 ", 7)
    assert found.entries == ()
    assert "6个月" in found.note


def test_words_that_need_a_bracket_bring_it():
    assert "至少2项 {" in entries("至少")


def test_at_most_ten_and_every_fact_once_when_nothing_is_typed():
    found = entries("")
    assert len(found) == 10
    assert found[:3] == ["企业规模", "用工人数", "月租金"]


def test_the_pickers_find_names_and_codes():
    assert [one.text for one in queries.names_like("人数").entries] == ["用工人数"]
    assert len(queries.names_like("").entries) == 8
    assert [one.value for one in queries.codes_like("型", "企业规模").entries] == ["large", "medium", "small", "micro"]
    assert [one.text for one in queries.codes_like("SMALL", "企业规模").entries] == ["小型"]
    assert queries.codes_like("", "用工人数").entries == ()


def posted(client, address, **fields):
    return client.post(f"/rules/{address}/", fields)


def test_each_door_answers_in_a_constant_number_of_queries(cast, client, django_assert_max_num_queries):
    enter(client, cast.editor)
    queries.completed("", 0)
    form = json.dumps(to_data(queries.form_of_text(TEXT).root.node))
    for address, fields in (
        ("complete", {"text": TEXT, "position": "4"}), ("names", {"asked": "人"}), ("codes", {"asked": "小", "fact": "企业规模"}),
        ("build", {"text": TEXT}), ("build", {"form": form, "do": "add-row"}), ("check", {"text": TEXT}),
    ):  # fmt: skip
        with django_assert_max_num_queries(QUERIES):
            assert posted(client, address, **fields).status_code == 200


def test_only_who_writes_rules_gets_in(cast, client):
    for person in (cast.clerk, cast.publisher, cast.desk):
        enter(client, person)
        assert {posted(client, one, text=TEXT, form="{}").status_code for one in ("complete", "names", "codes", "build")} == {403}


def test_text_becomes_a_form_and_the_form_text(cast, client):
    enter(client, cast.editor)
    page = posted(client, "build", text="企业规模属于{小型;微型}且用工人数>=10人").content.decode()
    assert f'data-text="{TEXT_CANONICAL}"' in page
    assert 'data-code="micro"' in page
    form = json.dumps(to_data(queries.form_of_text(TEXT).root.node))
    page = posted(client, "build", form=form, do="uncode", at="0", value="small").content.decode()
    assert 'data-text="企业规模 属于 {微型} 且 用工人数 ≥ 10人"' in page
    page = posted(client, "build", form=form, do="add-row").content.decode()
    assert f'data-text="{TEXT_CANONICAL} 且 …"' in page
    assert 'data-focus="b2"' in page


TEXT_CANONICAL = "企业规模 属于 {小型；微型} 且 用工人数 ≥ 10人"


def test_half_a_text_leaves_the_form_as_it_is(cast, client):
    enter(client, cast.editor)
    assert posted(client, "build", text="用工人数 ≥").status_code == 204
    assert "还没有条件" in posted(client, "build", text=" ").content.decode()


@pytest.mark.parametrize(
    "form", ["", "nonsense", '{"kind":"row"}', "[" * 3000, json.dumps({"kind": "all", "items": [{"kind": "all"}] * 400})]
)
def test_what_is_no_form_is_refused_and_no_fault(cast, client, form):
    enter(client, cast.editor)
    assert posted(client, "build", form=form).status_code == 400


def test_a_form_as_deep_as_may_be_is_drawn(cast, client):
    node = {"kind": "row", "values": {"fact": "参保企业", "verb": "是"}}
    for _ in range(11):
        node = {"kind": "any", "items": [node, {"kind": "row"}]}
    enter(client, cast.editor)
    assert posted(client, "build", form=json.dumps(node)).status_code == 200


def test_names_are_escaped(cast, client):
    enter(client, cast.editor)
    node = {
        "kind": "all",
        "items": [
            {"kind": "row", "values": {"fact": '"><script>', "verb": "<b>"}},
            {"kind": "text", "values": {"text": "</textarea><i>"}},
        ],
    }
    page = posted(client, "build", form=json.dumps(node)).content.decode()
    assert "<script>" not in page
    assert "<i>" not in page.replace('<i class="ti', "")


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.integers(0, 40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_half_written_text_is_a_fault(text, at):
    for start in ("condition", "amount"):
        queries.completed(text, at, start)
    queries.form_of_text(text)
    queries.checked(text, text)
