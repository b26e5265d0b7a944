"""A stand-in of a program that is told of events 事件接收替身: it checks signatures, tells repeats apart, and fails on demand."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from songda.kernel import clock
from songda.ledger.notices.rules.signing import is_genuine


@dataclass
class Program:
    """A program's state: the secrets it knows, the events it has taken (once each), and how often it was called.

    `answers` are given one a call, then 204: a status; "hang" says nothing for `hang_seconds`, "hang-after" the same when it has taken the
    event; "redirect" points elsewhere. `spoil` changes a body on its way.
    """

    secrets: list[str] = field(default_factory=list)
    answers: deque[int | str] = field(default_factory=deque)
    hang_seconds: float = 1.0
    spoil: Callable[[bytes], bytes] = bytes
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0
    repeated: int = 0
    forged: int = 0
    signatures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """The status for a message: 401 where it is not genuine, 204 where it is, whether or not it came before."""
        at = int(clock.elsewhere(clock.now()).timestamp())
        self.signatures.append(headers.get("webhook-signature", ""))
        if not any(is_genuine(one, headers, body, at) for one in self.secrets):
            self.forged += 1
            return 401
        number = headers["webhook-id"]
        self.repeated += number in self.events
        self.events[number] = json.loads(body)
        return 204

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        """What it answers; 0: nothing, 302: somewhere else."""
        with self.lock:
            self.calls += 1
            planned = self.answers.popleft() if self.answers else ""
            taken = self.take(headers, self.spoil(body)) if planned in ("", "hang-after") else 0
        if str(planned).startswith("hang"):
            time.sleep(self.hang_seconds)
            return 0
        return 302 if planned == "redirect" else taken or int(planned)


class ReceivingServer(ThreadingHTTPServer):
    """The server with its program."""

    daemon_threads = True

    def __init__(self, program: Program, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.program = program

    @property
    def host(self) -> str:
        """127.0.0.1:port, as a list of hosts names it."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def address(self) -> str:
        """Where it wants to be told."""
        return f"http://{self.host}/songda"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news here."""


class Handler(BaseHTTPRequestHandler):
    """One call. Nothing is printed."""

    protocol_version = "HTTP/1.1"
    server: ReceivingServer

    def do_POST(self) -> None:
        """Take what is told."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status = self.server.program.answer({name.lower(): value for name, value in self.headers.items()}, body)
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Stay silent."""


@contextmanager
def receiving(program: Program, port: int = 0) -> Iterator[ReceivingServer]:
    """The server in a thread of its own for as long as the block lasts (port 0: any free one)."""
    server = ReceivingServer(program, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
