"""The stand-in's mail server: as much of SMTP as a sender needs, a Message-ID once, and the same faults on demand."""

from __future__ import annotations

import base64
import socketserver
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from songda.portal.standins.platform import Message, Platform

ENDPOINT = "smtp"
WORDS_OF_FAULTS = {"http-503": b"451 try again later", "http-429": b"421 too many messages", "errcode": b"550 not wanted here"}


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server of its own port; its mailboxes are the platform's list of messages."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, platform: Platform) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.platform = platform

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that died in the middle of its letter is no news here."""

    @property
    def address(self) -> str:
        """smtp://127.0.0.1:port"""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: MailServer

    def handle(self) -> None:
        """Greet, then answer line by line until the client leaves or a fault cuts the line."""
        self.to, self.known, self.going = "", False, True
        self._say(b"220 standin ESMTP")
        while self.going and (line := self.rfile.readline()):
            verb, _space, rest = line.strip().partition(b" ")
            answers.get(verb.upper(), Talk.unknown)(self, rest)

    def hello(self, _rest: bytes) -> None:
        """EHLO."""
        self._say(b"250-standin\r\n250-8BITMIME\r\n250 AUTH PLAIN")

    def login(self, rest: bytes) -> None:
        """AUTH PLAIN with the platform's entry and secret."""
        _kind, _space, given = rest.partition(b" ")
        words = base64.b64decode(given or b"").split(b"\0")
        platform = self.server.platform
        self.known = words[1:] == [platform.entry.encode(), platform.signing.encode()]
        self._say(b"235 welcome" if self.known else b"535 wrong user or password")

    def sender(self, _rest: bytes) -> None:
        """MAIL FROM."""
        self._say(b"250 ok" if self.known else b"530 log in first")

    def recipient(self, rest: bytes) -> None:
        """RCPT TO."""
        self.to = rest.partition(b"<")[2].partition(b">")[0].decode()
        self._say(b"250 ok")

    def data(self, _rest: bytes) -> None:
        """The text, and the fault that is due."""
        self._say(b"354 go ahead")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                self.going = False  # the client is gone, and half a letter is none
                return
            lines.append(line.removeprefix(b"."))
        fault = self.server.platform.next_fault()
        if fault in WORDS_OF_FAULTS:
            self._say(WORDS_OF_FAULTS[fault])
            return
        taken = None if fault == "cut-before" else self._take(b"".join(lines))
        if fault.startswith("hang"):
            time.sleep(self.server.platform.hang_seconds)
        if fault:
            self.going = False
            return
        self._say(b"421 too many messages" if taken is None else b"250 ok queued as %d" % taken)

    def nothing(self, _rest: bytes) -> None:
        """NOOP, RSET."""
        self._say(b"250 ok")

    def leave(self, _rest: bytes) -> None:
        """QUIT."""
        self._say(b"221 bye")
        self.going = False

    def unknown(self, _rest: bytes) -> None:
        """What this server does not speak."""
        self._say(b"502 not here")

    def _take(self, text: bytes) -> int | None:
        mail = message_from_bytes(text, policy=SMTP)
        body = mail.get_content() if isinstance(mail, EmailMessage) else ""
        taken = Message(0, ENDPOINT, self.to, str(mail["Message-ID"] or ""), f"{mail['Subject']}\n{body}")
        return self.server.platform.take(taken)

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


answers: dict[bytes, Callable[[Talk, bytes], None]] = {
    b"EHLO": Talk.hello,
    b"HELO": Talk.hello,
    b"AUTH": Talk.login,
    b"MAIL": Talk.sender,
    b"RCPT": Talk.recipient,
    b"DATA": Talk.data,
    b"NOOP": Talk.nothing,
    b"RSET": Talk.nothing,
    b"QUIT": Talk.leave,
}
