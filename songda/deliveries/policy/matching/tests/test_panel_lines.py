"""The measures of a firm as plain lines, for what a phone takes along."""

from __future__ import annotations

from songda.ledger import panels
from songda.registry.people.tests.cast import NOW


def test_what_fits_comes_as_lines_with_keys_and_sums(board):
    lines = panels.lines("measures", board.firms["one"].pk, by=board.cast.officer, now=NOW)
    notes = {line.key: line.note for line in lines}
    assert notes[f"policy:{board.versions['staff'].pk}"] == "5万元"
    assert all(line.label for line in lines)


def test_a_name_that_nobody_offers_has_no_lines(board):
    assert panels.lines("nothing", board.firms["one"].pk, by=board.cast.officer, now=NOW) == []
