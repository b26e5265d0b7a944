"""The verdict of one firm under all rules, with every reason, and whether it is the columnar one."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import firms, ruleset
from benchmarks.timing import Table, median, spell
from songda.engines.match.matcher import match
from songda.engines.rules.judge import prepare_all


def tables(*, quick: bool) -> Iterator[Table]:
    """One table: answers alone, answers with reasons, and making the rules ready."""
    many, known = (50 if quick else 500), firms.catalogue()
    rules, columns = ruleset.rules(82, 105), firms.columns(many)
    ready, people = prepare_all(rules.values(), known), firms.people(columns, known, many)
    matched = match(firms.frame_of(columns, known), rules, on=firms.ON, catalogue=known)
    for row, one in enumerate(people):
        if list(ready.answers(one, on=firms.ON)) != [matched.answer(name, row) for name in rules]:
            raise AssertionError(f"firm {row}: the row evaluator and the matcher differ")
    table = Table(f"One firm, {len(rules)} rules", ("what", "a firm"))
    table.rows += [
        ("answers", spell(median(lambda: [ready.answers(one, on=firms.ON) for one in people], 5) / many)),
        ("verdicts with all reasons", spell(median(lambda: [ready.judge(one, on=firms.ON) for one in people], 5) / many)),
        ("making the rules ready (once)", spell(median(lambda: prepare_all(rules.values(), known), 5))),
    ]
    yield table
