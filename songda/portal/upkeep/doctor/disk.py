"""Looks at the disk: room, the key, kept files, fonts, the last backup."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from songda.engines.printing.fonts import FAMILIES, families
from songda.kernel import clock
from songda.ledger.evidence.models import StoredFile
from songda.ledger.evidence.queries import store
from songda.portal.upkeep import home
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning

LEAST = 512 << 20  # bytes; below, writers begin to fail
SAMPLE = 200  # files read through in a quick look
STALE = dt.timedelta(days=2)  # a nightly backup was missed


def room() -> Finding:
    """Whether there is room to go on, and for the next backup beside the database's own copy before an upgrade."""
    free = shutil.disk_usage(home.home()).free
    wanted = LEAST + 2 * size_of_database()
    said = f"剩余 {free >> 20} MB。"
    if free < LEAST:
        return fault("磁盘", said, "请立即腾出空间：写满后不能登记任何内容。")
    if free < wanted:
        return warning("磁盘", said, f"备份与升级约需 {wanted >> 20} MB，请腾出空间，或把备份写到别处。")
    return ok("磁盘", said)


def size_of_database() -> int:
    """Bytes of the database as far as they lie on this disk; 0 for a server."""
    place = Path(str(connection.settings_dict["NAME"]))
    return place.stat().st_size if connection.vendor == "sqlite" and place.is_file() else 0


def secret() -> Finding:
    """Whether the key is its owner's alone."""
    if os.environ.get("SONGDA_SECRET_KEY"):
        return ok("密钥", "取自环境变量 SONGDA_SECRET_KEY。")
    path = home.home() / "secret_key"
    mode = path.stat().st_mode & 0o777 if path.exists() else 0
    if mode & 0o077:
        return fault("密钥", f"{path} 可被他人读取（{mode:o}）。", f"请运行 chmod 600 {path}，并考虑更换密钥。")
    return ok("密钥", "仅属主可读。")


def files(*, every: bool) -> Finding:
    """Whether kept files are there and have their digest: all, or a sample spread over all of them."""
    known = StoredFile.objects.filter(damaged=False).order_by("id").values_list("digest", flat=True)
    total = known.count()
    step = 1 if every else max(1, total // SAMPLE)
    looked = list(known)[::step]
    bad = [digest for digest in looked if not store().is_whole(digest)]
    marked = StoredFile.objects.filter(damaged=True).count()
    if bad:
        return fault("文件", f"查 {len(looked)} 个，{len(bad)} 个缺失或被改动，例如 {bad[0][:12]}。", "请从备份中取回这些文件。")
    if marked:
        return warning("文件", f"{marked} 个文件此前已判为损坏。", "请从备份中取回，或请提交人重新提交。")
    return ok("文件", f"共 {total} 个，查 {len(looked)} 个，完好。")


def fonts() -> Finding:
    """Whether papers print, and whether in the official faces."""
    at_hand = families(settings.FONT_DIR)
    if missing := [face for face, names in at_hand.items() if not names]:
        return fault("字体", f"缺少字体：{'、'.join(missing)}。", "请重新安装依赖 pylopdf-fonts-zh-cn。")
    stand_in = [face.value for face, names in FAMILIES.items() if at_hand[face.value][0] == names[-1]]
    if settings.FONT_DIR and stand_in:
        return warning("字体", f"{settings.FONT_DIR} 中没有：{'、'.join(stand_in)}。", "请放入公文规定的字体。")
    return ok("字体", "公文字体齐备。" if not stand_in else "公文以思源字体代替；如需规定字体，请设置 SONGDA_FONT_DIR。")


def last_backup(now: dt.datetime) -> Finding:
    """Whether there is a backup, how old it is, and whether it is still where it was put."""
    told = home.last_backup()
    if told is None:
        return warning("备份", "本环境还没有备份过。", "请运行 songda backup，并按操作手册设置每夜备份。")
    age = now - dt.datetime.fromisoformat(told["at"])
    said = f"最近一次 {dt.datetime.fromisoformat(told['at']).astimezone(clock.place()):%Y-%m-%d %H:%M}。"
    if age > STALE:
        return warning("备份", said, f"已 {age.days} 天没有备份，请检查定时任务。")
    if not Path(told["file"]).exists():
        return warning("备份", f"{said}文件 {told['file']} 已不在原处。", "如已移到别处保存，无须处理。")
    return ok("备份", said)
