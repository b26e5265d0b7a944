"""`songda pack`: check a pack without a database, apply it, see what applying would change, begin a new one, write one back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from songda.kernel import clock
from songda.kernel.doors import PUBLIC, declares
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.beginning import begin_pack, start_pack
from songda.portal.packs.checking import check_pack
from songda.portal.packs.comparing import compared
from songda.portal.packs.exporting import export_pack
from songda.portal.packs.fields import field_tables
from songda.portal.packs.reading import SECTIONS, read_pack
from songda.portal.packs.shapes import schema_of
from songda.portal.packs.standing import campaign_in_force
from songda.registry.actors import system

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER = click.Path(exists=False, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")


@click.group("pack")
@declares(PUBLIC)
def pack() -> None:
    """活动包：检查、装载、比较、导出、新建。"""


@pack.command("check")
@click.argument("path", type=FOLDER)
@as_json
@declares(PUBLIC)
@click.pass_context
def check(context: click.Context, path: Path, *, as_json: bool) -> None:
    """检查活动包：格式、引用、规则与案例，不需要数据库。"""
    report = check_pack(path)
    lines = [str(problem) for problem in report.problems]
    counts = "，".join(f"{name} {count}" for name, count in report.counts.items())
    summary = f"{report.code} {report.version}：{counts}；{'没有问题' if not lines else f'{len(lines)} 处问题'}"
    _tell(report.as_dict(), "\n".join([*lines, summary]), as_json=as_json)
    context.exit(1 if lines else 0)


@pack.command("apply")
@click.argument("path", type=FOLDER)
@click.option("--over", is_flag=True, help="管理页面上改过的条目，也以文件夹里的为准。")
@as_json
@declares("campaign.apply")
def apply(path: Path, *, over: bool, as_json: bool) -> None:
    """装载活动包：一次事务；内容未变则什么都不做，变了只增新版本。管理页面上改过而文件夹里没有的，不加 --over 不装载。"""
    done = apply_pack(path, by=system("装载活动包"), now=clock.now(), said=_say, over=over)
    _tell(done.as_dict(), f"{done.code} {done.version} 已装载：{_changes(done.changed)}", as_json=as_json)


@pack.command("diff")
@click.argument("path", type=FOLDER)
@as_json
@declares("campaign.apply")
def diff(path: Path, *, as_json: bool) -> None:
    """逐文件逐条目比较文件夹与库中的现行内容，并试装载：说出会改动多少，不写入。"""
    found = read_pack(path)
    differing = compared(found, str(found.head.get("code", "")))
    done = apply_pack(path, by=system("试装载活动包"), now=clock.now(), dry=True)
    lines = [one.sentence for one in differing]
    summary = f"{done.code} {done.version}：{len(lines)} 个条目不同；装载时将改动：{_changes(done.changed)}"
    told = {**done.as_dict(), "differences": [one.as_dict() for one in differing]}
    _tell(told, "\n".join([*lines, summary]), as_json=as_json)


@pack.command("export")
@click.argument("target", type=NEW_FOLDER)
@click.option("--code", default="", help="活动代码；不写为最近装载的活动。")
@as_json
@declares("campaign.apply")
def export(target: Path, *, code: str, as_json: bool) -> None:
    """把库中现行的活动包写到新文件夹 TARGET：管理页面上的修改、措施的现行内容都在内。"""
    done = export_pack(code or campaign_in_force().code, target)
    words = f"已写出 {done['files']} 个文件，其中 {done['measures']} 项措施与装载时不同：{target}"
    _tell({"target": str(target), **done}, words, as_json=as_json)


@pack.command("new")
@click.argument("path", type=NEW_FOLDER)
@click.option("--from", "source", type=FOLDER, help="照着已有的活动包建；不写则建一个示例城市。")
@click.option("--code", required=True, help="新活动的代码。")
@click.option("--name", required=True, help="新活动的名称。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares(PUBLIC)
def new(*, path: Path, source: Path | None, code: str, name: str, as_json: bool) -> None:
    """新建活动包：一个小而全的示例城市，或照着已有的活动包（政策与历史数据除外）。"""
    if source is None:
        start_pack(path, code=code, name=name)
    else:
        begin_pack(path, source, code=code, name=name)
    words = f"已建立 {path}。每个文件开头写着要改什么；手册见 docs/handbook/pack.zh.md。改一处就运行 songda pack check {path}。"
    _tell({"path": str(path), "code": code}, words, as_json=as_json)


@pack.command("schema")
@click.argument("section", type=click.Choice(list(SECTIONS)), required=False)
@click.option("--fields", "as_fields", is_flag=True, help="只打印手册里的字段表（Markdown）。")
@declares(PUBLIC)
def schema(*, section: str | None, as_fields: bool) -> None:
    """打印一类文件的 JSON Schema（给编辑器用）；不写类别则列出有哪些文件。"""
    if as_fields:
        click.echo(field_tables())
    elif section is None:
        click.echo("\n".join(f"{name:<15}{place:<20}{schema_of(name)['title']}" for name, place in SECTIONS.items()))
    else:
        click.echo(json.dumps(schema_of(section), ensure_ascii=False, indent=1))


def _tell(data: Mapping[str, object], words: str, *, as_json: bool) -> None:
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else words)


def _say(section: str) -> None:
    click.echo(f"装载 {section} …", err=True)


def _changes(changed: Mapping[str, int]) -> str:
    return "，".join(f"{name} {count}" for name, count in changed.items() if count) or "没有变化"


COMMANDS: tuple[click.Command, ...] = (pack,)
