"""Counting what the reader finds in invented bulletins: relations found, errors caught, false alarms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from songda.engines.figures.bulletin import Bulletin
from songda.engines.figures.reader import read_figures
from songda.engines.figures.tests import family_a, family_b
from songda.engines.figures.tests.generator import Invented, Planted, bulletin
from songda.engines.reading.language.numerals import shadow

FAMILIES = {"a": (family_a.FAMILY, family_a.NOISE), "b": (family_b.FAMILY, family_b.NOISE)}


@dataclass
class Tally:
    """Counts over many bulletins; `missed` and `alarms` hold a sort and a text each, for looking at."""

    planted: int = 0
    found: int = 0
    errors: int = 0
    caught: int = 0
    sound: int = 0
    false: int = 0
    clean: int = 0
    alarmed: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)
    alarms: list[tuple[str, str]] = field(default_factory=list)


def count(family: str, many: int, *, seed: int = 2020) -> Tally:
    """Read `many` bulletins of a family, half of them without errors."""
    statements, noise = FAMILIES[family]
    tally = Tally()
    for number in range(many):
        told = bulletin(seed + number, statements, noise, errors=number % 2 == 1)
        _compare(told, read_figures(told.text), tally)
    return tally


def _compare(told: Invented, read: Bulletin, tally: Tally) -> None:
    checks = [(Counter(one.numbers), one.holds) for one in read.checks]
    for one in told.planted:
        same = [holds for numbers, holds in checks if numbers == Counter(one.numbers)]
        right = one.holds in same
        tally.planted += 1
        tally.found += right
        tally.errors += not one.holds
        tally.caught += not one.holds and right
        tally.sound += one.holds
        if not right:
            tally.missed.append((one.sort, told.text))
    for quote in told.odd:
        tally.errors += 1
        hit = any(quote in shadow(flag.quote).replace(",", "") or shadow(flag.quote) in quote for flag in read.flags)
        tally.caught += hit
        if not hit:
            tally.missed.append(("odd", told.text))
    _false_alarms(told, read, tally)


def _false_alarms(told: Invented, read: Bulletin, tally: Tally) -> None:
    wrong = [set(one.numbers) for one in told.planted if not one.holds]
    for check in read.checks:
        if check.holds is False and not any(set(check.numbers) & numbers for numbers in wrong):
            tally.false += 1
            tally.alarms.append((check.kind, f"{check.note} {'、'.join(check.quotes)}"))
    if told.clean:
        grave = [flag for flag in read.flags if flag.severity == "high"]
        tally.clean += 1
        tally.alarmed += bool(read.flags)
        tally.alarms += [(flag.sort, f"{flag.quote} {flag.reason}") for flag in (grave or read.flags)]


__all__ = ["Decimal", "Planted", "Tally", "count"]
