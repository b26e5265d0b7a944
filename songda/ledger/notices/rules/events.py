"""Events 事件 that programs can be told of: few, named, versioned. A body has codes, numbers and links; never a person's values."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from songda.kernel.words import gettext_lazy as _

PING = "ping"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of event: how it is called, and the permissions of which a post needs one to hear of it."""

    label: object
    permissions: frozenset[str] = frozenset()


CASES = frozenset({"cases.see", "cases.handle", "cases.file", "firm.read"})
KINDS: Mapping[str, Kind] = {
    "case.step": Kind(_("事项办理了一步"), CASES),
    "case.closed": Kind(_("事项办结"), CASES),
    "demand.filed": Kind(_("诉求登记"), CASES),
    "measure.published": Kind(_("政策措施发布"), frozenset({"policy.see", "firm.read"})),
    "push.sent": Kind(_("政策推送发出"), frozenset({"push.see"})),
    "bulletin.published": Kind(_("简报印发"), frozenset({"bulletins.see"})),
    "return.accepted": Kind(_("报表验收"), frozenset({"returns.see"})),
    PING: Kind(_("测试事件")),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """What a room has to tell: the type, plain data of codes and numbers, and the page of the house where it is seen."""

    type: str
    data: Mapping[str, object] = field(default_factory=dict)
    page: str = ""


def heard_by(permissions: frozenset[str]) -> dict[str, object]:
    """The types that a post with these permissions may ask for, with their labels; the test event goes to every hook."""
    return {name: kind.label for name, kind in KINDS.items() if kind.permissions & permissions}


def body_of(number: str, type_: str, version: int, at: dt.datetime, data: Mapping[str, object]) -> str:
    """The body that is sent: the same text each time it is sent."""
    told = {"id": number, "type": type_, "version": version, "timestamp": at.astimezone(dt.UTC).isoformat(timespec="seconds")}
    return json.dumps({**told, "data": dict(data)}, ensure_ascii=False, separators=(",", ":"))
