"""`songda init`: a real installation: database, pack, and three separated administrators 三员 with one-time passwords."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from songda.kernel import clock
from songda.kernel.doors import declares
from songda.kernel.errors import Conflict, NotPermitted
from songda.portal.packs.applying import Applied, apply_pack, refuse_faulty
from songda.portal.packs.reading import Sheet, read_pack, read_sheet
from songda.registry.actors import system
from songda.registry.organisations import queries as organisations
from songda.registry.people.actions import NewPost, appoint, open_account, reset_password
from songda.registry.people.models import Account, Post
from songda.registry.people.rules.passwords import ONE_TIME_FOR
from songda.registry.people.states import ADMINISTRATORS, Role

NEXT = """下一步（详见 docs/handbook/first-day.zh.md）：
  1. 把三个口令分别当面交给三个人，不要留在屏幕和聊天里；{hours} 小时内不用就作废。
  2. 启动网站和后台：songda serve、songda worker（正式环境用 deploy/systemd）。
  3. 三员各自登录，改口令，设动态码；安全管理员开户任职，导入干部名册。
  4. songda ready 逐项检查能否开业。"""


@click.command("init")
@click.option("--pack", "path", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), help="活动包。")
@click.option("--passwords", type=click.Path(path_type=Path), help="把一次性口令写进这个新文件（仅属主可读），不显示在屏幕上。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("system.configure")
def init(*, path: Path, passwords: Path | None, as_json: bool) -> None:
    """建立正式环境：建库、装载活动包、开立三员账号（口令只给这一次）。做到一半断了，再运行一次即可。"""
    refuse_demonstration(path)
    declared = read_pack(path)
    refuse_faulty(declared)
    with kept_apart(passwords) as secrets:
        told("建库 …")
        call_command("migrate", verbosity=0)
        with transaction.atomic():
            applied = apply_pack(path, by=system("初始化"), now=clock.now(), said=lambda section: told(f"装载 {section} …"))
            opened = open_administrators(str(declared.head["place"]))
        if secrets is not None:
            secrets.write_text("".join(f"{name}  {secret}\n" for name, secret in opened.items()), encoding="utf-8")
    shown = {name: str(passwords) for name in opened} if passwords else opened
    data = {**applied.as_dict(), "accounts": shown, "home": str(settings.HOME)}
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else in_words(applied, opened, passwords))


def in_words(applied: Applied, opened: dict[str, str], passwords: Path | None) -> str:
    """What was done, the passwords or where they are, and what comes next."""
    lines = [f"{applied.code} {applied.version} 已装载，数据在 {settings.HOME}。三员账号（首次登录须改口令，口令不再显示）："]
    lines += [
        f"  {Role(name.replace('-', '_')).label}  {name}  {'' if passwords else secret}".rstrip()
        for name, secret in opened.items()
    ]
    if passwords:
        lines.append(f"一次性口令写在 {passwords}，交给三个人之后请删除：shred -u {passwords}")
    return "\n".join([*lines, NEXT.format(hours=int(ONE_TIME_FOR.total_seconds() // 3600))])


def told(line: str) -> None:
    """Progress, on standard error."""
    click.echo(line, err=True)


@contextmanager
def kept_apart(path: Path | None) -> Iterator[Path | None]:
    """A new file that only its owner may read, there before anything is done; gone again where nothing came of it."""
    if path is None:
        yield None
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Conflict(f"{path} 已存在，未写入。", advice="请换一个新的文件名。") from None
    except OSError as error:
        raise Conflict(f"{path} 写不进去：{error.strerror}。", advice="请换一个写得进的位置。") from None
    try:
        yield path
    except BaseException:
        path.unlink()
        raise


def refuse_demonstration(path: Path) -> None:
    """Real mode takes no demonstration data."""
    if settings.DEMONSTRATION:
        raise NotPermitted("演示环境不能建立正式环境。", advice="请取消 SONGDA_DEMO，并使用新的 SONGDA_HOME。")
    file = path / "pack.yaml"
    head = read_sheet(file, file.name, "pack") if file.is_file() else None
    if isinstance(head, Sheet) and head.data.get("demonstration") is True:
        raise NotPermitted("这是演示活动包，正式环境不能装载。", advice="请用 songda pack new 建立自己的活动包。")


@transaction.atomic
def open_administrators(place: str) -> dict[str, str]:
    """One account for each of the three, login name → one-time password. Where nobody ever came in, they get new passwords: the
    first ones may have been lost. Refused where the house is in use.
    """
    now, by = clock.now(), system("初始化")
    unit = organisations.by_code(place).pk
    known = list(Account.objects.order_by("pk"))
    if known and (any(one.last_login for one in known) or Post.objects.exclude(role__in=ADMINISTRATORS).exists()):
        raise Conflict(
            "已有账号在用，未再开立三员账号。", advice="如需重置口令，请由安全管理员办理；换活动包用 songda pack apply。"
        )
    if known:
        return {one.username: reset_password(one.pk, by=by, now=now).password for one in known}
    opened = {}
    for role in ADMINISTRATORS:
        name = role.replace("_", "-")
        made = open_account(name, str(Role(role).label), by=by, now=now)
        appoint(NewPost(made.account.person_id, role, unit), by=by, now=now)
        opened[name] = made.password
    return opened


COMMANDS: tuple[click.Command, ...] = (init,)
