"""A roster of officers 干部名册: what its columns are, and what is wrong with a row by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from songda.kernel.words import gettext as _
from songda.registry.intake.rules.headings import plain
from songda.registry.people.rules.contacts import fault_of_address
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import ADMINISTRATORS, Role

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名",),
    "username": ("登录名", "工号", "账号", "登录名工号", "登录名/工号"),
    "unit": ("机构", "机构代码", "机构名称", "单位", "所在单位"),
    "role": ("角色", "岗位"),
    "title": ("职务",),
    "phone": ("手机", "手机号", "手机号码", "联系电话"),
    "firms": ("包联企业信用代码", "包联企业", "包联企业统一社会信用代码"),
}
TITLES = ("姓名", "登录名", "机构", "角色", "职务", "手机", "包联企业信用代码")
ROLES: Mapping[str, str] = {str(role.label): role.value for role in Role}
NEEDED = ("name", "username", "unit", "role")
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,79}")
_APART = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was written: a person, a post, and the firms it is accountable for (by credit code, or by local number)."""

    number: int
    cells: tuple[str, ...]
    name: str
    username: str
    unit: str
    role: str
    title: str = ""
    phone: str = ""
    firms: tuple[str, ...] = ()


def columns_of(titles: Sequence[str]) -> dict[str, int]:
    """Where each column stands; the first of a name counts."""
    heads = [plain(title) for title in titles]
    found = {}
    for column, names in COLUMNS.items():
        places = [heads.index(name) for name in names if name in heads]
        if places:
            found[column] = min(places)
    return found


def identify(titles: Sequence[str]) -> bool:
    """Whether a row is the headings of such a roster."""
    return set(NEEDED) <= set(columns_of(titles))


def line_of(number: int, cells: Sequence[str], columns: Mapping[str, int]) -> Line:
    """A row by its columns; a role is known by its name or its code."""
    said = {column: cells[place].strip() if place < len(cells) else "" for column, place in columns.items()}
    firms = tuple(dict.fromkeys(one.upper() for one in _APART.split(said.pop("firms", "")) if one))
    role = said.pop("role")
    return Line(number, tuple(cells), firms=firms, role=ROLES.get(role, role), **said)


def faults_of(line: Line) -> list[str]:
    """What is wrong with a row, whoever is in the register."""
    found = [_("缺少%(what)s") % {"what": COLUMNS[one][0]} for one in NEEDED if not getattr(line, one)]
    if line.username and not _LOGIN.fullmatch(line.username):
        found.append(_("登录名只用字母、数字和 . _ - @，2 至 80 位"))
    if line.role and line.role not in Role.values:
        found.append(_("没有“%(role)s”这一角色") % {"role": line.role})
    elif line.role in ADMINISTRATORS:
        found.append(_("三员不从名册开立"))
    elif line.role in FIRM_ROLES:
        found.append(_("企业的岗位不从干部名册开立"))
    if line.phone and (fault := fault_of_address("sms", line.phone)):
        found.append(fault.rstrip("。"))
    return found
