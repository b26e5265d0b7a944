"""The platform behind HTTP: robot webhook, work notices with a token, and two addresses for the person at the wheel.

POST /robot/send?access_token=&timestamp=&sign=               group robot, no key
GET  /gettoken?appkey=&appsecret=                             token for work notices
POST /topapi/message/corpconversation/asyncsend_v2?access_token=   work notice, header Idempotency-Key
GET  /received                                                all messages taken
POST /faults  ["cut-after", "errcode", …]                     faults for the next requests
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import parse_qs, urlparse

from songda.kernel import clock
from songda.portal.standins.platform import BUSY, FAULTS, TAKEN, WRONG_CONTENT, WRONG_SIGNATURE, Message, Platform

ROBOT = "/robot/send"
WORK_NOTICE = "/topapi/message/corpconversation/asyncsend_v2"
LONGEST_BODY = 20_000  # bytes, as for the robot
HANG_SECONDS = 5.0

Answer = dict[str, object]


class Server(ThreadingHTTPServer):
    """The server with its platform; request threads die with the process."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, platform: Platform, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.platform = platform

    @property
    def address(self) -> str:
        """http://127.0.0.1:port"""
        return f"http://127.0.0.1:{self.server_port}"

    def wait(self) -> None:
        """Until somebody interrupts."""
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as an answer sees it."""

    platform: Platform
    query: dict[str, str]
    key: str
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """One request. Nothing is printed."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # head and body in one packet; two would wait for each other
    server: Server
    answers: ClassVar[dict[str, Callable[[Asked], Answer]]] = {}

    def respond(self) -> None:
        """Answer, after committing the fault that is due."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        is_message = urlparse(self.path).path in (ROBOT, WORK_NOTICE)
        fault = self.server.platform.next_fault() if is_message else ""
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
            time.sleep(HANG_SECONDS)
        if fault.startswith("http-"):
            self._write(int(fault.removeprefix("http-")), {"errcode": BUSY, "errmsg": fault})
        elif fault == "errcode":
            self._write(200, {"errcode": WRONG_CONTENT, "errmsg": "不合法的参数"})
        else:
            self.close_connection = True

    def _answer(self, body: bytes) -> Answer:
        address = urlparse(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        find = self.answers.get(f"{self.command} {address.path}")
        if find is None:
            return {"errcode": 404, "errmsg": "没有这个地址"}
        return find(Asked(self.server.platform, query, self.headers.get("Idempotency-Key", ""), body))

    def _write(self, status: int, answer: Answer) -> None:
        text = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def robot(asked: Asked) -> Answer:
    """A group robot's message."""
    platform, moment = asked.platform, clock.now().timestamp()
    signed = platform.signed_well(asked.query.get("timestamp", ""), asked.query.get("sign", ""), int(moment * 1000))
    if asked.query.get("access_token") != platform.entry or not signed:
        return {"errcode": WRONG_SIGNATURE, "errmsg": "sign not match"}
    if len(asked.body) > LONGEST_BODY:
        return {"errcode": WRONG_CONTENT, "errmsg": "消息过长"}
    message = json.loads(asked.body)
    to = ",".join(message.get("at", {}).get("atMobiles", []))
    return platform.take(Message(0, ROBOT, to, "", text_of(message)), moment)


def work_notice(asked: Asked) -> Answer:
    """A work notice to users, shown once per Idempotency-Key."""
    if asked.query.get("access_token") != asked.platform.entry:
        return {"errcode": 40014, "errmsg": "不合法的access_token"}
    message = json.loads(asked.body)
    taken = Message(0, WORK_NOTICE, message["userid_list"], asked.key, text_of(message["msg"]))
    return asked.platform.take(taken, clock.now().timestamp())


def token(asked: Asked) -> Answer:
    """The token of an application that knows the secret."""
    if asked.query.get("appsecret") != asked.platform.signing:
        return {"errcode": 40089, "errmsg": "不合法的corpid或corpsecret"}
    return {"errcode": TAKEN, "errmsg": "ok", "access_token": asked.platform.entry, "expires_in": 7200}


def received(asked: Asked) -> Answer:
    """All messages taken so far."""
    return {"errcode": TAKEN, **asked.platform.report()}


def commit_faults(asked: Asked) -> Answer:
    """Faults for the next requests, refused when one is unknown."""
    faults = json.loads(asked.body)
    unknown = [fault for fault in faults if fault not in ("", *FAULTS)]
    if unknown:
        return {"errcode": WRONG_CONTENT, "errmsg": f"未知的故障 {unknown[0]}，可用：{'、'.join(FAULTS)}"}
    asked.platform.faults.extend(faults)
    return {"errcode": TAKEN, "errmsg": "ok"}


def text_of(message: dict[str, dict[str, str]]) -> str:
    """The text of a text or markdown message."""
    return message.get("markdown", {}).get("text") or message.get("text", {}).get("content", "")


Handler.answers = {
    f"POST {ROBOT}": robot,
    f"POST {WORK_NOTICE}": work_notice,
    "GET /gettoken": token,
    "GET /received": received,
    "POST /faults": commit_faults,
}


@contextmanager
def running(platform: Platform, port: int = 0) -> Iterator[Server]:
    """The server in a thread of its own for as long as the block lasts (port 0: any free one)."""
    server = Server(platform, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
