"""Industry codes 行业代码 of GB/T 4754 as written in registers: C, C37, 37, 371, 3711 or C3711."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CODE = re.compile(r"^([A-T]?)(\d{0,4})$")
# First division of each section; a division belongs to the section before it in this list (GB/T 4754-2017).
_FIRST = (
    (1, "A"), (6, "B"), (13, "C"), (44, "D"), (47, "E"), (51, "F"), (53, "G"), (61, "H"), (63, "I"), (66, "J"), (70, "K"),
    (71, "L"), (73, "M"), (76, "N"), (80, "O"), (83, "P"), (84, "Q"), (86, "R"), (91, "S"), (97, "T"),
)  # fmt: skip


def split(code: str) -> tuple[str, str]:
    """Section letter and digits of a code ('C3711' or '3711' → 'C', '3711'); two empty texts for something else."""
    found = _CODE.match(code.strip().upper())
    if found is None or found.group(0) == "":
        return "", ""
    letter, digits = found.groups()
    return letter or section_of(digits), digits


def section_of(digits: str) -> str:
    """The section of a code given in digits; empty below two digits or beyond the list."""
    if len(digits) < 2 or not 1 <= int(digits[:2]) <= 97:
        return ""
    return [letter for first, letter in _FIRST if first <= int(digits[:2])][-1]


def within(code: str, tops: Iterable[str]) -> bool:
    """Whether a code is one of `tops` or below one of them."""
    letter, digits = split(code)
    return any(_covers(top, letter, digits) for top in tops) if letter or digits else False


def above(code: str, tops: Iterable[str]) -> bool:
    """Whether a code is too broad to tell: some of `tops` lie below it."""
    letter, digits = split(code)
    return any(
        top[0].isdigit() and len(digits) < len(top) and top.startswith(digits) and section_of(top) == letter for top in tops
    )


def _covers(top: str, letter: str, digits: str) -> bool:
    return top == letter if top.isalpha() else bool(digits) and digits.startswith(top)


def divisions_of(section: str) -> tuple[int, int]:
    """First and last division of a section ('C' → 13, 43); (0, -1) for an unknown letter."""
    for place, (first, letter) in enumerate(_FIRST):
        if letter == section:
            return first, _FIRST[place + 1][0] - 1 if place + 1 < len(_FIRST) else first
    return 0, -1


SECTIONS = {
    "A": "A 农、林、牧、渔业", "B": "B 采矿业", "C": "C 制造业", "D": "D 电力、热力、燃气及水生产和供应业", "E": "E 建筑业",
    "F": "F 批发和零售业", "G": "G 交通运输、仓储和邮政业", "H": "H 住宿和餐饮业", "I": "I 信息传输、软件和信息技术服务业",
    "J": "J 金融业", "K": "K 房地产业", "L": "L 租赁和商务服务业", "M": "M 科学研究和技术服务业",
    "N": "N 水利、环境和公共设施管理业", "O": "O 居民服务、修理和其他服务业", "P": "P 教育", "Q": "Q 卫生和社会工作",
    "R": "R 文化、体育和娱乐业", "S": "S 公共管理、社会保障和社会组织", "T": "T 国际组织",
}  # fmt: skip
