"""`songda config`: what is in force, and what is wrong with it. Needs neither database nor web framework."""

from __future__ import annotations

import json
import os

import click

from songda.portal.configuration import advice, effective, table
from songda.portal.configuration.reading import parse


@click.command("config")
@click.option("--table", "as_table", is_flag=True, help="只打印手册里的变量表（Markdown）。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@click.pass_context
def config(context: click.Context, *, as_table: bool, as_json: bool) -> None:
    """显示生效的配置（保密的值不显示），并检查环境变量；有误时退出码为 2。"""
    if as_table:
        click.echo(table())
        return
    rows, said, wrong = effective(os.environ), advice(os.environ), parse(os.environ)[1]
    if as_json:
        values = {name: {"value": value, "origin": origin} for name, value, origin in rows}
        click.echo(json.dumps({"values": values, "advice": said, "wrong": wrong}, ensure_ascii=False))
    else:
        click.echo("\n".join(f"{name:<22}{value}  [{origin}]" for name, value, origin in rows))
        for sentence in (*said, *wrong):
            click.echo(sentence, err=True)
    context.exit(2 if wrong else 0)


COMMANDS: tuple[click.Command, ...] = (config,)
