"""Reading bulletins: relations found, planted errors caught and false alarms in invented bulletins, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from benchmarks.timing import Table, spell
from songda.engines.figures.tests.counting import count


def tables(*, quick: bool) -> Iterator[Table]:
    """Both families of wordings; the second is held out when the reader is tuned."""
    many = 40 if quick else 300
    head = ("family", "relations found", "errors caught", "false alarms", "clean bulletins flagged", "a bulletin")
    table = Table(f"Read {many} invented bulletins with planted relations and errors", head)
    for family, name in (("a", "tuned on"), ("b", "held out")):
        begun = perf_counter()
        tally = count(family, many)
        each = (perf_counter() - begun) / many
        table.rows.append(
            (
                name,
                f"{tally.found} of {tally.planted}",
                f"{tally.caught} of {tally.errors}",
                f"{tally.false} of {tally.sound}",
                f"{tally.alarmed} of {tally.clean}",
                spell(each),
            )
        )
    yield table
