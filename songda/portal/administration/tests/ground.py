"""A pack of a dozen files, made of the starter's and the bundled one's: read, checked and applied in a moment."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from songda.portal.packs.applying import apply_pack
from songda.portal.packs.tests.packs import PACK
from songda.registry.actors import Actor, system
from songda.registry.organisations.queries import by_code
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import hire

NOW = dt.datetime(2026, 11, 20, 1, 0, tzinfo=dt.UTC)
STARTER = Path(__file__).resolve().parents[2] / "packs" / "starter"
FROM_STARTER = ("organisations/areas.yaml", "organisations/departments.yaml", "dictionaries/areas.yaml", "documents/sample-10.yaml", "measures/sample-10-01.yaml")  # fmt: skip
FROM_BUNDLED = ("sources.yaml", "channels.yaml", "kinds/errand.yaml", "watch.yaml")
DICTIONARIES = ("sizes", "measure-classes", "benefit-kinds", "delivery-modes", "document-categories")
FACTS = ("注册地", "企业规模", "参保企业", "裁员率", "上年度实缴失业保险费", "用工人数")
CALENDAR = """# 工作日历：本市自己的说明
name: 节假日
source: 国务院办公厅通知
days:
  # 2026年
  - {day: "2026-10-01", working: false, name: 国庆节}
  - {day: "2026-10-10", working: true, name: 国庆节} # 周六
"""
INDICATORS = """indicators:
  - {code: heads, label: 到岗人数, unit: 人, counts: people, spread: moment, origin: returned, population: 本辖区企业, basis: 企业申报}
"""
BULLETIN = """code: note
label: 到岗简报
sort: bulletin
kind: daily
masthead: 到岗简报
number: 第{n}期
title: 到岗简报
sections:
  - heading: 到岗
    text: |
      {单位}到岗{heads}。
"""


@dataclass(frozen=True)
class Ground:
    """The folder, and who keeps the system."""

    pack: Path
    admin: Actor


def write(folder: Path) -> Path:
    """The pack's files."""
    for name in FROM_STARTER:
        copied(STARTER / name, folder / name)
    for name in (*FROM_BUNDLED, *(f"dictionaries/{one}.yaml" for one in DICTIONARIES)):
        copied(PACK / name, folder / name)
    lines = (PACK / "facts.yaml").read_text(encoding="utf-8").splitlines()
    facts = [line for line in lines if any(f" name: {name}," in line for name in FACTS)]
    assert len(facts) == len(FACTS)
    head = (STARTER / "pack.yaml").read_text(encoding="utf-8")
    texts = {
        "pack.yaml": head.replace("CODE", "tiny").replace("NAME", "小活动").replace("REQUIRES", '"0.1"'),
        "facts.yaml": "\n".join(["# 事实目录", "facts:", *facts, ""]),
        "calendar.yaml": CALENDAR,
        "indicators.yaml": INDICATORS,
        "bulletins/note.yaml": BULLETIN,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def lay(folder: Path) -> Ground:
    """The pack applied, and a system administrator."""
    pack = write(folder / "tiny")
    apply_pack(pack, by=system("装载"), now=NOW)
    return Ground(pack, hire(Role.SYSTEM_ADMIN, at=by_code("990100")))


def copied(source: Path, target: Path) -> None:
    """One file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
