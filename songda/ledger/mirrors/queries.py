"""Reads of the room: the table in force, the systems of this installation, a case beside its mirror, messages.

Systems are configured in settings.SYSTEMS_FILE (default HOME/systems.json):

    {"approval": {"base_url": "https://approval.example.gov.cn", "application": "…", "signing": "…"}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import Unavailable
from songda.ledger.mirrors.access import messages_visible_to, references_of
from songda.ledger.mirrors.models import MappingVersion, Message, Reference
from songda.ledger.mirrors.rules.mapping import Table, table_of
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Beside:
    """A reference as the case's page shows it: the system in words, the way there, its last messages."""

    reference: Reference
    system: str
    link: str
    messages: list[tuple[Message, str]]


def table_in_force() -> Table:
    """The mapping table of today; an empty one before any pack."""
    newest = MappingVersion.objects.order_by("-number").first()
    return table_of(newest.body) if newest else Table({}, {}, {})


def systems_file() -> Path:
    """Where the other systems are configured."""
    return Path(getattr(settings, "SYSTEMS_FILE", settings.HOME / "systems.json"))


def configured() -> Mapping[str, Mapping[str, str]]:
    """The other systems that can be asked, by code; none where there is no file."""
    path = systems_file()
    if not path.exists():
        return {}
    try:
        found: Mapping[str, Mapping[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        message = _("对接配置 %(path)s 不是有效的 JSON。") % {"path": path}
        raise Unavailable(message, advice=_("请系统管理员更正该文件。")) from error
    return found


def beside(case_id: int, actor: Actor) -> list[Beside]:
    """A case in sight beside what other systems say of it."""
    table = table_in_force()
    return [_beside(one, table) for one in references_of(case_id, actor)]


def listed(actor: Actor, fate: str = "", text: str = "") -> QuerySet[Message]:
    """Messages in sight, newest first."""
    rows = messages_visible_to(actor)
    if fate:
        rows = rows.filter(fate=fate)
    if text.strip():
        rows = rows.filter(number__contains=text.strip())
    return rows.order_by("-pk")


def state_in_words(message: Message, table: Table) -> str:
    """The state a message tells, in the other system's words; its code where the table has none."""
    code = str(message.raw["state"])
    known = table.states.get((message.system, code))
    return known.label if known else code


def _beside(reference: Reference, table: Table) -> Beside:
    system = table.systems.get(reference.system)
    newest = reference.messages.order_by("-sequence", "-pk")[:50]
    messages = [(one, state_in_words(one, table)) for one in newest]
    return Beside(
        reference, system.label if system else reference.system, system.link(reference.number) if system else "", messages
    )
