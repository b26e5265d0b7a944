"""`songda audit`: seal the trail, and prove that it was not changed."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from songda.kernel import clock
from songda.kernel.audit import actions, queries
from songda.kernel.doors import declares


@click.group("audit")
def audit() -> None:
    """审计：封存与核验。"""


@audit.command("seal")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("audit.verify")
def seal(*, as_json: bool) -> None:
    """把新的审计记录封存入链，并给出链头摘要（请另行保存）。"""
    made = actions.seal(clock.now())
    end = queries.last_seal()
    told = {"seals": len(made), "entries": sum(link.rows for link in made), "head": end.digest if end else ""}
    click.echo(
        json.dumps(told) if as_json else f"新封条 {told['seals']} 个，记录 {told['entries']} 条，链头 {told['head'] or '无'}"
    )


@audit.command("verify")
@click.option("--head", default="", help="此前另行保存的链头摘要；不在链上即为截断。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@click.pass_context
@declares("audit.verify")
def verify(context: click.Context, *, head: str, as_json: bool) -> None:
    """从头重算整条链；不符时退出码为 1。"""
    report = queries.verify(head)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False))
    elif report.holds:
        click.echo(
            f"核验通过：封条 {report.seals} 个，记录 {report.entries} 条，未封存 {report.unsealed} 条，链头 {report.head or '无'}"
        )
    else:
        click.echo(f"核验不通过：封条 {report.broken_seal or '末尾'}，{report.reason}")
    if not report.holds:
        context.exit(1)


COMMANDS: tuple[click.Command, ...] = (audit,)
