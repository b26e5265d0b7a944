"""`songda index`: the index of documents and measures anew."""

from __future__ import annotations

import json

import click

from songda.deliveries.policy.library import actions
from songda.kernel.doors import declares


@click.command("index")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("policy.edit")
def index(*, as_json: bool) -> None:
    """重建政策文件和措施的检索索引；重建期间照常检索旧索引。"""
    documents, measures = actions.rebuild_index(lambda done: click.echo(f"\r已编入 {done}", nl=False, err=True))
    click.echo("", err=True)
    told = {"documents": documents, "measures": measures}
    click.echo(json.dumps(told) if as_json else f"已编入政策文件 {documents} 份、措施 {measures} 项")


COMMANDS: tuple[click.Command, ...] = (index,)
