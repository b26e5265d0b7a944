"""`songda import roster`: take a roster in from the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.registry.actors import system
from songda.registry.intake import actions, queries
from songda.registry.intake.actions.check_roster import Roster
from songda.registry.intake.models import Intake

ROW_ERRORS = 3  # the exit code for “done, but some rows were returned”


@click.group("import")
def import_group() -> None:
    """导入：名册。"""


@import_group.command("roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
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


def told(stage: str, done: int, whole: int) -> None:
    """Progress, on standard error."""
    click.echo(f"\r{stage} {done}/{whole}   ", nl=done >= whole, err=True)


def summary(made: Intake, *, again: bool) -> dict[str, object]:
    """The result for programs. `unchanged`: the same file had been taken before, so nothing was done."""
    names = ("rows", "errors", "created", "changed", "facts", "state")
    returned = str(queries.returned_file(made)) if made.returned else ""
    return {"intake": made.pk, **{name: getattr(made, name) for name in names}, "returned": returned, "unchanged": again}


def sentence(made: Intake, *, again: bool) -> str:
    """The result for people."""
    if again:
        return f"该文件已于 {made.taken_at:%Y-%m-%d %H:%M} 导入，本次未作改动。"
    done = "已导入" if made.state == "taken" else "预检（未写入）"
    text = (
        f"{done}：{made.rows} 行，新增主体 {made.created}，变更主体 {made.changed}，事实 {made.facts} 条，退回 {made.errors} 行。"
    )
    return f"{text}\n退回的行见：{queries.returned_file(made)}" if made.returned else text


COMMANDS: tuple[click.Command, ...] = (import_group,)
