"""The platforms behind HTTP, with the mail server beside them, and two addresses for the person at the wheel.

What each platform answers is in `answers`; a fault that is due is committed before it is asked.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

from songda.portal.standins.answers import ANSWERS, BUSY, MESSAGES, ROBOT, WORK_NOTICE, WRONG_CONTENT, Answer, Asked
from songda.portal.standins.mail import MailServer
from songda.portal.standins.platform import Platform

__all__ = ["ROBOT", "WORK_NOTICE", "Server", "running"]


class Server(ThreadingHTTPServer):
    """The server with its platforms; request threads die with the process."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, platform: Platform, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.platform = platform
        self.mail = MailServer(platform)

    @property
    def address(self) -> str:
        """http://127.0.0.1:port"""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that died in the middle of its request is no news here."""

    def wait(self) -> None:
        """Until somebody interrupts."""
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


class Handler(BaseHTTPRequestHandler):
    """One request. Nothing is printed."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one packet; two would wait for each other
    server: Server

    def respond(self) -> None:
        """Answer, after committing the fault that is due."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.server.platform.next_fault() if urlparse(self.path).path in MESSAGES else ""
        if fault:
            self._fail(fault, body)
        else:
            answer = self._answer(body)
            self._write(404 if answer["errcode"] == 404 else 200, answer)

    do_GET = do_POST = respond

    def log_message(self, *_words: object) -> None:
        """Stay silent."""

    def _fail(self, fault: str, body: bytes) -> None:
        if fault.endswith("-after"):
            self._answer(body)
        if fault.startswith("hang"):
            time.sleep(self.server.platform.hang_seconds)
        if fault.startswith("http-"):
            self._write(int(fault.removeprefix("http-")), {"errcode": BUSY, "errmsg": fault})
        elif fault == "errcode":
            self._write(200, {"errcode": WRONG_CONTENT, "errmsg": "不合法的参数"})
        else:
            self.close_connection = True

    def _answer(self, body: bytes) -> Answer:
        address = urlparse(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        find = ANSWERS.get(f"{self.command} {address.path}")
        if find is None:
            return {"errcode": 404, "errmsg": "没有这个地址"}
        headers = {name.lower(): value for name, value in self.headers.items()}
        return find(Asked(self.server.platform, address.path, query, headers, body))

    def _write(self, status: int, answer: Answer) -> None:
        text = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


@contextmanager
def running(platform: Platform, port: int = 0) -> Iterator[Server]:
    """The servers in threads of their own for as long as the block lasts (port 0: any free one; mail takes any)."""
    server = Server(platform, port)
    threads = [
        threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True) for one in (server, server.mail)
    ]
    for thread in threads:
        thread.start()
    try:
        yield server
    finally:
        for one in (server, server.mail):
            one.shutdown()
            one.server_close()
        for thread in threads:
            thread.join()
