"""Very many invented calls to the WSGI application itself; every answer is held against the description.

    DATABASE_URL=sqlite:///… python -m tests.fuzz.calling --home DIR --calls 100000 --seed 7

No server error, no status that is not declared, nothing but JSON, every refusal in the one shape, every answer of its schema.
Prints one JSON object; exit code 1 when anything was wrong. Not a test itself: `test_calls` runs it short, `make torture` long.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema_rs

from tests.fuzz.inventing import Call, Inventor

FAULTS_SHOWN = 40


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--calls", type=int, default=int(os.environ.get("SONGDA_FUZZ", "2000")))
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        SONGDA_HOME=str(given.home), DJANGO_SETTINGS_MODULE="tests.settings", SONGDA_DEMO="yes", SONGDA_LOG_LEVEL="error"
    )
    import django

    django.setup()
    from django.db import connection

    from tests.fuzz.ground import prepare

    ground = prepare()
    logging.disable(logging.ERROR)
    connection.settings_dict["CONN_MAX_AGE"] = None  # opening the file anew takes a third of a call
    found = fuzz(ground.scopes, ground.known, given.calls, given.seed)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return 1 if found["wrong"] else 0


def fuzz(tokens: dict[str, frozenset[str]], known: dict[str, list[object]], calls: int, seed: int) -> dict[str, object]:
    """Call, and look at each answer."""
    from django.core.wsgi import get_wsgi_application
    from ninja.responses import NinjaJSONEncoder

    from songda.portal.api.urls import API

    application = get_wsgi_application()
    description = json.loads(json.dumps(API.get_openapi_schema(path_prefix="api/v1/"), cls=NinjaJSONEncoder))
    inventor, judge = Inventor(description, tokens, known, seed), Judge(description)
    began = time.monotonic()
    for _ in range(calls):
        call = inventor.call()
        judge.look(call, *answered(application, call))
        if judge.number % 5000 == 0:
            sys.stderr.write(f"{judge.number} calls, {time.monotonic() - began:.0f} s, wrong: {sum(judge.wrong.values())}\n")
    took = time.monotonic() - began
    return {
        "calls": calls, "seconds": round(took, 1), "statuses": dict(sorted(judge.statuses.items())),
        "done": dict(sorted(judge.done.items())), "wrong": dict(judge.wrong), "samples": judge.samples[:FAULTS_SHOWN],
    }  # fmt: skip


def answered(application: Callable[..., Any], call: Call) -> tuple[int, dict[str, str], bytes]:
    """Through the WSGI door."""
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": call.method, "PATH_INFO": unquote_to_bytes(call.path.encode("utf8")).decode("latin1"), "QUERY_STRING": call.query,
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": "",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(call.body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
        "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False, "CONTENT_LENGTH": str(len(call.body)),
        **call.headers,
    }  # fmt: skip
    body = application(environ, lambda status, headers, _info=None: told.extend((int(status[:3]), dict(headers))))
    try:
        return told[0], told[1], b"".join(body)
    finally:
        body.close()


class Judge:
    """What each answer is held against."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.statuses: Counter[int] = Counter()
        self.done: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.samples: list[dict[str, object]] = []
        self.number = 0
        self.shapes = {
            (path, method.upper()): self.validator(operation["responses"]["200"]["content"]["application/json"]["schema"], description)
            for path, methods in description["paths"].items() for method, operation in methods.items()
        }  # fmt: skip
        self.methods = {(path, method.upper()) for path, methods in description["paths"].items() for method in methods}
        self.refusal = self.validator({"$ref": "#/components/schemas/Refusal"}, description)

    @staticmethod
    def validator(shape: dict[str, Any], description: dict[str, Any]) -> Any:
        return jsonschema_rs.validator_for({**shape, "components": description["components"]})

    def look(self, call: Call, status: int, headers: dict[str, str], body: bytes) -> None:
        self.number += 1
        self.statuses[status] += 1
        fault = self.fault(call, status, headers, body)
        if not fault and status == 200:
            self.done[call.operation] += 1
        if fault:
            self.wrong[fault] += 1
            sys.stderr.write(f"{fault}: {call.method} {call.path}?{call.query} {call.body[:300]!r}\n")
            self.samples.append(
                {"fault": fault, "call": f"{call.method} {call.path}?{call.query}", "headers": {k: v[:80] for k, v in call.headers.items()}, "body": call.body[:600].decode("utf8", "replace"), "answer": body[:600].decode("utf8", "replace")}
            )  # fmt: skip

    def fault(self, call: Call, status: int, headers: dict[str, str], body: bytes) -> str:
        """What is wrong with an answer, or nothing."""
        if status >= 500:
            return f"{call.operation}: {status}"
        if call.method in ("HEAD", "OPTIONS") and not body:
            return ""
        if not headers.get("Content-Type", "").startswith("application/json"):
            return f"{call.operation}: {status} is {headers.get('Content-Type')}"
        if status == 405 and (call.asked, call.method) in self.methods:
            return f"{call.operation}: 405 for a method that is declared"
        if status not in call.declared | {405}:
            return f"{call.operation}: {status} is not declared"
        if "X-Request-Id" not in headers:
            return f"{call.operation}: no request id"
        told = json.loads(body)
        shape = self.shapes.get((call.asked, call.method), self.refusal) if status == 200 else self.refusal
        if shape.is_valid(told):
            return ""
        return f"{call.operation}: {status} is not of its shape"


if __name__ == "__main__":
    sys.exit(main())
