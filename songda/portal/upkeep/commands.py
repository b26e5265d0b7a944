"""`songda backup`, `restore`, `doctor`, `upgrade`."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.portal.upkeep.doctor.examining import examine
from songda.portal.upkeep.doctor.findings import Level, exit_code
from songda.portal.upkeep.restoring import Restored, restore_backup
from songda.portal.upkeep.taking import Taken, take_backup
from songda.portal.upkeep.upgrading import upgrade

LABELS = {"tables": "写出各表", "files": "文件", "filling": "装入各表", "proving": "核对各表"}
LOUD = "注意：此备份含本环境的密钥和渠道密码。得到它的人可以冒充任何账号，请加密后单独保管。"
SAVED = click.Path(exists=True, dir_okay=False, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")


@click.command("backup")
@click.option("--to", "place", type=click.Path(path_type=Path), help="写到哪个文件；默认为 SONGDA_HOME/backups 下按时间命名。")
@click.option("--with-secret", is_flag=True, help="连同密钥与渠道配置一起备份；默认不含。")
@as_json
@click.pass_context
@declares("system.configure")
def backup(context: click.Context, *, place: Path | None, with_secret: bool, as_json: bool) -> None:
    """备份：数据库的一个时刻与全部文件，不必停止服务；有损坏的文件时退出码为 3。"""
    if with_secret:
        click.echo(LOUD, err=True)
    with progressing() as show:
        taken = take_backup(place, with_secret=with_secret, now=clock.now(), progress=show)
    tell(taken.as_dict(), backup_words(taken), as_json=as_json)
    context.exit(3 if taken.damaged else 0)


def backup_words(taken: Taken) -> str:
    """For people."""
    lines = [
        f"已备份到 {taken.file}（{taken.size / 1e6:.1f} MB）",
        f"表 {taken.tables} 张，{taken.rows} 行；文件 {taken.files} 个；审计链头 {taken.audit_head or '无'}",
        f"摘要 {taken.digest}",
        LOUD if taken.with_secret else "不含密钥：请另行保管 secret_key、channels.json、systems.json 与 providers.json。",
    ]
    lines += [f"文件已损坏：{path}" for path in taken.damaged]
    return "\n".join(lines)


@click.command("restore")
@click.argument("path", type=SAVED)
@as_json
@declares("system.configure")
def restore(*, path: Path, as_json: bool) -> None:
    """恢复：把备份装入空的环境，逐表逐文件核对并核验审计链；有一处不符就什么都不留下。"""
    with progressing() as show:
        restored = restore_backup(path, now=clock.now(), progress=show)
    tell(restored.as_dict(), restore_words(restored), as_json=as_json)


def restore_words(restored: Restored) -> str:
    """For people."""
    lines = [
        f"已恢复到备份时刻 {restored.taken_at}：表 {restored.tables} 张，{restored.rows} 行；文件 {restored.files} 个",
        f"逐表摘要相符；审计链核验通过，{restored.audit_entries} 条，链头 {restored.audit_head or '无'}",
    ]
    if restored.migrated:
        lines.append(f"已升级 {len(restored.migrated)} 个迁移：{'、'.join(restored.migrated)}")
    if restored.placed:
        lines.append(f"已放回：{'、'.join(restored.placed)}")
    if not restored.same_secret:
        lines.append(
            "密钥与备份时不同：已发出的链接失效，审计中的个人信息摘要不能再比对。如有原密钥，请放回 secret_key 后再启动。"
        )
    lines += [f"备份时已损坏的文件：{path}" for path in restored.damaged]
    if restored.held or restored.doubtful:
        lines.append(
            f"备份时待发的 {restored.held} 条消息已暂缓（可能已经发出过），另有 {restored.doubtful} 条结果不明："
            "请用 songda deliveries held 查看，核对后 release 放行或 drop 放弃。"
        )
    return "\n".join(lines)


@click.command("doctor")
@click.option("--all", "every_file", is_flag=True, help="逐个核对全部文件，而不是抽查。")
@as_json
@click.pass_context
@declares("system.configure")
def doctor(context: click.Context, *, every_file: bool, as_json: bool) -> None:
    """体检：每项给出结论与办法；有故障时退出码为 1，数据库没有应答时为 4。"""
    findings, reachable = examine(now=clock.now(), every_file=every_file)
    worst = next((level for level in (Level.FAULT, Level.WARNING) if any(one.level is level for one in findings)), Level.OK)
    told = {"state": worst, "findings": [one.as_dict() for one in findings]}
    tell(told, "\n".join(map(str, findings)), as_json=as_json)
    context.exit(exit_code(findings, reachable=reachable))


@click.command("upgrade")
@as_json
@declares("system.configure")
def upgrade_command(*, as_json: bool) -> None:
    """升级：备份、迁移、核验；不成功则回到原来的状态。请先停止服务。"""
    with progressing() as show:
        done = upgrade(now=clock.now(), progress=show)
    told = "\n".join(str(one) for one in done.findings if one.level is not Level.OK)
    moved = (
        f"已应用 {len(done.migrated)} 个迁移；升级前的备份在 {done.backup}" if done.migrated else "数据库已与程序相符，无须升级"
    )
    tell(done.as_dict(), f"{moved}\n{told}".strip(), as_json=as_json)


def tell(data: Mapping[str, object], words: str, *, as_json: bool) -> None:
    """The one answer on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else words)


@contextmanager
def progressing() -> Generator[Callable[[str, int, int], None]]:
    """A bar a stage on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        rows: dict[str, TaskID] = {}

        def show(stage: str, done: int, of: int) -> None:
            if stage not in rows:
                rows[stage] = bars.add_task(LABELS[stage], total=of)
            bars.update(rows[stage], completed=done)

        yield show


COMMANDS: tuple[click.Command, ...] = (backup, restore, doctor, upgrade_command)
