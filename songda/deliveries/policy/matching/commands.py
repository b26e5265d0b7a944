"""`songda match`: match the published library against today's facts."""

from __future__ import annotations

import json

import click

from songda.deliveries.policy.matching import actions
from songda.kernel import clock
from songda.kernel.doors import declares
from songda.registry.actors import system


@click.command("match")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("matching.run")
def match(*, as_json: bool) -> None:
    """生成今日快照，把全部已发布措施与全部主体匹配一遍。"""
    runs = actions.match_everything(by=system("命令行"), now=clock.now(), progress=say_progress)
    told = {"runs": len(runs), "yes": sum(run.yes for run in runs), "unknown": sum(run.unknown for run in runs)}
    click.echo(json.dumps(told) if as_json else f"措施 {told['runs']} 项，符合 {told['yes']} 户次，待核 {told['unknown']} 户次")


def say_progress(done: int, whole: int) -> None:
    """A line that is written over, on standard error."""
    click.echo(f"\r匹配 {done}/{whole}", nl=done == whole, err=True)


COMMANDS: tuple[click.Command, ...] = (match,)
