"""A side of a bench: a function of ours in a process of its own, with a home and a database of its own; it prints its figures as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def side(module: str, *given: object, home: str, url: str | None = None) -> Any:
    """What `benchmarks.<module>.main(*given)` printed last. The database is `url`, or BENCH_DATABASE_URL, or SQLite in the home."""
    code = f"import django; django.setup(); from benchmarks import {module}; {module}.main(*{given!r})"
    environment = {**os.environ, "SONGDA_HOME": home, "SONGDA_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "songda.portal.settings"}
    if database := url or os.environ.get("BENCH_DATABASE_URL"):
        environment["DATABASE_URL"] = database
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True, cwd=root)
    return json.loads(done.stdout.splitlines()[-1])
