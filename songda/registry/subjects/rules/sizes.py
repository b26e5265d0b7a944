"""Size of a firm 企业规模 (大型 中型 小型 微型) by the statistical rule of 2017.

Source: 统计上大中小微型企业划分办法（2017）, 国统字〔2017〕213号. “大型、中型和小型企业须同时满足所列指标的下限，否则下划一档；微型企业只须满足
所列指标中的一项即可”: each indicator is graded by itself and the smallest grade is the firm's.
Not covered by the rule: 53 铁路运输, J 金融 (银发〔2015〕309号), 704 自有房地产, P 教育, 84 卫生, S, T.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from songda.kernel.words import gettext as _
from songda.registry.subjects.rules import industry as industries

GRADES = ("微型", "小型", "中型", "大型")  # smallest first
SOURCE = "国统字〔2017〕213号"
TEN_THOUSAND_YUAN = 1_000_000  # fen
INDICATORS = {"staff": "从业人员", "revenue": "营业收入", "assets": "资产总额"}


@dataclass(frozen=True, slots=True)
class Category:
    """One line of the rule's table: industries, and for each indicator the least value of 小型, 中型 and 大型.

    `staff` counts persons; `revenue` and `assets` are in 万元.
    """

    name: str
    codes: tuple[str, ...]
    bounds: Mapping[str, tuple[int, int, int]]


def _line(name: str, codes: str, **bounds: tuple[int, int, int]) -> Category:
    return Category(name, tuple(codes.split()), bounds)


TABLE = (
    _line("农、林、牧、渔业", "A", revenue=(50, 500, 20_000)),
    _line("工业", "B C D", staff=(20, 300, 1000), revenue=(300, 2000, 40_000)),
    _line("建筑业", "E", revenue=(300, 6000, 80_000), assets=(300, 5000, 80_000)),
    _line("批发业", "51", staff=(5, 20, 200), revenue=(1000, 5000, 40_000)),
    _line("零售业", "52", staff=(10, 50, 300), revenue=(100, 500, 20_000)),
    _line("交通运输业", "54 55 56 57 58 591", staff=(20, 300, 1000), revenue=(200, 3000, 30_000)),
    _line("仓储业", "592 593 594 595 596 599", staff=(20, 100, 200), revenue=(100, 1000, 30_000)),
    _line("邮政业", "60", staff=(20, 300, 1000), revenue=(100, 2000, 30_000)),
    _line("住宿业", "61", staff=(10, 100, 300), revenue=(100, 2000, 10_000)),
    _line("餐饮业", "62", staff=(10, 100, 300), revenue=(100, 2000, 10_000)),
    _line("信息传输业", "63 64", staff=(10, 100, 2000), revenue=(100, 1000, 100_000)),
    _line("软件和信息技术服务业", "65", staff=(10, 100, 300), revenue=(50, 1000, 10_000)),
    _line("房地产开发经营", "701", revenue=(100, 1000, 200_000), assets=(2000, 5000, 10_000)),
    _line("物业管理", "702", staff=(100, 300, 1000), revenue=(500, 1000, 5000)),
    _line("租赁和商务服务业", "L", staff=(10, 100, 300), assets=(100, 8000, 120_000)),
    _line("其他未列明行业", "M N O 85 R 703 709", staff=(10, 100, 300)),
)
NOT_COVERED = ("53", "J", "704", "P", "84", "S", "T")


@dataclass(frozen=True, slots=True)
class Graded:
    """The size (None: cannot be told) with the grade of each indicator and, where there is none, why."""

    size: str | None
    category: str = ""
    grades: tuple[tuple[str, str], ...] = ()
    why: str = ""


def category_of(code: str) -> Category | None:
    """The line of the table an industry falls under; None where the rule does not cover it or the code is too broad."""
    return next((line for line in TABLE if industries.within(code, line.codes)), None)


def grade(code: str, *, staff: int | None = None, revenue: int | None = None, assets: int | None = None) -> Graded:
    """The size of a firm. `staff` in persons, `revenue` and `assets` in fen; None is unknown.

    An unknown indicator leaves the size open unless a known one is already 微型, below which there is nothing.
    """
    line = category_of(code)
    if line is None:
        return Graded(None, why=_no_line(code))
    given = {"staff": staff, "revenue": revenue, "assets": assets}
    places = {name: _grade(name, given[name], bounds) for name, bounds in line.bounds.items()}
    known = [place for place in places.values() if place is not None]
    shown = tuple((INDICATORS[name], GRADES[place]) for name, place in places.items() if place is not None)
    missing = [INDICATORS[name] for name, place in places.items() if place is None]
    if missing and 0 not in known:
        return Graded(None, line.name, shown, _("缺少%(names)s，不能划型。") % {"names": "、".join(missing)})
    return Graded(GRADES[min(known)], line.name, shown)


def _grade(name: str, value: int | None, bounds: tuple[int, int, int]) -> int | None:
    if value is None:
        return None
    scale = 1 if name == "staff" else TEN_THOUSAND_YUAN
    return sum(value >= bound * scale for bound in bounds)


def _no_line(code: str) -> str:
    if not any(industries.split(code)):
        return _("行业代码“%(code)s”无法识别，不能划型。") % {"code": code}
    if industries.within(code, NOT_COVERED):
        return _("划分办法不适用于该行业。")
    if any(industries.above(code, line.codes) for line in TABLE):
        return _("行业代码过粗，应填到大类或中类后划型。")
    return _("划分办法未列该行业。")
