"""DingTalk 钉钉: the group robot and the work notice to one user."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from songda.ledger.notices.actions.channel_calls import Account, Plain, Token, in_markdown, outcome_of
from songda.ledger.notices.rules.letters import Letter, Sent
from songda.ledger.notices.rules.outcomes import FOR_EVER, Fate, Look, Outcome, Sight

WORK_NOTICE = "/topapi/message/corpconversation/asyncsend_v2"
SEND_RESULT = "/topapi/message/corpconversation/getsendresult"


@dataclass
class Robot(Plain):
    """A group robot 群机器人: signed webhook, no key, 20 messages a minute. `groups` has an account for each group's code."""

    account: Account
    client: httpx.Client
    per_minute: int = 20
    groups: Mapping[str, Account] = field(default_factory=dict)

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Post the letter to its group; to a person, in the house's one group, naming the person."""
        account = self.groups.get(letter.to, self.account)
        if not account.application:
            return Outcome(Fate.REFUSED, reason=f"群 {letter.to} 未配置机器人")
        at = str(int(now.timestamp() * 1000))
        query = {"access_token": account.application, "timestamp": at, "sign": signature(account.signing, at)}
        named = {} if letter.to in self.groups else {"at": {"atMobiles": [letter.to]}}
        body = {"msgtype": "markdown", "markdown": {"title": letter.title, "text": in_markdown(letter)}, **named}
        return outcome_of(lambda: self.client.post("/robot/send", params=query, json=body))


@dataclass
class WorkNotice(Plain):
    """A work notice 工作通知 to one user.

    `takes_key` says whether the gateway in front honours Idempotency-Key: DingTalk's public address does not say so. Its result
    can be asked for by the number it gave, so there are receipts; without that number it cannot be asked.
    """

    account: Account
    client: httpx.Client
    per_minute: int = 0
    takes_key: bool = False
    receipts = True
    key_lives = FOR_EVER

    def __post_init__(self) -> None:
        query = {"appkey": self.account.application, "appsecret": self.account.signing}
        self.token = Token(lambda: self.client.get("/gettoken", params=query))

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Send the letter to its user."""
        del now  # one shape for all channels; this platform keeps the pace itself
        return self.token.used_by(lambda: self._post(letter), "task_id")

    def look(self, sent: Sent, *, now: dt.datetime) -> Look:
        """Whether the user has it, by the platform's number."""
        del now
        if not sent.provider_id or self.token.ready() is not None:
            return Look(Sight.SILENT)
        body = {"agent_id": self.account.agent, "task_id": sent.provider_id}
        try:
            answer = self.client.post(SEND_RESULT, params={"access_token": self.token.value}, json=body).json()
            lists: Mapping[str, list[str]] = answer.get("send_result") or {}
        except (httpx.TransportError, ValueError, AttributeError):
            return Look(Sight.SILENT)
        if sent.to in [*lists.get("read_user_id_list", ()), *lists.get("unread_user_id_list", ())]:
            return Look(Sight.DELIVERED)
        refused = [name for name, users in lists.items() if sent.to in users]
        return Look(Sight.BOUNCED, reason=f"平台未送达（{refused[0]}）") if refused else Look(Sight.SILENT)

    def _post(self, letter: Letter) -> httpx.Response:
        message = {"msgtype": "markdown", "markdown": {"title": letter.title, "text": in_markdown(letter)}}
        return self.client.post(
            WORK_NOTICE,
            params={"access_token": self.token.value},
            headers={"Idempotency-Key": letter.key},
            json={"agent_id": self.account.agent, "userid_list": letter.to, "msg": message},
        )


def signature(signing: str, timestamp: str) -> str:
    """DingTalk's 加签: base64 of HMAC-SHA256 over 'timestamp\\nsecret'. Quoted once, by the client."""
    mac = hmac.new(signing.encode(), f"{timestamp}\n{signing}".encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()
