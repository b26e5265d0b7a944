"""Terms 词项: what the index holds of a text, and what a word asks of it.

A run of Han characters gives its pairs 二元词 and its last character alone; any other run of letters and digits is one word. So every
word of two or more characters is found without a dictionary, and a single character by its prefix. The initials of a title's
pinyin stand beside them as pairs with a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import groupby, pairwise
from typing import Any

from songda.kernel.search.rules.folding import fold, is_han

INITIAL = "§"  # before a pair of initials: never part of a word
LONGEST = 40  # characters of a word that are kept
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]{2,}")
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """One word as asked: terms that must all be there, those that begin a longer one, and whether the word itself must be looked for
    in the text (pairs alone do not prove that it stands in one piece). `initials`: it may be initials of a title too."""

    word: str
    terms: tuple[str, ...]
    prefixes: tuple[str, ...]
    in_one_piece: bool
    initials: tuple[str, ...] = ()


def terms_of(folded: str) -> set[str]:
    """All terms of a folded text."""
    return {term for run in _runs(folded) for term in _terms_of_run(run)}


def initial_terms(initials: str) -> set[str]:
    """Pairs of a title's initials, marked."""
    return {f"{INITIAL}{one}{two}" for one, two in pairwise(initials)}


def initials_of(title: str) -> str:
    """The first letters of a title's pinyin, with its Latin letters and digits as they are: 稳岗返还5G → wgfh5g."""
    kept = "".join(one for one in fold(title) if one.isalnum())
    letters = _pinyin().lazy_pinyin(kept, style=_pinyin().Style.FIRST_LETTER, errors=list)
    return "".join(letters)


def words_in(question: str) -> list[str]:
    """The words of a question, folded; at most eight are taken, those that hold no letter or digit left out."""
    return [word for word in dict.fromkeys(fold(question).split()) if _WORD.search(word)][:MOST_WORDS]


def asked(word: str) -> Asked:
    """What a folded word asks of the index."""
    runs = list(_runs(word))
    terms, prefixes = set[str](), set[str]()
    for place, run in enumerate(runs):
        if is_han(run[0]):
            terms |= {one + two for one, two in pairwise(run)}
        if (len(run) == 1 and is_han(run)) or (not is_han(run[0]) and place == len(runs) - 1):
            prefixes.add(run[:LONGEST])
        elif not is_han(run[0]) and place > 0:
            terms.add(run[:LONGEST])
    loose = len(runs) > 1 or (len(runs[0]) > 2 and is_han(runs[0][0])) or len(runs[0]) > LONGEST
    initials = tuple(sorted(initial_terms(word))) if _LATIN.fullmatch(word) else ()
    return Asked(word, tuple(sorted(terms)), tuple(sorted(prefixes)), loose, initials)


def _runs(folded: str) -> Iterator[str]:
    for found in _WORD.finditer(folded):
        for _, run in groupby(found.group(), key=is_han):
            yield "".join(run)


def _terms_of_run(run: str) -> Iterator[str]:
    if not is_han(run[0]):
        yield run[:LONGEST]
        return
    yield from (one + two for one, two in pairwise(run))
    yield run[-1]


@lru_cache(maxsize=1)
def _pinyin() -> Any:
    """pypinyin, fetched when first needed: its tables take over half a second, which no other command should pay."""
    return import_module("pypinyin")
