"""`songda standin`: run a stand-in platform beside a demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import click

from songda.kernel.doors import PUBLIC, declares
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import running


@click.command("standin")
@click.option("--port", default=8099, show_default=True, help="端口；只在本机监听。")
@click.option("--per-minute", default=0, show_default=True, help="每分钟最多收几条，0 为不限。")
@click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="消息链接指向的本系统地址。")
@click.option(
    "--configure", type=click.Path(dir_okay=False, path_type=Path), help="写出指向替身的渠道配置文件（channels.json）。"
)
@declares(PUBLIC)
def standin(*, port: int, per_minute: int, site: str, configure: Path | None) -> None:
    """运行消息平台替身（按 Ctrl+C 结束）；已收到的消息见 /received。"""
    platform = Platform(per_minute=per_minute)
    with running(platform, port) as server:
        if configure is not None:
            configure.write_text(json.dumps(channels(platform, server.address, site), indent=2), encoding="utf-8")
        click.echo(f"替身已启动：{server.address}，已收消息：{server.address}/received")
        server.wait()


def channels(platform: Platform, address: str, site: str) -> dict[str, object]:
    """A channels file that points at the stand-in: DingTalk as a work notice with keys, WeCom as a robot without."""
    account = {"base_url": address, "application": platform.entry, "signing": platform.signing, "agent": "1"}
    return {
        "site": site,
        "channels": {
            "dingtalk": {"kind": "work_notice", "takes_key": True, **account},
            "wecom": {"kind": "robot", "per_minute": platform.per_minute, **account},
        },
    }


COMMANDS: tuple[click.Command, ...] = (standin,)
