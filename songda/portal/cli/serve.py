"""`songda serve`: the web server in this process's place."""

from __future__ import annotations

import gc

import click
from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces

from songda.kernel.doors import declares


@click.command("serve", help="启动网站（granian）。")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True)
@declares("system.configure")
def serve_command(host: str, port: int, workers: int) -> None:
    """Serve until stopped."""
    serve(host, port, workers)


def serve(host: str, port: int, workers: int = 2) -> None:
    """One blocking thread a worker: measured least CPU a request and the tightest tail (docs/performance.md).

    The pages are imported before the workers part, so that a worker that takes the place of another answers at once.
    """
    list(get_resolver().url_patterns)
    connections.close_all()
    gc.collect()
    gc.freeze()  # what lives for ever is not looked through again: a full collection took 0.2 s out of one page in twenty
    Granian(
        "songda.portal.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        workers_kill_timeout=5,
        respawn_failed_workers=True,  # a killed one is replaced, the others go on
        log_access=False,
    ).serve()


COMMANDS = (serve_command,)
