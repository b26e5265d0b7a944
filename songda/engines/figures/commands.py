"""The verb `figures` 读简报数据: bulletins to figures, checks and flags. No Django here; the portal's command line adds it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from songda.engines.figures.bulletin import Bulletin
from songda.engines.figures.reader import read_figures
from songda.engines.figures.to_json import to_json
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import read_file

DONE, REFUSED, PARTLY = 0, 1, 3
_HOLDS = {True: "相符", False: "不符", None: "不能判定"}
_GRAVE = {"high": "严重", "medium": "存疑"}


@click.command("figures")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出：一个文件是一个对象，多个文件按路径合为一个对象。")
@click.pass_context
def figures_of_files(context: click.Context, files: tuple[Path, ...], *, as_json: bool) -> None:
    """读取简报（.txt、.docx、.pdf、.html、.ofd），列出每个数的单位、对象、口径、时点和原文位置，核对文中算式，标出可疑的数。

    退出码：0 全部读出；1 全部不能读取；2 用法错误；3 部分不能读取。
    """
    read: dict[str, Bulletin] = {}
    for path in files:
        try:
            source = read_file(path)
        except ReadingError as refusal:
            click.echo(f"{path}：{refusal.sentence}", err=True)
            continue
        for note in source.notes:
            click.echo(f"{path}：{note}", err=True)
        read[str(path)] = read_figures(source.text)
    if as_json:
        _print_json(read, alone=len(files) == 1)
    else:
        click.echo("\n\n".join(_told(path, bulletin, alone=len(files) == 1) for path, bulletin in read.items()))
    context.exit(DONE if len(read) == len(files) else PARTLY if read else REFUSED)


def _print_json(read: dict[str, Bulletin], *, alone: bool) -> None:
    shaped = {path: to_json(bulletin) for path, bulletin in read.items()}
    if alone and not shaped:
        return
    click.echo(json.dumps(next(iter(shaped.values())) if alone else shaped, ensure_ascii=False, indent=1))


def _told(path: str, bulletin: Bulletin, *, alone: bool) -> str:
    rows = [] if alone else [f"==> {path} <=="]
    rows.append(f"数据 {len(bulletin.figures)} 个")
    rows += [f"  {one.quote}  {'  '.join(filter(None, (one.subject, one.scope, one.as_of)))}" for one in bulletin.figures]
    rows.append(f"核对 {len(bulletin.checks)} 处")
    rows += [f"  {_HOLDS[one.holds]}  {'、'.join(one.quotes)}  {one.note}" for one in bulletin.checks]
    rows.append(f"疑点 {len(bulletin.flags)} 处")
    rows += [f"  {_GRAVE[one.severity]}  {one.quote}  {one.reason}" for one in bulletin.flags]
    return "\n".join(rows)


COMMANDS = (figures_of_files,)

if __name__ == "__main__":
    figures_of_files()
