"""Rule drafts 规则草稿: a condition phrase becomes rule text only where the whole phrase is understood; else it stays open.

A wrong rule is worse than an open question: every word must be accounted for (`phrase_grammar`), names must be in the caller's
catalogue, and a draft that does not parse is not offered. Bare 以上 / 以下 stay open, unless the document says that they include.
"""

from __future__ import annotations

import re
from dataclasses import replace
from weakref import WeakKeyDictionary

from songda.engines.reading.document import Condition, Document, Measure
from songda.engines.reading.numerals import shadow
from songda.engines.reading.phrase_grammar import Grammar
from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show

_INCLUDING = re.compile(
    r"[“\"']以上[”\"'][^。\n]{0,24}?(?:均|都)?(?:包[括含]|含)(?:本数|本级|本身)|以上[^。\n]{0,8}?(?:均|都)(?:包[括含]|含)本数"
)
_BARE = re.compile(r"(?<=[元人名户台件项家%亩米吨时年月])(?=以[上下](?!\())")
_MEMO: WeakKeyDictionary[Catalogue, dict[str, str]] = WeakKeyDictionary()
_MOST_KEPT = 20_000


def draft_rules(document: Document, catalogue: Catalogue) -> Document:
    """The document with rule text on every condition that is wholly understood under `catalogue`."""
    including = bounds_include(document.text)
    articles = tuple(
        replace(article, measures=tuple(_drafted(measure, catalogue, including=including) for measure in article.measures))
        for article in document.articles
    )
    return replace(document, articles=articles)


def bounds_include(text: str) -> bool:
    """Does the text itself say that 以上 and 以下 include the number (附则 “以上”包含本数)?"""
    return _INCLUDING.search(shadow(text)) is not None


def rule_for(phrase: str, catalogue: Catalogue, *, including: bool = False) -> str:
    """Rule text for a condition phrase in its canonical print, or an empty string where it is not certain.

    `including` when the document says that 以上 and 以下 include the number.
    """
    said = shadow(phrase).strip(" 。,，;")
    if including:
        said = _BARE.sub("(含)", said)
    memo = _MEMO.setdefault(catalogue, {})
    if said not in memo:
        if len(memo) > _MOST_KEPT:
            memo.clear()
        memo[said] = _drawn(said, catalogue)
    return memo[said]


def whole_rule(measure: Measure, catalogue: Catalogue) -> str:
    """All conditions of a measure joined by 且, or an empty string where one of them is open, or there is none."""
    rules = list(dict.fromkeys(one.rule for one in measure.conditions))
    if not rules or not all(rules):
        return ""
    return _printed(" 且 ".join(f"({one})" for one in rules), catalogue)


def _drawn(said: str, catalogue: Catalogue) -> str:
    meaning = _grammar_of(catalogue).read(said)
    return _printed(meaning.rule(), catalogue) if meaning else ""


def _printed(text: str, catalogue: Catalogue) -> str:
    try:
        return show(parse_condition(text, catalogue), catalogue)
    except RuleError:
        return ""


_GRAMMARS: WeakKeyDictionary[Catalogue, Grammar] = WeakKeyDictionary()


def _grammar_of(catalogue: Catalogue) -> Grammar:
    found = _GRAMMARS.get(catalogue)
    if found is None:
        found = _GRAMMARS[catalogue] = Grammar(catalogue)
    return found


def _drafted(measure: Measure, catalogue: Catalogue, *, including: bool) -> Measure:
    return replace(measure, conditions=tuple(_with_rule(one, catalogue, including=including) for one in measure.conditions))


def _with_rule(condition: Condition, catalogue: Catalogue, *, including: bool) -> Condition:
    return replace(condition, rule=rule_for(condition.quote.text, catalogue, including=including))
