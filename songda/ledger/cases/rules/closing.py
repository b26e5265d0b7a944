"""How a matter may close 销号条件 (SVC-07, Appendix G 9): proof, the firm's word or a return visit, and a second person."""

from __future__ import annotations

from dataclasses import dataclass

from songda.kernel.words import gettext as _
from songda.ledger.cases.rules.kinds import Closing


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a matter when somebody wants to close it. `proposed_by` and `acting` are accounts."""

    evidence: int
    answer: str
    by: str
    reminders: int
    proposed_by: int | None
    acting: int | None


def what_lacks(closing: Closing, standing: Standing) -> tuple[str, ...]:
    """A sentence for each thing that still stands in the way; none when the matter may be closed."""
    lacks = []
    if closing.evidence and not standing.evidence:
        lacks.append(_("还没有办理凭证（照片、回执、文书等）。"))
    if closing.word != "none":
        lacks += _of_the_word(closing, standing)
    if standing.proposed_by is not None and standing.proposed_by == standing.acting:
        lacks.append(_("报结人不能自己销号，须由另一人复核。"))
    return tuple(lacks)


def _of_the_word(closing: Closing, standing: Standing) -> list[str]:
    if standing.answer == "no":
        return [_("企业不认可办理结果。")]
    if standing.answer == "silent":
        asked = standing.reminders >= closing.reminders
        return [] if asked else [_("企业未答复：须先提醒 %(n)d 次，且只能记为“未答复”。") % {"n": closing.reminders}]
    if standing.answer not in ("yes", "unreachable"):
        return [_("企业还没有确认，也没有回访记录。")]
    if closing.word == "firm" and standing.by != "firm":
        return [_("本类事项须由企业自己确认。")]
    if closing.word == "revisit" and standing.by != "visit":
        return [_("本类事项须经回访确认。")]
    return []
