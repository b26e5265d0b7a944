"""`songda worker`."""

from __future__ import annotations

import json
import signal
from threading import Event

import click

from songda.kernel.doors import declares
from songda.kernel.jobs.worker import run_worker


@click.command("worker")
@click.option("--once", is_flag=True, help="处理完现有任务即退出。")
@click.option("--json", "as_json", is_flag=True, help="退出时以 JSON 输出处理数。")
@declares("jobs.run")
def worker(*, once: bool, as_json: bool) -> None:
    """运行后台任务；收到 SIGTERM 时做完手上的任务再退出。"""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    ran = run_worker(once=once, stop=stop)
    click.echo(json.dumps({"ran": ran}) if as_json else f"已处理 {ran} 个任务")


COMMANDS: tuple[click.Command, ...] = (worker,)
