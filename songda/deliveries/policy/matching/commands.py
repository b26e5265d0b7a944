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
    """生成今日快照，把全部已发布措施与全部主体匹配一遍。."""
    with click.progressbar(length=1, label="匹配", file=click.get_text_stream("stderr")) as bar:

        def progress(done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        runs = actions.match_everything(by=system("命令行"), now=clock.now(), progress=progress)
    told = {"runs": len(runs), "yes": sum(run.yes for run in runs), "unknown": sum(run.unknown for run in runs)}
    click.echo(json.dumps(told) if as_json else f"措施 {told['runs']} 项，符合 {told['yes']} 户次，待核 {told['unknown']} 户次")


COMMANDS: tuple[click.Command, ...] = (match,)
