"""The sheet of a market 场内底表: what people type or paste from a spreadsheet, read into the engine's words, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from songda.engines.timetable.market import Market, Merchant, Zone
from songda.kernel.words import gettext as _

Row = TypeVar("Row")

SEASONAL = 3
"""How much more a slot of seasonal goods 应季 (saplings 苗木) is worth."""
MERCHANT_COLUMNS = 8
MOST_MERCHANTS, MOST_SLOTS = 2_000, 60


@dataclass(frozen=True, slots=True)
class Stand:
    """A merchant as the sheet says it: name, zone, goods, people, least and most slots, seasonal or not, slots it cannot take."""

    name: str
    zone: str
    goods: str
    people: int
    least: int
    most: int
    seasonal: bool
    away: tuple[str, ...]

    def merchant(self) -> Merchant:
        """The merchant as the solver takes it."""
        priority = SEASONAL if self.seasonal else 1
        return Merchant(self.name, self.zone, self.people, self.least, self.most, priority, frozenset(self.away))

    def line(self) -> str:
        """The row as it was typed."""
        seasonal = "是" if self.seasonal else ""
        cells = (self.name, self.zone, self.goods, self.people, self.least, self.most, seasonal, "、".join(self.away))
        return "\t".join(str(cell) for cell in cells).rstrip("\t")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Zones with their capacity in people, slots in their order, stands."""

    zones: tuple[Zone, ...]
    slots: tuple[str, ...]
    stands: tuple[Stand, ...]

    def market(self) -> Market:
        """The input of the solver and of the checker. ValueError says what makes no sense."""
        return Market(self.zones, self.slots, tuple(stand.merchant() for stand in self.stands))


class SheetError(ValueError):
    """Lines that cannot be read: (field, sentence), each sentence with the number of its line."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("".join(sentence for _field, sentence in faults))
        self.faults = tuple(faults)


def read_sheet(zones: str, slots: str, stands: str) -> Sheet:
    """The three pasted tables as a sheet; SheetError with every line that is wrong."""
    faults: list[tuple[str, str]] = []
    found_zones = _each(zones, "zones", faults, _zone)
    names = tuple(line.strip() for line in slots.splitlines() if line.strip())
    found_stands = _each(stands, "stands", faults, lambda cells: _stand(cells, len(names)))
    for field, rows in (("zones", found_zones), ("slots", names), ("stands", found_stands)):
        if not rows and not any(field == one for one, _sentence in faults):
            faults.append((field, _("请至少填写一行。")))
    if len(found_stands) > MOST_MERCHANTS or len(names) > MOST_SLOTS:
        faults.append(("stands", _("一份方案最多 2000 家商户、60 个时段。")))
    sheet = Sheet(tuple(found_zones), names, tuple(found_stands))
    if not faults:
        try:
            sheet.market()
        except ValueError as error:
            faults.append(("stands", str(error)))
    if faults:
        raise SheetError(faults)
    return sheet


def _each(text: str, field: str, faults: list[tuple[str, str]], read: Callable[[list[str]], Row]) -> list[Row]:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())]
        try:
            rows.append(read(cells))
        except ValueError as error:
            faults.append((field, _("第 %(number)d 行：%(error)s") % {"number": number, "error": error}))
    return rows


def _zone(cells: list[str]) -> Zone:
    if len(cells) != 2 or not cells[0]:
        raise ValueError(_("应为“分区 容量人数”两列。"))
    return Zone(cells[0], _whole(cells[1], _("容量")))


def _stand(cells: list[str], slots: int) -> Stand:
    if not 2 <= len(cells) <= MERCHANT_COLUMNS or not cells[0]:
        raise ValueError(_("应为“商户 分区 经营品类 人数 最少时段 最多时段 应季 不能到场的时段”，后六列可空。"))
    name, zone, goods, people, least, most, seasonal, away = [*cells, *[""] * (MERCHANT_COLUMNS - len(cells))]
    if seasonal not in ("", "是", "否"):
        raise ValueError(_("“应季”填“是”或留空。"))
    return Stand(
        name=name,
        zone=zone,
        goods=goods,
        people=_whole(people or "1", _("人数")),
        least=_whole(least or "1", _("最少时段")),
        most=_whole(most, _("最多时段")) if most else max(slots, 1),
        seasonal=seasonal == "是",
        away=tuple(one for one in away.replace("，", "、").replace(",", "、").split("、") if one),
    )


def _whole(text: str, what: str) -> int:
    if not text.isdecimal():
        raise ValueError(_("%(what)s应为整数，现为“%(text)s”。") % {"what": what, "text": text})
    return int(text)
