"""What is compiled is kept by content: a change of catalogue, code list, facts or rules is seen by the next question."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from songda.deliveries.policy.matching.queries import verdicts_for
from songda.deliveries.policy.matching.tests.board import tell
from songda.registry.actors import system
from songda.registry.codes.actions import Edition, load_dictionary
from songda.registry.codes.rules import Entry
from songda.registry.facts.actions import Definition, define_facts
from songda.registry.facts.tests.cast import FACTS
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.rulebook.actions import draft_rule

LATER = NOW + dt.timedelta(minutes=1)


def said(board):
    found = verdicts_for(board.firms["one"].pk, on=DAY)
    return {one.version.measure.code: (one.answer.value, [change.needed for change in one.verdict.changes]) for one in found}


def test_an_entry_of_the_catalogue_that_changes_counts_at_once(board):
    assert said(board)["staff"] == ("是", [])
    staff = next(one for one in FACTS if one.code == "headcount")
    define_facts([Definition(replace(staff, freshness_days=1))], by=system(), now=LATER)
    assert said(board)["staff"][0] == "待核"


def test_a_new_edition_of_a_code_list_counts_at_once(board):
    assert said(board)["maker"] == ("是", [])
    moved = [Entry("C", "制造业"), Entry("37", "运输设备制造业", "C"), Entry("I", "信息业"), Entry("3711", "高铁车组制造", "I")]
    load_dictionary(Edition("gbt4754", "2026", "国民经济行业分类", moved, starts_on=DAY), by=system(), now=LATER)
    assert said(board)["maker"][0] == "否"


def test_a_fact_and_a_rule_that_change_count_at_once(board):
    assert said(board)["either"][0] == "否"
    tell(board.firms["one"], "size", "大型", LATER)
    assert said(board)["either"][0] == "是"
    stricter = {"title": "示例", "text": "用工人数 ≥ 61人", "amount_text": "", "cases": ()}
    board.versions["staff"].rule_version = draft_rule("rule-stricter", **stricter, by=board.cast.editor, now=LATER)
    board.versions["staff"].save()
    assert said(board)["staff"] == ("否", ["61人"])
