"""Channels 渠道: how a letter leaves the house. One small protocol, one adapter for each kind of platform.

Kinds: `robot` (group webhook, signed, no key, 20 a minute) and `work_notice` (to one user, with a token; `takes_key` says
whether the gateway in front honours Idempotency-Key: DingTalk's public address does not). HTTP 200 proves nothing there:
`errcode` is read. Addresses and secrets come from the configuration (`queries.channels`).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from django.utils.translation import gettext as _

from songda.kernel.errors import Unavailable
from songda.ledger.notices.queries.channels import configuration
from songda.ledger.notices.rules.letters import Letter
from songda.ledger.notices.rules.outcomes import Fate, Outcome

ROBOT_PER_MINUTE = 20
TOO_FAST = {130101: dt.timedelta(minutes=10), 45009: dt.timedelta(minutes=1), 90018: dt.timedelta(minutes=1)}
STALE_TOKEN = {40014, 42001}
BUSY = -1
LONGEST_REASON = 180
PATIENCE = httpx.Timeout(10.0, connect=3.0)

NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Channel(Protocol):
    """Something that can send a letter. It never raises for what a platform does; the outcome says it."""

    takes_key: bool
    per_minute: int

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Send one letter, once."""


@dataclass(frozen=True, slots=True)
class Account:
    """One platform account of the installation. `application` is the robot's token or the application's key."""

    base_url: str
    application: str
    signing: str
    agent: str = ""


@dataclass
class Robot:
    """A group robot 群机器人: signed webhook, no key, 20 messages a minute."""

    account: Account
    client: httpx.Client
    per_minute: int = ROBOT_PER_MINUTE
    takes_key: bool = False

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Post the letter to the group, naming its address."""
        at = str(int(now.timestamp() * 1000))
        query = {"access_token": self.account.application, "timestamp": at, "sign": signature(self.account.signing, at)}
        text = f"### {letter.title}\n{letter.text}\n[查看详情]({letter.link})"
        body = {"msgtype": "markdown", "markdown": {"title": letter.title, "text": text}, "at": {"atMobiles": [letter.to]}}
        return outcome_of(lambda: self.client.post("/robot/send", params=query, json=body))


@dataclass
class WorkNotice:
    """A work notice 工作通知 to one user, with a token that is fetched when needed and again when refused."""

    account: Account
    client: httpx.Client
    per_minute: int = 0
    takes_key: bool = False
    token: str = ""

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Send the letter to its user."""
        del now  # one shape for all channels; this platform keeps the pace itself
        if not self.token:
            refused = self._fetch_token()
            if refused is not None:
                return refused
        outcome = outcome_of(lambda: self._post(letter))
        if outcome.fate is Fate.NOT_NOW and outcome.wait == dt.timedelta(0):
            self.token = ""
        return outcome

    def _post(self, letter: Letter) -> httpx.Response:
        text = f"### {letter.title}\n{letter.text}\n[查看详情]({letter.link})"
        message = {"msgtype": "markdown", "markdown": {"title": letter.title, "text": text}}
        return self.client.post(
            "/topapi/message/corpconversation/asyncsend_v2",
            params={"access_token": self.token},
            headers={"Idempotency-Key": letter.key},
            json={"agent_id": self.account.agent, "userid_list": letter.to, "msg": message},
        )

    def _fetch_token(self) -> Outcome | None:
        """None when a token is at hand; else why not. Nothing has been sent yet, so no failure here is ambiguous."""
        query = {"appkey": self.account.application, "appsecret": self.account.signing}
        outcome = outcome_of(lambda: self.client.get("/gettoken", params=query), number="access_token")
        if outcome.fate is not Fate.TAKEN:
            return Outcome(Fate.NOT_NOW, reason=outcome.reason, wait=outcome.wait)
        self.token = outcome.provider_id
        return None


def signature(signing: str, timestamp: str) -> str:
    """DingTalk's 加签: base64 of HMAC-SHA256 over 'timestamp\\nsecret'. Quoted once, by the client."""
    mac = hmac.new(signing.encode(), f"{timestamp}\n{signing}".encode(), hashlib.sha256)
    return base64.b64encode(mac.digest()).decode()


def outcome_of(call: Callable[[], httpx.Response], number: str = "task_id") -> Outcome:
    """What came of a call; `number` is the field of the answer to keep. Only a failure to connect proves that nothing was sent; any other silence is ambiguous."""
    try:
        response = call()
    except NEVER_LEFT as error:
        return Outcome(Fate.NOT_NOW, reason=f"平台连接不上：{error}"[:LONGEST_REASON])
    except httpx.TransportError as error:
        return Outcome(Fate.AMBIGUOUS, reason=f"已发出但未得到答复：{type(error).__name__}")
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return Outcome(Fate.NOT_NOW, reason="平台限流（HTTP 429）", wait=TOO_FAST[130101])
    if response.is_server_error:
        return Outcome(Fate.AMBIGUOUS, reason=f"平台故障（HTTP {response.status_code}）")
    if response.is_error:
        return Outcome(Fate.REFUSED, reason=f"平台拒绝（HTTP {response.status_code}）")
    return verdict_of(response, number)


def verdict_of(response: httpx.Response, number: str) -> Outcome:
    """What `errcode` says of an answer with HTTP 200. An answer that cannot be read is ambiguous."""
    try:
        answer = response.json()
        code = int(answer["errcode"])
    except (ValueError, KeyError, TypeError):
        return Outcome(Fate.AMBIGUOUS, reason="平台答复无法识别")
    if code == 0:
        return Outcome(Fate.TAKEN, provider_id=str(answer.get(number, ""))[:80])
    reason = f"{answer.get('errmsg', '')}（errcode {code}）"[:LONGEST_REASON]
    if code in TOO_FAST:
        return Outcome(Fate.NOT_NOW, reason=reason, wait=TOO_FAST[code])
    if code in STALE_TOKEN:
        return Outcome(Fate.NOT_NOW, reason=reason, wait=dt.timedelta(0))
    return Outcome(Fate.NOT_NOW if code == BUSY else Fate.REFUSED, reason=reason)


KINDS: Mapping[str, tuple[type[Robot] | type[WorkNotice], int]] = {
    "robot": (Robot, ROBOT_PER_MINUTE),
    "work_notice": (WorkNotice, 0),
}


def open_channels() -> dict[str, Channel]:
    """The configured channels, each with its connection. Unavailable with a sentence for one that is wrongly configured."""
    return {code: open_channel(code, given) for code, given in configuration().get("channels", {}).items()}


def open_channel(code: str, given: Mapping[str, Any]) -> Channel:
    """One channel from its configuration."""
    missing = [name for name in ("base_url", "application", "signing") if not given.get(name)]
    if given.get("kind") not in KINDS or missing:
        raise Unavailable(
            _("渠道 %(code)s 配置不全：缺少 %(names)s。") % {"code": code, "names": "、".join(missing) or "kind"},
            advice=_("请系统管理员补全渠道配置文件。"),
        )
    kind, per_minute = KINDS[given["kind"]]
    account = Account(given["base_url"], given["application"], given["signing"], str(given.get("agent", "")))
    client = httpx.Client(base_url=account.base_url, timeout=PATIENCE, trust_env=False)
    takes_key = bool(given.get("takes_key", False)) and kind is WorkNotice
    return kind(account, client, int(given.get("per_minute", per_minute)), takes_key)
