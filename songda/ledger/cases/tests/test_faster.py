"""Who comes second is told who was faster, even where nothing but the filing came before."""

from __future__ import annotations

import pytest

from songda.kernel.errors import Conflict
from songda.ledger.cases.actions import Said, step_case
from songda.ledger.cases.tests.ground import anybody, demand, lay
from songda.registry.people.tests.cast import NOW, Cast


@pytest.mark.django_db
def test_an_old_version_of_what_was_only_filed_is_a_conflict(cast: Cast) -> None:
    lay()
    case = demand(cast)
    with pytest.raises(Conflict) as refusal:
        step_case(case.pk, "remark", Said(note="x", version=0), by=anybody(), now=NOW)
    assert "登记" in refusal.value.message
