"""An invented city: firms with some forty facts, one value in ten missing, seeded; every figure is synthetic."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from songda.engines.match.column import encode_codes, in_order
from songda.engines.match.frame import Frame
from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind
from songda.engines.rules.days import EPOCH
from songda.engines.rules.facts import Datum, Facts, Standing

ON = dt.date(2020, 3, 17)
MISSING = 0.10
Columns = dict[str, npt.NDArray[Any]]

BOOLS = ("key", "export", "hightech", "listed", "park", "resumed", "insured", "layoff", "smelt", "lab", "brand", "loss")
MONEY = ("revenue", "tax", "invest", "rnd", "wage", "debt", "rent", "power")
COUNTS = ("staff", "patents", "jobs", "students")
RATIOS = ("growth", "leverage")
DATES = ("founded", "resumed_on")
SERIES = ("output", "profit")
LISTS = ("dishonest", "whitelist")
YEARS = (2017, 2018, 2019)


def code_lists() -> dict[str, CodeList]:
    """Areas 16 × 12 under one city, industries 20 × 5 × 5, and three flat lists."""
    areas: dict[str, str | None] = {"4101": None}
    for district in range(16):
        areas[f"4101{district:02}"] = "4101"
        areas.update({f"4101{district:02}{town:03}": f"4101{district:02}" for town in range(12)})
    industries: dict[str, str | None] = {}
    for section in range(20):
        top = chr(65 + section)
        industries[top] = None
        for division in range(5):
            middle = f"{top}{section * 5 + division:02}"
            industries[middle] = top
            industries.update({f"{middle}{group}": middle for group in range(5)})
    flat = {"size": 4, "ownership": 6, "grade": 5}
    lists: dict[str, dict[str, str | None]] = {"area": areas, "industry": industries}
    lists |= {name: {f"{name}{at}": None for at in range(many)} for name, many in flat.items()}
    return {name: CodeList(name, {code: code for code in parents}, parents) for name, parents in lists.items()}


def catalogue() -> Catalogue:
    """The fact catalogue of the invented city."""
    kinds: list[tuple[tuple[str, ...], Kind, str]] = [
        (BOOLS, Kind.BOOL, ""),
        (MONEY, Kind.NUM, "元"),
        (COUNTS, Kind.NUM, "人"),
        (RATIOS, Kind.NUM, "%"),
        (DATES, Kind.DATE, ""),
        (SERIES, Kind.SERIES, "元"),
        (LISTS, Kind.LIST, ""),
        (("accident",), Kind.EVENT, ""),
    ]
    facts = [FactKind(name, name, kind, unit) for names, kind, unit in kinds for name in names]
    lists = code_lists()
    return Catalogue.of([*facts, *(FactKind(name, name, Kind.CODE, code_list=name) for name in lists)], lists.values())


def columns(n: int, seed: int = 3) -> Columns:
    """Stored columns of n firms (masked arrays): money in fen, ratios in millionths, days, codes as places in their list."""
    rng = np.random.default_rng(seed)

    def some(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.ma.masked_array(values, rng.random(n) < MISSING)

    table: Columns = {name: some(rng.random(n) < 0.2 + 0.6 * at / len(BOOLS)) for at, name in enumerate(BOOLS)}
    table |= {name: some((np.exp(rng.normal(12, 2, n)) * 100).astype(np.int64)) for name in MONEY}
    table |= {name: some(np.exp(rng.normal(3, 1.4, n)).astype(np.int64)) for name in COUNTS}
    table |= {name: some((rng.normal(0.1, 0.3, n) * 1_000_000).astype(np.int64)) for name in RATIOS}
    table |= {name: some(rng.integers(9_000, 18_330, n)) for name in DATES}
    table |= {f"{name}__{year}": some((np.exp(rng.normal(13, 2, n)) * 100).astype(np.int64)) for name in SERIES for year in YEARS}
    table |= {name: some(rng.random(n) < 0.1) for name in LISTS}
    table["accident"] = some(np.where(rng.random(n) < 0.9, -1_000_000, rng.integers(16_000, 18_330, n)))
    for name, codes in code_lists().items():
        table[name] = some(rng.integers(0, len(codes.names), n))
    return table


def frame_of(table: Columns, known: Catalogue) -> Frame:
    """Our frame of these columns; codes go through the dictionary order that a snapshot would give them."""
    codes = {name: table[name] for name in code_lists()}
    plain = Frame.of({name: one for name, one in table.items() if name not in codes}, known)
    made = dict(plain.columns)
    for name, places in codes.items():
        texts = list(known.code_lists[name].names)
        ordered = in_order(texts, known.code_lists[name])
        place = np.array([ordered.index(text) for text in texts])
        made[name] = encode_codes(place[np.ma.getdata(places)], np.ma.getmaskarray(places), ordered, known.code_lists[name])
    return Frame(plain.subjects, made)


def texts_of(table: Columns, name: str) -> npt.NDArray[Any]:
    """A code column as texts, None where missing."""
    names = np.array(list(code_lists()[name].names), object)
    values: npt.NDArray[Any] = names[np.ma.getdata(table[name])]
    values[np.ma.getmaskarray(table[name])] = None
    return values


def people(table: Columns, known: Catalogue, many: int) -> list[Facts]:
    """The first firms as the row evaluator sees them."""
    lists = {name: (texts_of(table, name) if name in code_lists() else one)[:many].tolist() for name, one in table.items()}
    made: list[dict[str, Datum]] = [{} for _ in range(many)]
    for name, values in lists.items():
        code, _, year = name.partition("__")
        for one, value in zip(made, values, strict=True):
            if value is not None:
                _add(one, known.by_code[code], year, value)
    return list(made)


def _add(facts: dict[str, Datum], fact: FactKind, year: str, value: Any) -> None:
    if fact.kind is Kind.SERIES:
        earlier: Any = facts[fact.code].value if fact.code in facts else {}
        facts[fact.code] = Datum({**earlier, int(year): Fraction(value, fact.measure.scale)}, ON, "税务")
        return
    plain: Any = value
    if fact.kind is Kind.NUM:
        plain = Fraction(value, fact.measure.scale)
    elif fact.kind is Kind.DATE:
        plain = EPOCH + dt.timedelta(value)
    elif fact.kind is Kind.EVENT:
        plain = () if value < 0 else (EPOCH + dt.timedelta(value),)
    elif fact.kind is Kind.LIST:
        plain = Standing(((EPOCH, None),) if value else (), ((EPOCH, None),))
    facts[fact.code] = Datum(plain, ON, "税务")
