"""What a new version of implementing rules changes 修订对照, and which measures it takes in or lets go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from songda.deliveries.policy.library.models import Coverage, ImplementingRuleVersion
from songda.deliveries.policy.library.queries.difference import FieldChange
from songda.deliveries.policy.library.queries.implementing import covered_measures

FIELDS = (
    "title", "conditions", "papers", "steps", "department", "time_limit_days", "payment_basis", "contact", "valid_from", "valid_until",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """A version against the one published before it."""

    older: ImplementingRuleVersion
    fields: list[FieldChange]


def rule_difference(version: ImplementingRuleVersion) -> RuleDifference | None:
    """None where no version was published before this one."""
    earlier = ImplementingRuleVersion.objects.filter(rule=version.rule_id, number__lt=version.number)
    older = earlier.filter(state__in=("published", "superseded")).select_related("department").order_by("-number").first()
    if older is None:
        return None
    changes = [*_changes(older, version), FieldChange(*_measures(older, version))]
    return RuleDifference(older, [one for one in changes if one.before != one.after])


def _changes(older: ImplementingRuleVersion, version: ImplementingRuleVersion) -> Iterable[FieldChange]:
    labels = {field.name: str(field.verbose_name) for field in ImplementingRuleVersion._meta.concrete_fields}
    for name in FIELDS:
        yield FieldChange(labels[name], _shown(older, name), _shown(version, name))


def _shown(version: ImplementingRuleVersion, name: str) -> str:
    value = getattr(version, name)
    if isinstance(value, list):
        return "\n".join(value)
    return "" if value is None else str(value)


def _measures(older: ImplementingRuleVersion, version: ImplementingRuleVersion) -> tuple[str, str, str]:
    before, after = ("\n".join(one.title for one in covered_measures(held)) for held in (older, version))
    return str(Coverage._meta.verbose_name), before, after
