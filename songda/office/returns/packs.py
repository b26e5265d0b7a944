"""Forms as a pack declares them; a changed form is a new version, returns keep theirs once something was filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from songda.kernel.versions import declare
from songda.kernel.who import Who
from songda.office.returns.models import FormVersion, Return
from songda.office.returns.rules.forms import Definitions, FormFaultError, form_of
from songda.office.returns.rules.validation import rule_faults


def faults_of(data: Mapping[str, Any], definitions: Definitions, units: Iterable[str]) -> tuple[str, ...]:
    """What does not hold together, as sentences; every rule is parsed under its form's catalogue. For the check of a pack."""
    codes, known = [one["code"] for one in data["forms"]], set(units)
    faults = [f"报表代码重复：{code}" for code in sorted({one for one in codes if codes.count(one) > 1})]
    for one in data["forms"]:
        try:
            form = form_of(one)
        except FormFaultError as error:
            faults.append(str(error))
            continue
        faults += [f"{form.label}：{fault}" for fault in rule_faults(form, definitions)]
        faults += [f"{form.label}：没有机构 {unit}" for unit in (*form.units, *filter(None, [form.area])) if unit not in known]
        faults += [f"{form.label}：没有报表 {rule.form}" for rule in form.rules if rule.form and rule.form not in codes]
    return tuple(faults)


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
