"""Short messages 短信 through an HTTP gateway that signs requests and can be asked about a message by our own key.

POST /sms/send   {"key", "phone", "sign", "text"}   → {"errcode", "errmsg", "number"}
GET  /sms/status?key=                               → {"errcode", "status": absent | taken | delivered | bounced, "number", "reason"}

Each request bears X-Account, X-Timestamp (milliseconds) and X-Signature: hexadecimal HMAC-SHA256 with the secret over
'timestamp\\npath\\n' and the body.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from dataclasses import dataclass

import httpx

from songda.ledger.notices.actions.channel_calls import Account, Plain, outcome_of
from songda.ledger.notices.rules.letters import Letter, Sent
from songda.ledger.notices.rules.outcomes import Look, Outcome, Sight


@dataclass
class Sms(Plain):
    """A gateway for short messages. `account.agent` is the approved signature 短信签名."""

    account: Account
    client: httpx.Client
    per_minute: int = 0
    takes_key: bool = False
    can_be_asked = True
    receipts = True
    key_lives = dt.timedelta(0)

    def send(self, letter: Letter, *, now: dt.datetime) -> Outcome:
        """Send the letter as one text."""
        text = f"{letter.title}。{letter.text} {letter.link}".replace("\n", " ")
        asked = {"key": letter.key, "phone": letter.to, "sign": self.account.agent, "text": text}
        body = json.dumps(asked, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", **self._signed("/sms/send", body, now)}
        return outcome_of(lambda: self.client.post("/sms/send", content=body, headers=headers), "number")

    def look(self, sent: Sent, *, now: dt.datetime) -> Look:
        """What the gateway knows of our key. An answer that cannot be read says nothing."""
        headers = self._signed("/sms/status", b"", now)
        try:
            answer = self.client.get("/sms/status", params={"key": sent.key}, headers=headers).json()
            if answer["errcode"] != 0:
                return Look(Sight.SILENT)
            return Look(Sight(answer["status"]), str(answer.get("number", ""))[:80], str(answer.get("reason", ""))[:180])
        except (httpx.TransportError, ValueError, KeyError, TypeError):
            return Look(Sight.SILENT)

    def _signed(self, path: str, body: bytes, now: dt.datetime) -> dict[str, str]:
        at = str(int(now.timestamp() * 1000))
        return {
            "X-Account": self.account.application,
            "X-Timestamp": at,
            "X-Signature": signature(self.account.signing, at, path, body),
        }


def signature(signing: str, timestamp: str, path: str, body: bytes) -> str:
    """The gateway's signature of a request."""
    return hmac.new(signing.encode(), f"{timestamp}\n{path}\n".encode() + body, hashlib.sha256).hexdigest()
