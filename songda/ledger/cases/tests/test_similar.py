"""The likely duplicate is offered before filing: same firm, open, nearly the same words."""

from __future__ import annotations

import pytest

from songda.ledger.cases import queries
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import demand, lay


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("缺一线操作工20人", True),
        ("急缺一线的操作工", True),
        ("一线操作工紧缺，请帮助招工", True),
        ("口罩只够用三天", False),
        ("工人子女入学", False),
    ],
)
def test_nearly_the_same_words_of_the_same_firm(title, found, cast):
    lay()
    case = demand(cast, title="缺一线操作工12人")
    assert [one.case.pk for one in queries.similar(cast.firm.pk, title)] == [case.pk] * found


def test_not_of_another_firm_and_not_what_rests(cast):
    lay()
    case = demand(cast, title="缺一线操作工12人")
    assert queries.similar(cast.neighbour.pk, "缺一线操作工12人") == []
    Case.objects.filter(pk=case.pk).update(open=False)
    assert queries.similar(cast.firm.pk, "缺一线操作工12人") == []
    assert queries.similar(cast.firm.pk, "") == []
