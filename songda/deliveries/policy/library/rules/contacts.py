"""What makes a contact card 联系卡 fit to be published, and worth something on a day (POL-13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from songda.kernel.words import gettext as _

FIELDS = ("section", "post_title", "phone", "email", "wechat")


@dataclass(frozen=True, slots=True)
class Card:
    """The days of a card, both included, and those of the post it is bound to (from, until: not included); None: bound to none."""

    valid_from: dt.date
    valid_until: dt.date | None
    post: tuple[dt.date, dt.date | None] | None = None


def fault_on(card: Card, on: dt.date) -> str:
    """Why a card cannot be relied on, on a day; empty where it can."""
    if on < card.valid_from:
        return _("联系卡尚未生效。")
    if card.valid_until is not None and on > card.valid_until:
        return _("联系卡已失效。")
    if card.post is None:
        return ""
    began, ended = card.post
    if on < began or (ended is not None and on >= ended):
        return _("联系人已离任，岗位空缺。")
    return ""


def lacks_of_card(said: Mapping[str, str]) -> dict[str, str]:
    """The three things that must be published 科室、联系人、联系方式: field → sentence for what is missing."""
    sentences = {
        "section": _("缺联系科室。"), "post_title": _("缺联系人：请填写职务，不必填写姓名。"), "phone": _("缺联系电话。"),
    }  # fmt: skip
    return {name: sentence for name, sentence in sentences.items() if not said.get(name, "").strip()}
