"""`songda standin`: run stand-in platforms beside a demonstration."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from songda.kernel.doors import PUBLIC, declares
from songda.portal.standins.answers import MAIL, ROBOT, SMS, WECOM_MESSAGE, WECOM_ROBOT, WORK_NOTICE
from songda.portal.standins.identity import IdentityPlatform, vouching
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import Server, running

HOME_MADE = click.Path(dir_okay=False, path_type=Path)


@click.command("standin")
@click.option("--port", default=8099, show_default=True, help="端口；只在本机监听。")
@click.option("--per-minute", default=0, show_default=True, help="每个渠道每分钟最多收几条，0 为不限。")
@click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="消息链接指向的本系统地址。")
@click.option("--configure", type=HOME_MADE, help="写出指向替身的渠道配置文件（channels.json）。")
@click.option("--providers", type=HOME_MADE, help="另在下一个端口运行身份提供方替身，并写出指向它的 providers.json。")
@click.option("--journal", type=HOME_MADE, help="把收到的消息记入文件；重新启动后仍在。")
@declares(PUBLIC)
def standin(
    *, port: int, per_minute: int, site: str, configure: Path | None, providers: Path | None, journal: Path | None
) -> None:
    """运行消息平台替身（按 Ctrl+C 结束）；已收到的消息见 /received。"""
    platform = Platform(per_minute=per_minute, journal=journal)
    with running(platform, port) as server, vouching(IdentityPlatform(), port + 1 if port else 0) as identities:
        if configure is not None:
            configure.write_text(json.dumps(channels(server, site), indent=2), encoding="utf-8")
        if providers is not None:
            providers.touch(mode=0o600)
            providers.write_text(json.dumps(identities.providers(), ensure_ascii=False, indent=2), encoding="utf-8")
        click.echo(
            f"替身已启动：{server.address}，邮件：{server.mail.address}，身份：{identities.address}，已收消息：{server.address}/received"
        )
        server.wait()


def channels(server: Server, site: str, groups: Sequence[str] = ()) -> dict[str, object]:
    """A channels file that points at the stand-in: every channel of the house, each with what its kind of platform promises.

    The limits are the stand-in's own, so that a pack's limits do not hold back a demonstration. `groups` are codes of groups.
    """
    platform = server.platform
    account = {"base_url": server.address, "application": platform.entry, "signing": platform.signing, "agent": "1"}
    robots = {code: {"application": f"{platform.entry}-{code}", "signing": platform.signing} for code in groups}
    given: dict[str, tuple[str, dict[str, object]]] = {
        "dingtalk": (WORK_NOTICE, {"kind": "work_notice", "takes_key": True, **account}),
        "wecom": (WECOM_MESSAGE, {"kind": "wecom_app", **account}),
        "dingtalk_group": (ROBOT, {"kind": "robot", "groups": robots, **account}),
        "wecom_group": (WECOM_ROBOT, {"kind": "wecom_robot", "groups": robots, **account}),
        "sms": (SMS, {"kind": "sms", **account, "agent": "示例市送达"}),
        "email": (MAIL, {"kind": "smtp", "takes_key": True, **account, "base_url": server.mail.address,
                         "agent": "songda@example.invalid", "sender": "songda@example.invalid"}),
    }  # fmt: skip
    limited = {code: {**one, "per_minute": platform.limits.get(end, platform.per_minute)} for code, (end, one) in given.items()}
    return {"site": site, "channels": limited}


COMMANDS: tuple[click.Command, ...] = (standin,)
