"""A stand-in of another system's interface 审批系统替身: it serves a day's messages, to who signs the request, and signs what it serves.

GET /approval/messages?day=2020-03-10    a JSON list, X-Signature over its body; 403 for a request that is not signed well
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

from songda.portal.standins.platform import gateway_signature

PATH = "/approval/messages"
COURSES = (
    ("received", "accepted", "reviewing", "granted"),
    ("received", "accepted", "correcting", "reviewing", "refused"),
    ("received", "withdrawn"),
    ("received", "accepted", "reviewing"),
)
Message = dict[str, object]


def a_day(day: dt.date, matters: int = 8) -> list[Message]:
    """Invented messages of a day: so many matters, each on one of the courses, their messages mixed as a day mixes them."""
    steps = [(at, number, state) for number in range(matters) for at, state in enumerate(COURSES[number % len(COURSES)])]
    return [
        {
            "id": f"{day:%Y%m%d}-{at:04d}", "sequence": int(f"{day:%Y%m%d}{at:04d}"), "number": f"GC{day:%Y%m%d}-{number:03d}",
            "matter": ("SGXK", "GHXK")[number % 2], "state": state, "title": f"示例项目{number}许可办理",
            "applicant_name": f"示例建设单位{number}",
        }
        for at, (_step, number, state) in enumerate(sorted(steps))
    ]  # fmt: skip


class ApprovalServer(ThreadingHTTPServer):
    """The server with the messages it serves, by day, and the secret it shares."""

    daemon_threads = True

    def __init__(self, days: dict[str, Sequence[Message]], signing: str, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.days = days
        self.signing = signing
        self.spoilt = False
        """Whether answers bear a wrong signature: what a stranger in between would make."""

    @property
    def address(self) -> str:
        """http://127.0.0.1:port"""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One request. Nothing is printed."""

    protocol_version = "HTTP/1.1"
    server: ApprovalServer

    def do_GET(self) -> None:
        """A day's messages."""
        address = urlparse(self.path)
        right = gateway_signature(self.server.signing, self.headers.get("X-Timestamp", ""), address.path, b"")
        if address.path != PATH or not hmac.compare_digest(right, self.headers.get("X-Signature", "")):
            self._write(404 if address.path != PATH else 403, b"[]")
            return
        day = parse_qs(address.query).get("day", [""])[0]
        self._write(200, json.dumps(list(self.server.days.get(day, ())), ensure_ascii=False).encode())

    def log_message(self, *_words: object) -> None:
        """Stay silent."""

    def _write(self, status: int, body: bytes) -> None:
        signing = "wrong" if self.server.spoilt else self.server.signing
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("X-Signature", hmac.new(signing.encode(), body, hashlib.sha256).hexdigest())
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def approving(days: dict[str, Sequence[Message]], signing: str = "standin", port: int = 0) -> Iterator[ApprovalServer]:
    """The server in a thread of its own for as long as the block lasts (port 0: any free one)."""
    server = ApprovalServer(days, signing, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
