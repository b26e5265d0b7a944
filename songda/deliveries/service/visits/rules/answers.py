"""What the answers of the firms of one visit make of it, and whom it must ask at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from songda.deliveries.service.visits.states import Reply

OUT = frozenset({Reply.DECLINED, Reply.MERGED})


@dataclass(frozen=True, slots=True)
class Door:
    """A stop as far as consent goes: whether it is at a firm, at the firm's own wish, and what the firm said."""

    firm: bool
    wished: bool
    reply: str


def must_ask(door: Door, *, mandatory: bool) -> bool:
    """Whether nobody may come before the firm agrees: at a firm, not at its wish, not prescribed by law."""
    return door.firm and not door.wished and not mandatory


def settles(replies: Collection[str]) -> str | None:
    """The step that these answers make, None while one is out. One that wants another day moves the visit; all refused, it is off."""
    asked = [reply for reply in replies if reply != Reply.MERGED]
    if Reply.ASKED in asked:
        return None
    if Reply.MOVED in asked:
        return "propose"
    if all(reply == Reply.DECLINED for reply in asked):
        return "decline"
    return "accept"


def unasked(doors: Collection[Door], *, mandatory: bool) -> int:
    """How many firms still have to agree before the visit may start."""
    waiting = [door for door in doors if must_ask(door, mandatory=mandatory) and door.reply not in OUT]
    return sum(door.reply != Reply.ACCEPTED for door in waiting)
