"""`songda static`: the static files of this version, named by content and compressed, in the home."""

from __future__ import annotations

import json
import shutil

import click
from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

from songda.kernel.doors import declares


@click.command("static")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("system.configure")
def static(*, as_json: bool) -> None:
    """收集并压缩本版本的静态文件；之后启动的网站直接使用压缩文件。升级后再运行一次。"""
    place = settings.STATIC_ROOT
    draft = place.with_name(f"{place.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    with override_settings(STATIC_ROOT=draft, STORAGES={**settings.STORAGES, "staticfiles": settings.COMPRESSED}):
        call_command("collectstatic", interactive=False, verbosity=0)
    shutil.rmtree(place, ignore_errors=True)
    draft.rename(place)
    files = [path for path in place.rglob("*") if path.is_file()]
    told = {"place": str(place), "files": len(files), "compressed": sum(path.suffix == ".gz" for path in files)}
    words = f"已写出 {told['files']} 个静态文件，其中压缩 {told['compressed']} 个：{place}"
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else words)


COMMANDS: tuple[click.Command, ...] = (static,)
