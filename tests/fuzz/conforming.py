"""schemathesis against the real door over HTTP on loopback: all its checks, in every phase, once for each of several programs.

    DATABASE_URL=sqlite:///… python -m tests.fuzz.conforming --home DIR --examples 100 --seed 7

Exit code 1 when it found anything. Not a test itself: `make torture` runs it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from threading import Thread

HERE = Path(__file__).parent
ROLES = (
    "street_clerk",
    "department_desk",
    "statistician",
    "enterprise_clerk",
)  # between them they may everything that a scope opens
CHECKS = "all"
KEY_FORM = re.compile(r"[!-~]{8,255}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--examples", type=int, default=50)
    parser.add_argument("--roles", nargs="*", default=ROLES)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    given.home.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        SONGDA_HOME=str(given.home), DJANGO_SETTINGS_MODULE="tests.settings", SONGDA_DEMO="yes", SONGDA_LOG_LEVEL="error"
    )
    import django

    django.setup()
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    from tests.fuzz.ground import prepare

    class Quiet(WSGIRequestHandler):
        """Says nothing of each request."""

        def log_message(self, *_given: object) -> None:
            """Nothing."""

    ground = prepare()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(with_fresh_keys(get_wsgi_application()))
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/api/v1/openapi.json"
    codes = [tried(address, role, ground.tokens[role], ground.known, given.examples, given.seed) for role in given.roles]
    server.shutdown()
    return max(codes)


def with_fresh_keys(application: Callable[..., object]) -> Callable[..., object]:
    """Every valid key made another: schemathesis sends one key with many requests, which is a refusal of its own (422)."""

    def answered(environ: dict[str, object], start: object) -> object:
        if KEY_FORM.fullmatch(str(environ.get("HTTP_IDEMPOTENCY_KEY", ""))):
            environ["HTTP_IDEMPOTENCY_KEY"] = uuid.uuid4().hex
        return application(environ, start)

    return answered


def tried(address: str, role: str, token: str, known: dict[str, list[object]], examples: int, seed: int) -> int:
    """One program's run."""
    sys.stdout.write(f"\n=== {role}\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="songda-schemathesis-") as folder:
        command = [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run", address,
            "--phases", "examples,coverage,fuzzing", "--checks", CHECKS, "-n", str(examples), "--seed", str(seed), "--continue-on-failure",
            "-H", f"Authorization: Bearer {token}", "--suppress-health-check", "all", "--no-color",
        ]  # fmt: skip
        told = {
            "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks",
            "SONGDA_FUZZ_KNOWN": json.dumps(known),
            "PYTHONPATH": str(HERE.parents[1]),
        }
        return subprocess.run(command, cwd=folder, env={**os.environ, **told}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
