"""Loading figures 导入历史数据: new ones are added, changed ones replace the old with a reason, equal ones are left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid
from songda.office.indicators import access
from songda.office.indicators.actions.keep_flags import keep_flags
from songda.office.indicators.actions.rerun_checks import rerun_checks
from songda.office.indicators.models import Check, CheckMember, Observation, SourceText
from songda.office.indicators.rules.expressions import ExpressionError, names_in, parse
from songda.office.indicators.rules.figure_files import value_and_scale
from songda.office.indicators.states import FlagOrigin
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

Item = Mapping[str, Any]
_TEXT = (
    "label", "indicator", "body", "kind", "unit", "base_unit", "precision_word", "as_of", "as_of_basis",
    "scope", "quote", "written", "numerator", "denominator",
)  # fmt: skip
_CHECK = ("figure", "expression", "unit", "premise", "stated", "expected", "note")


@transaction.atomic
def load_figures(files: Sequence[Item], *, by: Actor, now: dt.datetime) -> int:
    """Enter the figures and checks of these files, run all checks again; returns how many figures, flags and checks changed.

    The same content again changes nothing. Invalid where a figure differs from the one in effect and gives no `correction`.
    A figure that a file no longer has stays: what was printed was printed.
    """
    access.require_loader(by)
    areas = dict(Organisation.objects.values_list("code", "pk"))
    changed = sum(_load_text(file, areas, by, now) for file in files)
    rerun_checks(by=by, now=now)
    return changed


def _load_text(file: Item, areas: Mapping[str, int], by: Actor, now: dt.datetime) -> int:
    source, fresh = _source(file, now)
    figures = _load_observations(source, file["figures"], areas, now)
    flags = _load_flags(file["figures"], now)
    checks = _load_checks(source, file.get("checks", ()))
    done = {"figures": figures, "flags": flags, "checks": checks}
    if fresh or any(done.values()):
        record("figures.import", source, by=by, now=now, after={"code": source.code, "digest": source.digest, **done})
    return sum(done.values())


def _source(file: Item, now: dt.datetime) -> tuple[SourceText, bool]:
    words = {name: file.get(name, "") for name in ("title", "issuer", "issued_text", "digest")}
    words["issued_on"] = dt.date.fromisoformat(file["issued_on"]) if "issued_on" in file else None
    source, made = SourceText.objects.get_or_create(code=file["code"], defaults={**words, "recorded_at": now})
    if not made and any(getattr(source, name) != value for name, value in words.items()):
        SourceText.objects.filter(pk=source.pk).update(**words)
        source.refresh_from_db()
        made = True
    return source, made


def _load_observations(source: SourceText, items: Sequence[Item], areas: Mapping[str, int], now: dt.datetime) -> int:
    strangers = sorted({one["area"] for one in items} - areas.keys())
    if strangers:
        raise Invalid(_("没有机构 %(codes)s。") % {"codes": "、".join(strangers)}, advice=_("请先装载机构。"))
    known = {row.code: row for row in Observation.objects.filter(code__in=[one["code"] for one in items], replaced_by=None)}
    fresh = []
    for item in items:
        row = Observation(source=source, code=item["code"], recorded_at=now, **_columns(item, areas))
        former = known.get(item["code"])
        if former is None:
            fresh.append(row)
        elif differing := [name for name in _columns(item, areas) if getattr(former, name) != getattr(row, name)]:
            row.replaces, row.reason = former, _reason(item, differing)
            fresh.append(row)
    Observation.objects.bulk_create(fresh)
    return len(fresh)


def _columns(item: Item, areas: Mapping[str, int]) -> dict[str, Any]:
    value, scale = value_and_scale(item["value"])
    return {
        **{name: item.get(name, "") for name in _TEXT},
        "organisation_id": areas[item["area"]],
        "value": value,
        "scale": scale,
        "base_value": int(item["base_value"]) if "base_value" in item else None,
        "precision": item.get("precision", "exact"),
        "items": list(item.get("items", ())),
        "line_from": item["lines"][0],
        "line_to": item["lines"][-1],
    }


def _reason(item: Item, differing: Iterable[str]) -> str:
    if not item.get("correction"):
        titles = {field.attname: str(field.verbose_name) for field in Observation._meta.concrete_fields}
        names = "、".join(titles[name] for name in differing)
        message = _("“%(label)s”（%(code)s）与库中不同：%(names)s。") % {**item, "names": names}
        raise Invalid(
            message, advice=_("已登记的数不改动；确需更正的，请在数据文件里写明更正原因。"), code="correction_without_reason"
        )
    return str(item["correction"])


def _load_flags(items: Sequence[Item], now: dt.datetime) -> int:
    """Make the declared flags those of the file; how many came or went."""
    keys = dict(Observation.objects.filter(code__in=[one["code"] for one in items], replaced_by=None).values_list("code", "pk"))
    wanted = {(keys[one["code"]], flag["kind"], flag["severity"], flag["text"]) for one in items for flag in one.get("flags", ())}
    return keep_flags(wanted, keys.values(), FlagOrigin.DECLARED, now)


def _load_checks(source: SourceText, items: Sequence[Item]) -> int:
    """Enter new checks and those whose words changed; how many."""
    known = {row.code: row for row in Check.objects.filter(code__in=[one["code"] for one in items])}
    changed = 0
    for item in items:
        words = {name: item.get(name, "") for name in _CHECK}
        words |= {"check_class": item["class"], "expected_value": item.get("computed", "")}
        row = known.get(item["code"])
        if row is not None and all(getattr(row, name) == value for name, value in words.items()):
            continue
        row, _made = Check.objects.update_or_create(code=item["code"], defaults={**words, "source": source})
        row.members.all().delete()
        CheckMember.objects.bulk_create([CheckMember(of_check=row, code=code) for code in _members(item)])
        changed += 1
    return changed


def _members(item: Item) -> list[str]:
    try:
        spoken = names_in(parse(item["expression"]))
        return list(dict.fromkeys([item["figure"], *spoken]))
    except ExpressionError as error:
        raise Invalid(_("核对 %(code)s 的算式读不懂。") % {"code": item["code"]}, fields={"expression": str(error)}) from error
