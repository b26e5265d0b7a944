"""Keep messages as they came 收取消息: each once, whatever how often or in which order it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.errors import Invalid
from songda.ledger.mirrors.models import Message
from songda.ledger.mirrors.queries import table_in_force
from songda.registry.organisations.queries import by_code

Raw = Mapping[str, Any]
NEEDED = ("id", "sequence", "number", "matter", "state", "title")


@dataclass(frozen=True, slots=True)
class Received:
    """How many messages are new, were known already, and were known with other content (kept as first sent, and marked)."""

    new: int = 0
    known: int = 0
    altered: int = 0


@transaction.atomic
def receive_messages(system: str, messages: Iterable[Raw], *, now: dt.datetime) -> Received:
    """Keep a batch whole or not at all. Invalid for a system nobody declared or a message without its parts."""
    declared = table_in_force().systems.get(system)
    if declared is None:
        raise Invalid(_("没有声明外部系统“%(code)s”。") % {"code": system}, advice=_("请检查活动包里的对接表。"))
    area = by_code(declared.area).area_path
    kept = [_keep(system, area, one, now) for one in messages]
    return Received(kept.count("new"), kept.count("known"), kept.count("altered"))


def _keep(system: str, area: str, raw: Raw, now: dt.datetime) -> str:
    check(raw)
    known = Message.objects.filter(system=system, external_id=raw["id"]).first() or _insert(system, area, raw, now)
    if known is None:
        return "new"
    if known.raw == dict(raw):
        return "known"
    Message.objects.filter(pk=known.pk).update(altered=True)
    return "altered"


def _insert(system: str, area: str, raw: Raw, now: dt.datetime) -> Message | None:
    """Enter a message, or give the one that another reader entered meanwhile."""
    try:
        with transaction.atomic():
            Message.objects.create(
                system=system, external_id=raw["id"], sequence=raw["sequence"], number=raw["number"], raw=dict(raw),
                area_path=area, received_at=now,
            )  # fmt: skip
    except IntegrityError:
        return Message.objects.get(system=system, external_id=raw["id"])
    return None


def check(raw: Raw) -> None:
    """Refuse a message whose parts are lacking or of another shape."""
    texts = [name for name in NEEDED if name != "sequence" and not (isinstance(raw.get(name), str) and 0 < len(raw[name]) <= 80)]
    bad = [name for name in texts if name != "title" or not isinstance(raw.get("title"), str)]
    if not isinstance(raw.get("sequence"), int) or isinstance(raw.get("sequence"), bool):
        bad.append("sequence")
    if bad:
        said = {"id": str(raw.get("id", "?"))[:80], "names": "、".join(bad)}
        raise Invalid(_("外部消息 %(id)s 缺少或写错：%(names)s。") % said, advice=_("请与对方系统核对接口。"))
