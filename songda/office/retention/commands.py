"""`songda retention`: verify a certificate; after a restore, purge again what had been purged."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.office.retention import actions
from songda.office.retention.queries.lists import unknown
from songda.office.retention.queries.verification import verify as look
from songda.registry.actors import system

as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")


@click.group("retention")
def retention() -> None:
    """保管期限：核验销毁证明；恢复备份后重做销毁。"""


@retention.command("verify")
@click.argument("number")
@as_json
@click.pass_context
@declares("retention.see")
def verify(context: click.Context, number: str, *, as_json: bool) -> None:
    """核验一份销毁证明：清册所列是否都已不在；不符时退出码为 1。"""
    found = look(number)
    lines = [f"{number}：{'相符' if found.holds else '不符'}，{found.records} 件，文件 {found.files} 个。", *found.problems]
    if found.waiting:
        lines.append(f"文件 {found.waiting} 个待夜间清扫。")
    click.echo(json.dumps(asdict(found), ensure_ascii=False) if as_json else "\n".join(lines))
    context.exit(0 if found.holds else 1)


@retention.command("redo")
@as_json
@declares("retention.approve")
def redo(*, as_json: bool) -> None:
    """恢复备份之后：把备份之后执行过的销毁按清册重做一遍。"""
    waiting = unknown()
    done = actions.redo_purges(by=system("恢复后重做销毁"), now=clock.now())
    said = (
        f"重做 {len(done.numbers)} 份清册（{'、'.join(waiting) or '无'}），{done.records} 件；因暂停或引用未做 {done.left} 件。"
    )
    click.echo(json.dumps(done.as_dict(), ensure_ascii=False) if as_json else said)


COMMANDS: tuple[click.Command, ...] = (retention,)
