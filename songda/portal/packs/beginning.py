"""Beginning a pack 新建活动包: the tree, the dictionaries, the catalogue and the calendar of another one, without its policies."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict
from songda.portal.packs.reading import SECTIONS, read_pack

KEPT = (
    "sources",
    "facts",
    "calendar",
    "channels",
    "organisations",
    "dictionary",
    "guides",
    "indicators",
    "resumption",
    "economy",
)


def begin_pack(target: Path, source: Path, *, code: str, name: str) -> None:
    """Write a new pack for real use. Refused where the folder exists: nothing is overwritten."""
    make_folder(target)
    for section in KEPT:
        place = SECTIONS[section].rstrip("/")
        origin = source / place
        if origin.is_dir():
            shutil.copytree(origin, target / place)
        elif origin.exists():
            shutil.copy(origin, target / place)
    for section in ("document", "measure", "implementing", "plan"):
        (target / SECTIONS[section]).mkdir()
    head = {**read_pack(source).head, "code": code, "name": name, "name_en": code, "version": "0.1", "demonstration": False}
    head.pop("notice", None)
    write_yaml(target / "pack.yaml", head)


def make_folder(target: Path) -> None:
    """A folder that was not there."""
    if target.exists():
        raise Conflict(_("%(path)s 已存在，未写入。") % {"path": target}, advice=_("请换一个新的文件夹。"))
    target.mkdir(parents=True)


def write_yaml(path: Path, data: object) -> None:
    """One file as people write them: in order, in Chinese, long lines kept whole."""
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100_000), encoding="utf-8")
