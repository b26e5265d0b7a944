"""`songda deliveries`: the messages that a restore holds back."""

from __future__ import annotations

import json

import click

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.ledger.notices.actions import restored
from songda.ledger.notices.states import LABELS
from songda.registry.actors import system

channel = click.option("--channel", default="", type=click.Choice(["", *LABELS]), help="只处理一个渠道；默认全部。")
as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")


@click.group("deliveries")
def deliveries() -> None:
    """恢复后暂缓的消息：查看、放行、放弃。"""


@deliveries.command("held")
@as_json
@declares("push.see")
def held(*, as_json: bool) -> None:
    """各渠道暂缓的条数。"""
    found = restored.counts()
    lines = [f"{LABELS[code]}：{count} 条" for code, count in found.items()]
    click.echo(json.dumps(found) if as_json else "\n".join(lines) or "没有暂缓的消息")


@deliveries.command("release")
@channel
@as_json
@declares("push.send")
def release(*, channel: str, as_json: bool) -> None:
    """放行：照常发出。备份之后已发出过的，收件人会再收到一次。"""
    count = restored.release_restored(channel, by=system("恢复"), now=clock.now())
    click.echo(json.dumps({"released": count}) if as_json else f"已放行 {count} 条")


@deliveries.command("drop")
@channel
@as_json
@declares("push.send")
def drop(*, channel: str, as_json: bool) -> None:
    """放弃：不再自动发出，列在“发送失败”中，可逐条重发。"""
    count = restored.drop_restored(channel, by=system("恢复"), now=clock.now())
    click.echo(json.dumps({"dropped": count}) if as_json else f"已放弃 {count} 条")


COMMANDS: tuple[click.Command, ...] = (deliveries,)
