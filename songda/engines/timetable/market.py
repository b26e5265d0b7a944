"""What a timetable is made for 排程输入: zones with a capacity, slots, merchants with their wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone 分区 of a market and how many people may be in it at once."""

    code: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Merchant:
    """A merchant 商户: where it stands, how many people it brings, how many slots it must have and would like.

    `priority` multiplies the worth of its slots (seasonal goods such as saplings 苗木: 3, others 1). `away` are slots it cannot take.
    """

    code: str
    zone: str
    people: int
    least: int = 1
    most: int = 1
    priority: int = 1
    away: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Market:
    """All of it. `limits` overrides a zone's capacity in one slot (0: the zone is closed then)."""

    zones: tuple[Zone, ...]
    slots: tuple[str, ...]
    merchants: tuple[Merchant, ...]
    limits: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """ValueError in Chinese for input that makes no sense; each sentence names the thing."""
        zones, slots = {zone.code for zone in self.zones}, set(self.slots)
        for what, codes in (
            ("分区", [zone.code for zone in self.zones]),
            ("时段", list(self.slots)),
            ("商户", [merchant.code for merchant in self.merchants]),
        ):
            twice = sorted({code for code in codes if codes.count(code) > 1}) if len(set(codes)) < len(codes) else []
            if twice:
                raise ValueError(f"{what}“{twice[0]}”重复。")
        for merchant in self.merchants:
            if merchant.zone not in zones:
                raise ValueError(f"商户“{merchant.code}”所在分区“{merchant.zone}”不存在。")
            if not 1 <= merchant.least <= merchant.most or merchant.people < 1 or merchant.priority < 1:
                raise ValueError(f"商户“{merchant.code}”的人数、优先级须为正，最少时段数不得多于最多时段数。")
            if merchant.away - slots:
                raise ValueError(f"商户“{merchant.code}”不能到场的时段“{min(merchant.away - slots)}”不存在。")

    def capacity(self, zone: str, slot: str) -> int:
        """How many people may be in a zone in a slot."""
        return self.limits.get((zone, slot), next(one.capacity for one in self.zones if one.code == zone))


Timetable = frozenset[tuple[str, str]]
"""Which merchant trades in which slot: pairs (merchant, slot). The zone is the merchant's own."""
