"""Controls: a rule is signed with its cases complete, right, and one answer on every evaluator."""

from __future__ import annotations

from importlib import import_module

import pytest

from songda.engines.rules.verdict import Answer
from songda.kernel.errors import Invalid
from songda.registry.rulebook.actions import draft_rule, sign_rule
from songda.registry.rulebook.tests.books import AMOUNT, CASES, NOW, TEXT, catalogue

__all__ = ["catalogue"]
pytestmark = pytest.mark.usefixtures("catalogue")
SIGN = "songda.registry.rulebook.actions.sign_rule"


def drafted(by, cases=CASES):
    return draft_rule("rent-help", title="租金补贴", text=TEXT, amount_text=AMOUNT, cases=cases, by=by, now=NOW).pk


def test_cases_missing(cast, monkeypatch):
    bare = drafted(cast.editor, CASES[:1])
    with pytest.raises(Invalid, match="案例不全"):
        sign_rule(bare, by=cast.editor, now=NOW)
    monkeypatch.setattr(import_module(SIGN), "lacking_examples", lambda _: ())
    assert sign_rule(bare, by=cast.editor, now=NOW).signed_at == NOW


def test_a_wrong_case(cast, monkeypatch):
    wrong = drafted(cast.editor, [{**CASES[1], "expect": "是", "name": "大型也给"}, *CASES])
    with pytest.raises(Invalid, match="大型也给"):
        sign_rule(wrong, by=cast.editor, now=NOW)
    monkeypatch.setattr(import_module(SIGN), "refuse_wrong", lambda *_: None)
    assert sign_rule(wrong, by=cast.editor, now=NOW).signed_at == NOW


def test_an_evaluator_that_disagrees(cast, monkeypatch):
    pk = drafted(cast.editor)
    monkeypatch.setattr("songda.registry.rulebook.rules.agreement.by_sql", lambda *_: Answer.NO)
    with pytest.raises(Invalid, match="结果不一致") as refused:
        sign_rule(pk, by=cast.editor, now=NOW)
    assert "符合" in refused.value.message
    monkeypatch.setattr("songda.registry.rulebook.rules.agreement.Outcome.agree", True)
    assert sign_rule(pk, by=cast.editor, now=NOW).signed_at == NOW
