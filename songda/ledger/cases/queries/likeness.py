"""Likely duplicates 疑似重复: open cases of the same firm that say nearly the same. Counted by shared pairs of characters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from songda.ledger.cases.models import Case

NEAR = 0.35  # share of pairs in common from which on a case is offered
LOOKED_AT = 200  # open cases of one firm compared, the latest first
SHOWN = 5
_SIGNS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A case that may be the same matter: how alike (0 … 1), and the words in common."""

    case: Case
    score: float
    shared: tuple[str, ...]


def similar(subject_id: int, title: str, text: str = "") -> list[Likeness]:
    """Open cases of the firm that are likely the same matter, the likest first. The caller has fetched the firm through access."""
    asked = pairs(title) or pairs(text)
    found = []
    for case in Case.objects.filter(subject_id=subject_id, open=True).select_related("kind").order_by("-id")[:LOOKED_AT]:
        score = max(likeness(asked, pairs(case.title)), likeness(asked | pairs(text), pairs(case.title) | pairs(case.text)))
        if score >= NEAR:
            found.append(Likeness(case, score, tuple(sorted(asked & pairs(case.title)))[:8]))
    return sorted(found, key=lambda one: (-one.score, one.case.pk))[:SHOWN]


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters, without blanks, signs and digits."""
    plain = re.sub(r"\d+", "", _SIGNS.sub("", text.lower()))
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """Dice: twice what is common over what there is."""
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0
