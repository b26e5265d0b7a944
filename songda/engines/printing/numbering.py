"""Numbers of headings 层次序数: 一、 （一） 1. （1）, each level beginning anew below the one above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from songda.engines.printing.paper import MAX_LEVEL, Block, Heading, Run, runs

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number from 1 to 999 in Chinese numerals: 三, 十, 十三, 二十, 一百零三."""
    if not 1 <= number <= 999:
        raise ValueError(f"标题序数应为 1 至 999，现为 {number}。")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    ten = ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十" if tens else "零" if hundreds and ones else ""
    return head + ten + (_DIGITS[ones] if ones else "")


def number_of(level: int, number: int) -> str:
    """The mark of the `number`-th heading of a level (GB/T 9704-2012, 7.3.3)."""
    return (f"{chinese(number)}、", f"（{chinese(number)}）", f"{number}. ", f"（{number}）")[level - 1]


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each heading with the number of its place before its text."""
    counts = [0] * (MAX_LEVEL + 1)
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        counts[block.level] += 1
        counts[block.level + 1 :] = [0] * (MAX_LEVEL - block.level)
        yield replace(block, text=(Run(number_of(block.level, counts[block.level])), *runs(block.text)))
