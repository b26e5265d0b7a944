"""WeCom 企业微信: the application's message to one user, and the group robot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from songda.ledger.notices.actions.channel_calls import Account, Plain, Token, in_markdown, outcome_of
from songda.ledger.notices.rules.letters import Letter
from songda.ledger.notices.rules.outcomes import Fate, Outcome

DUPLICATES_LIVE = dt.timedelta(hours=4)  # the longest interval the platform's check of duplicates allows


@dataclass
class Application(Plain):
    """An application's message 应用消息 to one user.

    The platform does not show the same content to the same user twice within the interval asked for, four hours at most. Every
    letter has a link of its own, so only a repeat of the same letter has the same content: that is a key which lives four hours.
    """

    account: Account
    client: httpx.Client
    per_minute: int = 0
    takes_key = True
    key_lives = DUPLICATES_LIVE

    def __post_init__(self) -> None:
        query = {"corpid": self.account.application, "corpsecret": self.account.signing}
        self.token = Token(lambda: self.client.get("/cgi-bin/gettoken", params=query))

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Send the letter to its user."""
        del now
        body = {
            "touser": letter.to,
            "msgtype": "markdown",
            "agentid": self.account.agent,
            "markdown": {"content": in_markdown(letter)},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": int(DUPLICATES_LIVE.total_seconds()),
        }
        return self.token.used_by(
            lambda: self.client.post("/cgi-bin/message/send", params={"access_token": self.token.value}, json=body), "msgid"
        )


@dataclass
class GroupRobot(Plain):
    """A group's robot 群机器人: an address with a key in it, 20 messages a minute. `groups` has an account for each group's code."""

    account: Account
    client: httpx.Client
    per_minute: int = 20
    groups: Mapping[str, Account] = field(default_factory=dict)

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Post the letter to its group."""
        del now
        account = self.groups.get(letter.to, self.account)
        if not account.application:
            return Outcome(Fate.REFUSED, reason=f"群 {letter.to} 未配置机器人")
        body = {"msgtype": "markdown", "markdown": {"content": in_markdown(letter)}}
        return outcome_of(
            lambda: self.client.post("/cgi-bin/webhook/send", params={"key": account.application}, json=body), "msgid"
        )
