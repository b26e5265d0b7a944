"""`songda init`: a real installation: database, pack, and three separated administrators 三员 with one-time passwords."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.kernel.errors import Conflict, NotPermitted
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.reading import read_pack
from songda.registry.actors import system
from songda.registry.organisations import queries as organisations
from songda.registry.people.actions import NewPost, appoint, open_account
from songda.registry.people.models import Account
from songda.registry.people.states import ADMINISTRATORS, Role


@click.command("init")
@click.option("--pack", "path", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="活动包。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("system.configure")
def init(*, path: Path, as_json: bool) -> None:
    """建立正式环境：建库、装载活动包、开立三员账号（口令只显示这一次）。"""
    refuse_demonstration(path)
    call_command("migrate", verbosity=0)
    applied = apply_pack(path, by=system("初始化"), now=clock.now())
    opened = open_administrators(str(read_pack(path).head["place"]))
    lines = [f"{applied.code} {applied.version} 已装载。三员账号（首次登录须改口令，口令不再显示）："]
    lines += [f"  {name}  {secret}" for name, secret in opened.items()]
    click.echo(json.dumps({**applied.as_dict(), "accounts": opened}, ensure_ascii=False) if as_json else "\n".join(lines))


def refuse_demonstration(path: Path) -> None:
    """Real mode takes no demonstration data."""
    if settings.DEMONSTRATION:
        raise NotPermitted("演示环境不能建立正式环境。", advice="请取消 SONGDA_DEMO，并使用新的 SONGDA_HOME。")
    if read_pack(path).head.get("demonstration", True):
        raise NotPermitted("这是演示活动包，正式环境不能装载。", advice="请用 songda pack new --from 从它新建自己的活动包。")


@transaction.atomic
def open_administrators(place: str) -> dict[str, str]:
    """One account for each of the three, login name → one-time password. Refused where accounts exist."""
    if Account.objects.exists():
        raise Conflict("已有账号，未再开立三员账号。", advice="如需重置口令，请由安全管理员办理。")
    now, by, opened = clock.now(), system("初始化"), {}
    unit = organisations.by_code(place).pk
    for role in ADMINISTRATORS:
        name = role.replace("_", "-")
        made = open_account(name, str(Role(role).label), by=by, now=now)
        appoint(NewPost(made.account.person_id, role, unit), by=by, now=now)
        opened[name] = made.password
    return opened


COMMANDS: tuple[click.Command, ...] = (init,)
