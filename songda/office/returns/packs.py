"""Forms as a pack declares them; a changed form is a new version, returns keep theirs once something was filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction

from songda.engines.rules.nearest import nearest
from songda.kernel.versions import declare
from songda.kernel.who import Who
from songda.office.returns.models import FormVersion, Return
from songda.office.returns.rules.forms import Definitions, FormFaultError, form_of
from songda.office.returns.rules.validation import rule_faults

Placed = tuple[tuple[str | int, ...], str]
"""A place in the file and what is wrong there, as a sentence."""


def faults_of(data: Mapping[str, Any], definitions: Definitions, units: Iterable[str]) -> tuple[Placed, ...]:
    """What does not hold together; every rule is parsed under its form's catalogue. For the check of a pack."""
    codes, known = [one["code"] for one in data["forms"]], set(units)
    found: list[Placed] = []
    for at, one in enumerate(data["forms"]):
        found += [(("forms", at, "code"), f"报表代码重复：{one['code']}")] if one["code"] in codes[:at] else []
        found += (
            (("forms", at, *where), f"{one['label']}：{fault}") for where, fault in _of_form(one, definitions, known, codes)
        )
    return tuple(found)


def _of_form(data: Mapping[str, Any], definitions: Definitions, units: set[str], codes: list[str]) -> Iterator[Placed]:
    """What is wrong with one form, places counted within it. A line that asks for nothing hides what rules say of it."""
    strange = [(at, line["indicator"]) for at, line in enumerate(data["lines"]) if line["indicator"] not in definitions]
    for at, code in strange:
        near = nearest(code, definitions)
        hint = f"，相近的有 {'、'.join(near)}" if near else "，有哪些见 indicators.yaml"
        yield ("lines", at, "indicator"), f"没有指标 {code}{hint}"
    for at, code in enumerate(data.get("units", ())):
        if code not in units:
            yield ("units", at), f"没有机构 {code}"
    if data.get("area") and data["area"] not in units:
        yield ("area",), f"没有机构 {data['area']}"
    if not strange:
        yield from _of_rules(data, definitions, codes)


def _of_rules(data: Mapping[str, Any], definitions: Definitions, codes: list[str]) -> Iterator[Placed]:
    try:
        form = form_of(data)
    except FormFaultError as error:
        text = str(error).removeprefix(f"{data['label']}：")
        yield _row_named(data, text), text
        return
    yield from ((_row_named(data, fault), fault) for fault in rule_faults(form, definitions))
    for at, rule in enumerate(form.rules):
        if rule.form and rule.form not in codes:
            yield ("rules", at, "form"), f"没有报表 {rule.form}"


def _row_named(data: Mapping[str, Any], fault: str) -> tuple[str | int, ...]:
    """The row of the rule that a sentence names by its label, else the form's own row."""
    rules = enumerate(data.get("rules", ()))
    return next((("rules", at) for at, one in rules if fault.startswith((f"规则“{one['label']}”", f"{one['label']}（"))), ())


@transaction.atomic
def load(files: Iterable[Mapping[str, Any]], *, by: Who, now: dt.datetime) -> int:
    """Enter the forms; how many are new, changed or retired. Returns still expected follow the new version; of a retired form they go."""
    forms = [one for data in files for one in data["forms"]]
    changed = declare(FormVersion, forms, "return.form", by=by, now=now)
    if changed:
        untouched = Return.objects.filter(state="expected", due_at__gt=now)
        for version in FormVersion.objects.filter(retired_at=None):
            untouched.filter(code=version.code).update(form=version)
        untouched.exclude(code__in=[one["code"] for one in forms]).delete()
    return changed
