"""Beginning a pack 新建活动包: from another one without its policies, or from the starter: an invented small city, complete and sound."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

import songda
from songda.engines.reading.terms.vocabulary import DEMONSTRATION
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.portal.packs.reading import SECTIONS, read_pack, section_of

POLICY = ("document", "measure", "implementing", "plan", "figure")
"""What a city's own policy and history are: a new campaign brings its own."""
KEPT = tuple(section for section in SECTIONS if section not in ("pack", *POLICY))
GENERIC = frozenset(
    {
        "sources",
        "facts",
        "calendar",
        "channels",
        "dictionary",
        "guides",
        "indicators",
        "economy",
        "kind",
        "papers",
        "watch",
        "bulletin",
        "retention",
    }
)
"""Sections of the bundled pack that hold for any city, once the blocks below are taken out of them."""
LOCAL = ("routes", "marks")
"""Blocks of generic files that name units of one city."""
HEADERS = {
    "sources": "【一般不改】数据来源。加自己的，不要改已有的 code。",
    "facts": "【一般不改】事实目录。规则里用到而这里没有的名称，在最后加一条；已有的 code、kind、unit 不要改。",
    "calendar": "【每年加】节假日与调休。国务院办公厅的通知发布后，把下一年的日子加在最后。",
    "channels": "【按需改】消息渠道的限度。没有的渠道可以删去；地址和密钥不写在这里，写在安装处的 channels.json。",
    "dictionary": "【一般不改】字典。改了条目就换一个 edition；code 不要改。",
    "guides": "【一般不改】行业组。",
    "indicators": "【一般不改】指标。报表里要报而这里没有的，在最后加一条。",
    "economy": "【按需改】经济运行口径。在 entry 下加一行 desks: [机构代码]，写明谁负责统计入库。",
    "kind": "【按需改】事项类别和时限。要自动分办，在最后加 routes:（写法见手册“写一个活动包”）。code 和步骤名不要改。",
    "papers": "【按需改】文书与清单。要用机关代字，在最前面加 marks:（写法见手册“写一个活动包”）。",
    "watch": "【按需改】新政策几天消化、几天推送。",
    "bulletin": "【按需改】简报与新闻稿模板。",
    "retention": "【按需改】各类记录保存多久。",
}


def begin_pack(target: Path, source: Path, *, code: str, name: str) -> None:
    """Write a new pack for real use from another one. Refused where the folder exists: nothing is overwritten."""
    must_be_code(code)
    make_folder(target)
    for section in KEPT:
        place = SECTIONS[section].rstrip("/")
        origin = source / place
        if origin.is_dir():
            shutil.copytree(origin, target / place)
        elif origin.exists():
            shutil.copy(origin, target / place)
    for section in POLICY[:-1]:
        (target / SECTIONS[section]).mkdir()
    head = {**read_pack(source).head, "code": code, "name": name, "name_en": code, "version": "0.1", "demonstration": False}
    head.pop("notice", None)
    write_yaml(target / "pack.yaml", head)


def start_pack(target: Path, *, code: str, name: str) -> None:
    """Write the starter: generic files of the bundled pack and those of the invented city, each saying what to change, with schemas.

    Refused where the folder exists; NotFound where the bundled pack was not installed.
    """
    if not DEMONSTRATION.is_dir():
        raise NotFound(_("没有找到随附的活动包 %(path)s。") % {"path": DEMONSTRATION}, advice=_("请用 --from 指明一个活动包。"))
    must_be_code(code)
    make_folder(target)
    for file in DEMONSTRATION.rglob("*.yaml"):
        place = file.relative_to(DEMONSTRATION).as_posix()
        section = section_of(place) or ""
        text = file.read_text(encoding="utf-8")
        if section in GENERIC and not (section == "bulletin" and "\nunit:" in text):
            put(target / place, f"{pointer(place, section)}# {HEADERS[section]}\n{for_any_city(text)}")
    said_here = {"CODE": quoted(code), "NAME": quoted(name), "REQUIRES": quoted(".".join(songda.__version__.split(".")[:2]))}
    for place, text in starter_files(files("songda.portal.packs").joinpath("starter")):
        said = re.sub("CODE|NAME|REQUIRES", lambda found: said_here[found[0]], text) if place == "pack.yaml" else text
        put(target / place, f"{pointer(place, section_of(place) or '')}{said}")
    (target / SECTIONS["plan"]).mkdir()
    put_schemas(target)


def put_schemas(target: Path) -> None:
    """The schemas that the first lines of the files point to."""
    for one in files("songda.portal.packs").joinpath("schema").iterdir():
        put(target / "schema" / one.name, one.read_text(encoding="utf-8"))


def quoted(text: str) -> str:
    """A text as YAML takes it, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def starter_files(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    """The files of the starter: place in the pack, text."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from starter_files(one, f"{below}{one.name}/")
        else:
            yield f"{below}{one.name}", one.read_text(encoding="utf-8")


def pointer(place: str, section: str) -> str:
    """The line by which editors find the schema of a file."""
    return f"# yaml-language-server: $schema={'../' * place.count('/')}schema/{section}.json\n"


def for_any_city(text: str) -> str:
    """A file without the blocks that name units of one city."""
    for block in LOCAL:
        text = re.sub(rf"^{block}:\n(?:[ #].*\n)*", "", text, flags=re.MULTILINE)
    return re.sub(r"^  desks: .*\n", "", text, flags=re.MULTILINE)


def put(path: Path, text: str) -> None:
    """One file, with the folder it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def must_be_code(code: str) -> None:
    """Refuse a code that the check would refuse."""
    if not re.fullmatch("[A-Za-z0-9][A-Za-z0-9-]*", code):
        raise Invalid(_("活动代码“%(code)s”写法不对。") % {"code": code}, advice=_("只用字母、数字和连字符，如 linjiang-2026。"))


def make_folder(target: Path) -> None:
    """A folder that was not there."""
    if target.exists():
        raise Conflict(_("%(path)s 已存在，未写入。") % {"path": target}, advice=_("请换一个新的文件夹。"))
    target.mkdir(parents=True)


def write_yaml(path: Path, data: object) -> None:
    """One file as people write them: in order, in Chinese, long lines kept whole."""
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100_000), encoding="utf-8")
