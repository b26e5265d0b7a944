"""`songda tallies`: make the daily tallies of a stretch of days."""

from __future__ import annotations

import datetime as dt
import json

import click

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.office.indicators import actions

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("tallies")
@click.option("--first", type=DAY, required=True, help="起（含），如 2020-03-01。")
@click.option("--last", type=DAY, default=None, help="止（含），不写为昨天。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("jobs.run")
def tallies(first: dt.datetime, last: dt.datetime | None, *, as_json: bool) -> None:
    """由记录计算日计；再算一次，与原数不同的逐项列出。"""
    now = clock.now()
    end = last.date() if last else clock.day_of(now) - dt.timedelta(days=1)
    run = actions.make_tallies(first.date(), end, now=now)
    told = {"first": run.first.isoformat(), "last": run.last.isoformat(), "tallies": run.tallies, "changed": run.changed}
    if as_json:
        click.echo(json.dumps({**told, "changes": run.changes}, ensure_ascii=False))
        return
    click.echo(f"{told['first']} 至 {told['last']}：日计 {run.tallies} 个，与原数不同 {run.changed} 个")
    for change in run.changes:
        click.echo("  {day} {code} 单位{unit} {cell}：{was} → {now}".format(**change))


COMMANDS: tuple[click.Command, ...] = (tallies,)
