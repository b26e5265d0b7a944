"""Channels 渠道: how a letter leaves the house. One small protocol, one adapter for each kind of platform.

Kinds: `work_notice` and `robot` (DingTalk), `wecom_app` and `wecom_robot` (WeCom), `sms` (HTTP gateway), `smtp` (e-mail). Addresses
and secrets come from the configuration (`queries.channels`), limits, caps and quiet hours from the pack (`queries.terms`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from songda.kernel.errors import Unavailable
from songda.ledger.notices.actions.channel_calls import Account, client_for
from songda.ledger.notices.actions.channel_dingtalk import Robot, WorkNotice
from songda.ledger.notices.actions.channel_mail import Mail
from songda.ledger.notices.actions.channel_sms import Sms
from songda.ledger.notices.actions.channel_wecom import Application, GroupRobot
from songda.ledger.notices.queries.channels import configuration
from songda.ledger.notices.rules.letters import Letter, Sent
from songda.ledger.notices.rules.outcomes import Look, Outcome, Promise


class Channel(Protocol):
    """Something that can send a letter. It never raises for what a platform does; the outcome says it.

    `takes_key`: a repeat with the same key is shown once, as long as `key_lives`. `can_be_asked`: the platform says by key whether
    it has a message. `receipts`: it says later whether a message was brought. `per_minute`: what its kind allows (0: no limit known).
    `most_attempts`: how often a message is tried.
    """

    takes_key: bool
    key_lives: dt.timedelta
    can_be_asked: bool
    receipts: bool
    per_minute: int
    most_attempts: int

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Send one letter, once."""

    def look(self, sent: Sent, *, now: dt.datetime) -> Look:
        """What the platform says of a letter sent before, found by our key or by its own number."""


def promise_of(channel: Channel) -> Promise:
    """What may be relied on with a channel."""
    return Promise(channel.key_lives if channel.takes_key else dt.timedelta(0), channel.can_be_asked, channel.most_attempts)


def open_channels() -> dict[str, Channel]:
    """The configured channels, each with its connection. Unavailable with a sentence for one that is wrongly configured."""
    return {code: open_channel(code, given) for code, given in configuration().get("channels", {}).items()}


def open_channel(code: str, given: Mapping[str, Any]) -> Channel:
    """One channel from its configuration."""
    kind = KINDS.get(given.get("kind", ""))
    missing = [] if kind else ["kind"]
    needed = NEEDS.get(given.get("kind", ""), ("base_url",))
    missing += [name for name in needed if not given.get(name) and not (name != "base_url" and given.get("groups"))]
    if kind is None or missing:
        raise Unavailable(
            _("渠道 %(code)s 配置不全：缺少 %(names)s。") % {"code": code, "names": "、".join(missing)},
            advice=_("请系统管理员补全渠道配置文件。"),
        )
    channel = kind(given, _account(given["base_url"], given))
    if "per_minute" in given:
        channel.per_minute = int(given["per_minute"])
    return channel


def _account(base_url: str, given: Mapping[str, Any]) -> Account:
    agent = str(given.get("agent") or given.get("sender") or "")
    return Account(base_url, str(given.get("application", "")), str(given.get("signing", "")), agent)


def _groups(given: Mapping[str, Any]) -> dict[str, Account]:
    """The robots of the groups, by the group's code."""
    return {code: _account(given["base_url"], one) for code, one in given.get("groups", {}).items()}


def _takes_key(given: Mapping[str, Any]) -> bool:
    return bool(given.get("takes_key", False))


NEEDS: Mapping[str, tuple[str, ...]] = {
    "robot": ("base_url", "application", "signing"),
    "work_notice": ("base_url", "application", "signing", "agent"),
    "wecom_app": ("base_url", "application", "signing", "agent"),
    "wecom_robot": ("base_url", "application"),
    "sms": ("base_url", "application", "signing", "agent"),
    "smtp": ("base_url", "sender"),
}
KINDS: Mapping[str, Callable[[Mapping[str, Any], Account], Channel]] = {
    "robot": lambda given, account: Robot(account, client_for(account), groups=_groups(given)),
    "work_notice": lambda given, account: WorkNotice(account, client_for(account), takes_key=_takes_key(given)),
    "wecom_app": lambda _given, account: Application(account, client_for(account)),
    "wecom_robot": lambda given, account: GroupRobot(account, client_for(account), groups=_groups(given)),
    "sms": lambda given, account: Sms(account, client_for(account), takes_key=_takes_key(given)),
    "smtp": lambda given, account: Mail(account, takes_key=_takes_key(given)),
}
