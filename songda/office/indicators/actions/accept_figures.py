"""Accepting figures that were read 采用: each becomes an observation and, where its indicator is defined, a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotFound
from songda.kernel.machines import move
from songda.office.indicators import access
from songda.office.indicators.actions.record_value import record_value
from songda.office.indicators.actions.rerun_checks import raise_flags
from songda.office.indicators.models import Flag, Observation, ReadFigure
from songda.office.indicators.queries.definitions import definition
from songda.office.indicators.rules.drafts import flag_kind, in_unit, line_of, parted, quote_at, word_at
from songda.office.indicators.rules.figure_files import value_and_scale
from songda.office.indicators.rules.new_values import NewValue
from songda.office.indicators.states import READ_FIGURE, Basis, FlagOrigin, Origin, Severity
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

_END_OF_DAY = dt.time(23, 59)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reviewer says of the figures accepted together.

    `indicator`: the code of a defined one, empty where none fits; `as_of` (2020-03-16 or 2020-03-16T16:00) and `scope` where they
    are other than read; `since`: the first day of a count over a period; `note`: why a figure flagged high is taken all the same.
    """

    organisation_id: int
    indicator: str = ""
    as_of: str = ""
    scope: str = ""
    since: dt.date | None = None
    note: str = ""


@transaction.atomic
def accept_figures(reading_id: int, numbers: Sequence[int], choice: Choice, *, by: Actor, now: dt.datetime) -> list[Observation]:
    """Accept these figures of a reading. All or none; Invalid where one flagged high has no note, or has no as-of or scope.

    Rates come after what they are worked out of, so that numerator and denominator are known by then.
    """
    reading = access.reading_to_review(reading_id, by)
    unit = access.unit_to_read_for(choice.organisation_id, by)
    rows = list(reading.figures.filter(number__in=numbers).select_related("reading__source").order_by("number"))
    if not rows or len(rows) != len(set(numbers)):
        raise NotFound(_("没有选中任何数，或其中有的不在这份简报里。"), advice=_("请在列表里勾选要采用的数。"))
    if choice.indicator and len(rows) > 1:
        raise Invalid(_("一次采用多个数时不能都归到同一个指标。"), advice=_("请逐个选择指标，或留空。"))
    for row in rows:
        _refuse_unfit(row, choice)
    kept = [_accepted(row, choice, unit, by, now) for row in sorted(rows, key=lambda row: row.kind == "rate")]
    raise_flags(now)
    return kept


def _refuse_unfit(row: ReadFigure, choice: Choice) -> None:
    words = {"n": row.number, "quote": row.value + row.unit}
    if row.weight == Severity.HIGH and not choice.note.strip():
        message = _("第%(n)d个数“%(quote)s”有重要疑点，采用须写明理由。") % words
        raise Invalid(message, fields={"note": message}, code="note_wanted")
    for name, label, said in (("as_of", _("时点"), row.as_of), ("scope", _("口径"), row.scope)):
        if not (getattr(choice, name) or said).strip():
            message = _("第%(n)d个数“%(quote)s”没有%(what)s，请补充。") % {**words, "what": label}
            raise Invalid(message, fields={name: message})
    moment_of(choice.as_of or row.as_of)


def _accepted(row: ReadFigure, choice: Choice, unit: Organisation, by: Actor, now: dt.datetime) -> Observation:
    move(READ_FIGURE, row, "accept", note=choice.note.strip()[:200], decided_at=now, decided_name=by.name)
    seen = observed(row, choice, unit, now)
    seen.numerator, seen.denominator = _parts(row)
    seen.save(force_insert=True)
    ReadFigure.objects.filter(pk=row.pk).update(observation=seen)
    keep_doubts(seen, row, choice.note, now)
    after = {"code": seen.code, "value": row.value, "unit": row.unit, "note": row.note}
    record("figures.accept", row, by=by, now=now, after=after)
    if choice.indicator:
        record_value(value_of(row, choice, seen), by=by, now=now)
    return seen


def observed(row: ReadFigure, choice: Choice, unit: Organisation, now: dt.datetime) -> Observation:
    """The unsaved observation of a figure: the numbers as printed, the words it stands in, the choices of the reviewer."""
    value, scale = value_and_scale(row.value)
    text, span = row.reading.text, (row.start, row.end)
    factor, base_unit = parted(row.unit)
    code = f"reading-{row.reading_id}-{row.number}"
    label = definition(choice.indicator).label if choice.indicator else row.subject or row.value + row.unit
    whole = factor > 1 and row.base and Fraction(row.base).denominator == 1
    return Observation(
        source=row.reading.source, code=code, indicator=choice.indicator or code, label=label[:80], organisation=unit,
        kind=row.kind, value=value, scale=scale, unit=row.unit, base_value=int(row.base) if whole else None,
        base_unit=base_unit if whole else "", precision=row.precision, precision_word=word_at(text, span, row.precision),
        as_of=choice.as_of or row.as_of, as_of_basis=row.as_of_basis if row.as_of and not choice.as_of else Basis.IMPLIED,
        scope=choice.scope.strip() or row.scope, quote=quote_at(text, span), written="".join(text[row.start : row.end].split())[:40],
        line_from=line_of(text, row.start), line_to=line_of(text, row.end), origin=Origin.READ, recorded_at=now,
    )  # fmt: skip


def keep_doubts(seen: Observation, row: ReadFigure, note: str, now: dt.datetime) -> None:
    """Put the reader's doubts beside the observation, with what the reviewer said to them; one of a kind."""
    said = f" {_('审核说明：')}{note.strip()}" if note.strip() else ""
    flags = {
        flag_kind(doubt["sort"]): Flag(
            observation=seen, kind=flag_kind(doubt["sort"]), severity=doubt["severity"], text=(doubt["reason"] + said)[:300],
            origin=FlagOrigin.DECLARED, raised_at=now,
        )
        for doubt in reversed(row.doubts)
    }  # fmt: skip
    Flag.objects.bulk_create(flags.values())


def value_of(row: ReadFigure, choice: Choice, seen: Observation) -> NewValue:
    """The value that an accepted figure is of its indicator, in the indicator's unit; Invalid where the units count different things."""
    wanted = definition(choice.indicator)
    number = in_unit(Fraction(row.value), row.unit, wanted.unit)
    if number is None:
        message = _("单位“%(unit)s”与指标“%(label)s”的单位“%(wanted)s”不同。") % {
            "unit": row.unit, "label": wanted.label, "wanted": wanted.unit,
        }  # fmt: skip
        raise Invalid(message, advice=_("请另选指标，或不选指标只作登记。"), fields={"indicator": message})
    numerator, denominator = _numbers(row) if wanted.is_rate else (None, None)
    return NewValue(
        choice.indicator, seen.organisation_id or 0, moment_of(seen.as_of), number, since=choice.since, numerator=numerator,
        denominator=denominator, precision=row.precision, scope=seen.scope, origin=Origin.READ.value,
        source=seen.source.title, reference=f"figure:{seen.code}", digest=row.reading.digest, explanation=choice.note.strip(),
        demonstration=seen.source.demonstration,
    )  # fmt: skip


def moment_of(as_of: str) -> dt.datetime:
    """The moment of an as-of; a day without an hour stands for its end. Invalid for a month, or what is no day."""
    try:
        moment = dt.datetime.fromisoformat(as_of)
    except ValueError as error:
        message = _("时点“%(as_of)s”写得不对。") % {"as_of": as_of}
        raise Invalid(message, advice=_("写作 2020-03-16 或 2020-03-16T16:00。"), fields={"as_of": message}) from error
    if "T" not in as_of:
        moment = dt.datetime.combine(moment.date(), _END_OF_DAY)
    return moment.replace(tzinfo=clock.place())


def _ratio(row: ReadFigure) -> dict[str, list[list[int]]] | None:
    """The ratio in the text whose result the figure is."""
    return next((one for one in row.reading.checks if one["kind"] == "ratio" and one["spans"][0] == [row.start, row.end]), None)


def _numbers(row: ReadFigure) -> tuple[int | None, int | None]:
    ratio = _ratio(row)
    parts = [Fraction(str(one)) for one in ratio["numbers"][1:3]] if ratio else []
    whole = len(parts) == 2 and all(one.denominator == 1 for one in parts)
    return (int(parts[0]), int(parts[1])) if whole else (None, None)


def _parts(row: ReadFigure) -> tuple[str, str]:
    """The codes of numerator and denominator, where both were accepted."""
    ratio = _ratio(row)
    if ratio is None or len(ratio["spans"]) != 3:
        return "", ""
    starts = [span[0] for span in ratio["spans"][1:]]
    taken = dict(row.reading.figures.filter(start__in=starts).values_list("start", "observation__code"))
    codes = [taken.get(start) or "" for start in starts]
    return (codes[0], codes[1]) if all(codes) else ("", "")
