"""The posted table of the daily report as rows: only what was changed or confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from songda.kernel.whole import whole_number
from songda.office.resumption.actions.report_day import Row
from songda.office.resumption.queries.subjects import Line


def rows_told(told: Mapping[str, str], shown: Sequence[Line]) -> tuple[list[Row], dict[int, str]]:
    """The rows that differ from what was shown or bear a tick 确认; and sentences for cells that are no numbers, by subject."""
    rows, wrong = list[Row](), dict[int, str]()
    for line in shown:
        row = row_told(told, line)
        if isinstance(row, str):
            wrong[line.subject.pk] = row
        elif row is not None:
            rows.append(row)
    return rows, wrong


def row_told(told: Mapping[str, str], line: Line) -> Row | str | None:
    """One row; None where nothing was said of it; a sentence where it cannot be read."""
    key = line.subject.pk
    words = {name: told.get(f"{name}_{key}", "").strip() for name in ("due", "present", "roll")}
    bad = next((one for one in words.values() if one and whole_number(one) is None), "")
    if bad:
        return _("“%(words)s”不是人数，请填整数。") % {"words": bad}
    due, present, roll = (whole_number(one) for one in words.values())
    state = told.get(f"state_{key}", "")
    same = (
        state in ("", line.state),
        due in (None, line.due),
        present in (None, line.present),
        roll in (None, line.roll_present),
    )
    if all(same) and not told.get(f"ok_{key}"):
        return None
    kept = "" if state == line.state and state in ("halted", "listed") else state
    return Row(key, kept, due, present, roll, told.get(f"cause_{key}", ""), told.get(f"text_{key}", ""))


def cells_of(told: Mapping[str, str], line: Line) -> dict[str, str]:
    """What the cells of a row show: what was just posted, else what is known."""
    key = line.subject.pk
    known = {"due": line.due, "present": line.present, "roll": line.roll_present, "state": None, "cause": None, "text": None}
    return {name: told.get(f"{name}_{key}", "" if number is None else str(number)) for name, number in known.items()}
