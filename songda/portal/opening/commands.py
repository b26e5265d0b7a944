"""`songda ready`: the checklist on the command line."""

from __future__ import annotations

import json

import click

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.portal.opening.checklist import checklist
from songda.portal.opening.lines import Group, counted
from songda.portal.opening.machinery import note_key_apart, note_restored


@click.command("ready")
@click.option("--restored", "head", help="登记一次恢复演练：songda restore 报出的审计链头。")
@click.option("--key-apart", is_flag=True, help="登记 secret_key 已另行保管。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@click.pass_context
@declares("system.configure")
def ready(context: click.Context, *, head: str | None, key_apart: bool, as_json: bool) -> None:
    """开业检查：逐项说明是否具备、差什么、怎么办；有“缺”的退出码为 1。与网页“开业检查”同一来源。"""
    now = clock.now()
    if head:
        note_restored(head, now=now)
    if key_apart:
        note_key_apart(now=now)
    groups = checklist(now=now)
    tallies = counted(groups)
    told = {"ready": not tallies["缺"], "counts": tallies, "groups": [as_data(group) for group in groups]}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else in_words(groups, tallies))
    context.exit(1 if tallies["缺"] else 0)


def as_data(group: Group) -> dict[str, object]:
    """A group for `--json`."""
    return {"label": group.label, "lines": [line.as_dict() for line in group.lines]}


def in_words(groups: list[Group], tallies: dict[str, int]) -> str:
    """The list for people."""
    lines = [line for group in groups for line in (f"— {group.label}", *map(str, group.lines))]
    summary = "，".join(f"{word} {n}" for word, n in tallies.items())
    return "\n".join([*lines, f"{summary}。{'还不能开业。' if tallies['缺'] else '可以开业。'}"])


COMMANDS: tuple[click.Command, ...] = (ready,)
