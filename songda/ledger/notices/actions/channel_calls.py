"""What came of a call to a platform over HTTP 调用结果. HTTP 200 proves nothing there: `errcode` is read."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from songda.kernel import outside
from songda.ledger.notices.rules.letters import Letter, Sent
from songda.ledger.notices.rules.outcomes import MOST_ATTEMPTS, Fate, Look, Outcome, Sight

MINUTE = dt.timedelta(minutes=1)
# Too fast, by the platforms' documents: DingTalk 130101 (robot, ten minutes), 90018, 143103, 143104, 1430003; WeCom 45009, 45033.
TOO_FAST = {130101: 10 * MINUTE} | dict.fromkeys((90018, 143103, 143104, 1430003, 45009, 45033, 1002), MINUTE)
STALE_TOKEN = {40014, 42001, 41001}
NOBODY = {1001}  # our own account is refused: nothing is taken from anybody until it is put right
BUSY = -1
LONGEST_REASON = 180
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Account:
    """One platform account of the installation. `application` is the robot's token or the application's key, `signing` its secret."""

    base_url: str
    application: str = ""
    signing: str = ""
    agent: str = ""


class Plain:
    """What a channel promises unless it says more: nothing."""

    most_attempts = MOST_ATTEMPTS
    takes_key = False
    key_lives = dt.timedelta(0)
    can_be_asked = False
    receipts = False

    def look(self, sent: Sent, *, now: dt.datetime) -> Look:
        """The platform says nothing about messages it has taken."""
        del sent, now
        return Look(Sight.SILENT)


@dataclass
class Token:
    """An access token, fetched by one thread when needed and again when refused."""

    fetch: Callable[[], httpx.Response]
    value: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def ready(self) -> Outcome | None:
        """None when a token is at hand; else why not. Nothing has been sent yet, so no failure here is ambiguous."""
        with self.lock:
            if self.value:
                return None
            outcome = outcome_of(self.fetch, number="access_token")
            if outcome.fate is not Fate.TAKEN:
                return Outcome(Fate.HOLD, reason=outcome.reason, wait=outcome.wait)
            self.value = outcome.provider_id
            return None

    def used_by(self, call: Callable[[], httpx.Response], number: str) -> Outcome:
        """A call with the token; one refused as stale is thrown away, and the message may go again at once."""
        refused = self.ready()
        if refused is not None:
            return refused
        value = self.value
        outcome = outcome_of(call, number)
        if outcome.fate is Fate.NOT_NOW and outcome.wait == dt.timedelta(0):
            with self.lock:
                self.value = "" if self.value == value else self.value
        return outcome


def client_for(account: Account) -> httpx.Client:
    """A connection to a platform."""
    return outside.client(account.base_url)


def in_markdown(letter: Letter) -> str:
    """A letter as the messengers show it."""
    return f"### {letter.title}\n{letter.text}\n[查看详情]({letter.link})"


def outcome_of(call: Callable[[], httpx.Response], number: str = "task_id") -> Outcome:
    """What came of a call; `number` is the field of the answer to keep.

    Only a failure to connect proves that nothing was sent; any other silence is ambiguous.
    """
    try:
        response = call()
    except NEVER_LEFT as error:
        return Outcome(Fate.HOLD, reason=f"平台连接不上：{error}"[:LONGEST_REASON])
    except httpx.TransportError as error:
        return Outcome(Fate.AMBIGUOUS, reason=f"已发出但未得到答复：{type(error).__name__}")
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return Outcome(Fate.HOLD, reason="平台限流（HTTP 429）", wait=MINUTE)
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
    if code in TOO_FAST or code in NOBODY:
        return Outcome(Fate.HOLD, reason=reason, wait=TOO_FAST.get(code))
    if code in STALE_TOKEN:
        return Outcome(Fate.NOT_NOW, reason=reason, wait=dt.timedelta(0))
    return Outcome(Fate.NOT_NOW if code == BUSY else Fate.REFUSED, reason=reason)
