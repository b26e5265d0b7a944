"""A push to 26,940 firms on two channels: queued, and drained through the stand-in at 20 and at 600 messages a minute.

The messages go out through the real sender over real HTTP. Sender and stand-in share a clock that stands while messages go and jumps
to the moment when the next may: days pass in minutes, and the stand-in, which counts any 60 seconds of that clock, refuses what is too
fast. Every quarter of an hour of it an urgent message is put in, when the bulk has used up its minute.
"""

from __future__ import annotations

import tempfile

from benchmarks.sides import side
from benchmarks.timing import Table

FIRMS = 26_940


def tables(*, quick: bool) -> list[Table]:
    """Queueing; the drain by channel; the urgent messages."""
    with tempfile.TemporaryDirectory() as folder:
        said = side("push_sides", FIRMS // 20 if quick else FIRMS, home=folder)
    queueing = Table(f"Push to {said['firms']:,} firms, {said['database']}", ("what", "figure"))
    queueing.rows += [(name, str(value)) for name, value in said["queueing"].items()]
    drain = Table(
        f"Drained at the platforms' limits, the clock {said['speed']:,} times as fast",
        ("channel", "messages", "a minute", "drained after", "expected", "refused as too fast"),
    )
    drain.rows += [tuple(str(value) for value in row) for row in said["drain"]]
    urgent = Table("Urgent messages put in meanwhile", ("what", "figure"))
    urgent.rows += [(name, str(value)) for name, value in said["urgent"].items()]
    return [queueing, drain, urgent]
