"""`songda import roster`: take a roster in from the command line."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TypeVar

import click

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.kernel.errors import Conflict
from songda.kernel.workbooks import write_refused
from songda.registry.actors import system
from songda.registry.intake import actions, queries
from songda.registry.intake.actions.check_roster import Roster
from songda.registry.intake.models import Intake
from songda.registry.intake.queries.officers import Plan

Command = TypeVar("Command", bound=Callable[..., object])
ROW_ERRORS = 3  # the exit code for “done, but some rows were returned”


@click.group("import")
def import_group() -> None:
    """导入：名册。"""


def templating(write: Callable[[IO[bytes]], None]) -> Callable[[Command], Command]:
    """The option --template: write the empty workbook of the page and do nothing else."""

    def written(context: click.Context, _option: click.Parameter, path: Path | None) -> None:
        if path is None or context.resilient_parsing:
            return
        with fresh(path) as stream:
            write(stream)
        click.echo(f"空模板写在 {path}。")
        context.exit()

    where = click.Path(dir_okay=False, path_type=Path)
    return click.option(
        "--template",
        type=where,
        is_eager=True,
        expose_value=False,
        callback=written,
        help="写一个空模板到这个新文件，别的都不做。",
    )


@import_group.command("roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@templating(actions.write_template)
@click.option("--area", required=True, help="名册所属区县、开发区或街道的机构代码。")
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="数据日期，如 2020-03-01。")
@click.option("--dry-run", is_flag=True, help="只预检，不写入。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@click.pass_context
@declares("roster.import")
def roster(context: click.Context, file: Path, *, area: str, as_of: dt.datetime, dry_run: bool, as_json: bool) -> None:
    """导入 FILE（.xlsx 或 .csv）。退出码：0 完成，1 退回，2 用法，3 完成但有退回的行。"""
    given = Roster(file, file.name, area, as_of.date())
    who, now = system("命令行"), clock.now()
    made = actions.check_roster(given, by=who, now=now, progress=told)
    again = made.state == "taken"
    if not dry_run and not again:
        made = actions.take_roster(made.pk, by=who, now=now, progress=told)
    result = summary(made, again=again)
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else sentence(made, again=again))
    if made.errors:
        context.exit(ROW_ERRORS)


@click.command("officers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@templating(actions.write_officers_template)
@click.option(
    "--passwords", type=click.Path(path_type=Path), help="一次性口令写到这个新的工作簿（仅属主可读）；有新账号时必须写。"
)
@click.option("--returned", "refused", type=click.Path(path_type=Path), help="退回的行写到这个工作簿。")
@click.option("--dry-run", is_flag=True, help="只预检，不写入。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@click.pass_context
@declares("people.edit")
def officers(
    context: click.Context, *, file: Path, passwords: Path | None, refused: Path | None, dry_run: bool, as_json: bool
) -> None:
    """导入干部名册 FILE：账号、岗位、手机和包联企业。退出码：0 完成，1 退回，2 用法，3 完成但有退回的行。"""
    who, now = system("命令行"), clock.now()
    plan = queries.plan_officers(file, by=who, on=clock.day_of(now))
    if not dry_run and plan.newcomers and passwords is None:
        raise click.UsageError(f"有 {len(plan.newcomers)} 个新账号，请用 --passwords 写明一次性口令放在哪里。")
    if not dry_run:
        with fresh(passwords) if passwords else nullcontext() as slips:
            taken = actions.import_officers(file, by=who, now=now)
            if slips and taken.passwords:
                actions.write_slips(slips, taken)
    if refused and plan.found.refused:
        with refused.open("wb") as stream:
            write_refused(stream, plan.found.headings, plan.found.refused)
    told_officers(plan, dry=dry_run, as_json=as_json)
    if plan.found.refused:
        context.exit(ROW_ERRORS)


@contextmanager
def fresh(path: Path) -> Iterator[IO[bytes]]:
    """A new file that its owner alone may read, there before anything is written; gone again where nothing came into it."""
    try:
        number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except OSError as error:
        raise Conflict(f"{path} 写不进去：{error.strerror}。", advice="请换一个新的文件名。") from None
    try:
        with os.fdopen(number, "w+b") as file:
            yield file
    except BaseException:
        path.unlink()
        raise
    if not path.stat().st_size:
        path.unlink()


def told_officers(plan: Plan, *, dry: bool, as_json: bool) -> None:
    """What came of it, for programs or for people."""
    found = {
        "rows": plan.found.kept,
        "accounts": len(plan.newcomers),
        "posts": plan.posts,
        "firms": plan.firms,
        "moved": plan.moved,
    }
    refused = [{"row": number, "why": why} for number, _cells, why in plan.found.refused]
    leavers = [f"{post.person.name}（{post.organisation}，{post.get_role_display()}）" for post in plan.leavers]
    if as_json:
        click.echo(json.dumps({**found, "refused": refused, "leavers": leavers, "written": not dry}, ensure_ascii=False))
        return
    lines = [f"第 {one['row']} 行退回：{one['why']}" for one in refused]
    lines += [f"在任而不在名册里：{one}" for one in leavers]
    lines.append(
        f"{'预检（未写入）' if dry else '已导入'}：{found['rows']} 行，新开账号 {found['accounts']}，新任岗位 {found['posts']}，"
        f"指派包联企业 {found['firms']}（其中换人 {found['moved']}），退回 {len(refused)} 行。"
    )
    click.echo("\n".join(lines))


def told(stage: str, done: int, whole: int) -> None:
    """Progress, on standard error."""
    click.echo(f"\r{stage} {done}/{whole}   ", nl=done >= whole, err=True)


def summary(made: Intake, *, again: bool) -> dict[str, object]:
    """The result for programs. `unchanged`: the same file had been taken before, so nothing was done."""
    names = ("rows", "errors", "created", "changed", "facts", "state")
    returned = str(queries.returned_file(made)) if made.returned else ""
    counts = {name: getattr(made, name) for name in names}
    return {"intake": made.pk, **counts, "returned": returned, "unknown": made.mapping.get("unknown", []), "unchanged": again}


def sentence(made: Intake, *, again: bool) -> str:
    """The result for people."""
    if again:
        return f"该文件已于 {made.taken_at:%Y-%m-%d %H:%M} 导入，本次未作改动。"
    done = "已导入" if made.state == "taken" else "预检（未写入）"
    said = (
        f"{done}：{made.rows} 行，新增主体 {made.created}，变更主体 {made.changed}，事实 {made.facts} 条，退回 {made.errors} 行。"
    )
    where = f"退回的行见：{queries.returned_file(made)}" if made.returned else ""
    return "\n".join(filter(None, (said, queries.unknown_in_words(made.mapping.get("unknown", [])), where)))


COMMANDS: tuple[click.Command, ...] = (import_group, officers)
