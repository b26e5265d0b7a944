"""E-mail 电子邮件 by SMTP. The delivery's key is the Message-ID; a connection a letter, TLS wherever the server has it."""

from __future__ import annotations

import datetime as dt
import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlparse

from songda.ledger.notices.actions.channel_calls import LONGEST_REASON, Account, Plain
from songda.ledger.notices.rules.letters import Letter
from songda.ledger.notices.rules.outcomes import FOR_EVER, Fate, Outcome

PATIENCE = 10.0
SERVICE_GOES = 421  # "service not available, closing": said to everybody
GO_AHEAD = 354
LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass
class Mail(Plain):
    """A mail server. `account.agent` is the sender's address; `takes_key` says whether the server drops a Message-ID it has seen."""

    account: Account
    per_minute: int = 0
    takes_key: bool = False
    key_lives = FOR_EVER

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Hand the letter to the server. Until the text has gone out, every failure means that nothing was sent."""
        try:
            with closing(self._connected()) as server:
                self._enter(server)
                refused = self._announced(server, letter)
                return refused or self._handed_over(server, self.message(letter, now))
        except smtplib.SMTPAuthenticationError as error:
            return Outcome(Fate.HOLD, reason=_said("邮件服务器拒绝登录", error.smtp_code, error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Fate.HOLD, reason=f"邮件服务器连接不上：{error}"[:LONGEST_REASON])

    def message(self, letter: Letter, now: dt.datetime) -> bytes:
        """The letter as the server gets it."""
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = self.account.agent, letter.to, letter.title
        mail["Date"], mail["Message-ID"] = format_datetime(now), f"<{letter.key}@{self.account.agent.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(f"{letter.text}\n\n查看详情：{letter.link}\n", charset="utf-8", cte="base64")
        return mail.as_bytes()

    def _connected(self) -> smtplib.SMTP:
        place = urlparse(self.account.base_url)
        host = place.hostname or ""
        if place.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, place.port or 465, timeout=PATIENCE, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, place.port or 25, timeout=PATIENCE)
        return server

    def _enter(self, server: smtplib.SMTP) -> None:
        """Say hello, under TLS where the server has it, and log in; a password never crosses a network in the clear."""
        place = urlparse(self.account.base_url)
        server.ehlo_or_helo_if_needed()
        secure = place.scheme == "smtps"
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            secure = True
        if self.account.application and (secure or place.hostname in LOCAL):
            server.login(self.account.application, self.account.signing)

    def _announced(self, server: smtplib.SMTP, letter: Letter) -> Outcome | None:
        """Sender, recipient and the wish to send; why not, where it is refused."""
        asks: tuple[Callable[[], tuple[int, bytes]], ...] = (
            lambda: server.mail(self.account.agent),
            lambda: server.rcpt(letter.to),
            lambda: server.docmd("DATA"),
        )
        for ask in asks:
            code, words = ask()
            if code >= 400:
                return _refusal(code, words)
        return None

    def _handed_over(self, server: smtplib.SMTP, mail: bytes) -> Outcome:
        """The text itself: from its first byte, silence is ambiguous."""
        try:
            server.send(re.sub(rb"(?m)^\.", b"..", mail) + b"\r\n.\r\n")
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Fate.AMBIGUOUS, reason=f"已发出但未得到答复：{type(error).__name__}")
        return Outcome(Fate.TAKEN, provider_id=words.decode(errors="replace")[:80]) if code < 400 else _refusal(code, words)


def _refusal(code: int, words: bytes) -> Outcome:
    reason = _said("邮件服务器", code, words)
    if code == SERVICE_GOES:
        return Outcome(Fate.HOLD, reason=reason)
    return Outcome(Fate.NOT_NOW if code < 500 else Fate.REFUSED, reason=reason)


def _said(who: str, code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{who}：{text}（{code}）"[:LONGEST_REASON]
