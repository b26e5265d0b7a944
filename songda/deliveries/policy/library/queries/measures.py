"""Measures as others read them 措施: what is in force on a day, what a version still lacks, its neighbours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from songda.deliveries.policy.library.models import MeasureSource, MeasureVersion
from songda.deliveries.policy.library.queries.searching import measure_ids
from songda.deliveries.policy.library.queries.validity import ended_versions
from songda.deliveries.policy.library.rules.readiness import Draft, missing_in
from songda.deliveries.policy.library.states import SourceRole
from songda.registry.codes import queries as codes
from songda.registry.organisations.models import Organisation
from songda.registry.rulebook import queries as rulebook


def published_versions(on: dt.date) -> QuerySet[MeasureVersion]:
    """Published versions that are open on a day and have not ended with an event, with rule, measure and department at hand."""
    opened = Q(opens_on=None) | Q(opens_on__lte=on)
    not_closed = Q(closes_on=None) | Q(closes_on__gte=on)
    rows = MeasureVersion.objects.filter(opened, not_closed, state="published").exclude(pk__in=ended_versions(on).values("pk"))
    return rows.select_related("measure", "rule_version__rule", "department").order_by("pk")


def lacks(version: MeasureVersion) -> dict[str, str]:
    """Field → sentence for what keeps a version from being confirmed or published; empty when complete.

    Costs no query where sources, open conditions and the rule's cases are prefetched.
    """
    rule = version.rule_version
    return missing_in(
        Draft(
            kind=version.kind,
            title=version.title,
            benefit=version.benefit,
            budget_line=version.budget_line,
            time_limit_days=version.time_limit_days,
            sources=len(version.sources.all()),
            unsettled=sum(1 for one in version.open_conditions.all() if not one.settled),
            has_rule=rule is not None,
            rule_lacks=() if rule is None else rulebook.lacking(rule),
        )
    )


def versions_of(version: MeasureVersion) -> QuerySet[MeasureVersion]:
    """All versions of the same measure, newest first."""
    return MeasureVersion.objects.filter(measure=version.measure_id).select_related("rule_version").order_by("-number")


def measures_asked(versions: QuerySet[MeasureVersion], asked: Mapping[str, str]) -> QuerySet[MeasureVersion]:
    """Versions narrowed by what a list asks: state, kind, measure_class, department (id), a category of the
    documents they stand on, and words: published ones by their whole text, drafts by their title."""
    plain = {name: asked[name] for name in ("state", "kind", "measure_class") if asked.get(name)}
    if asked.get("department", "").isdecimal():
        plain["department_id"] = asked["department"]
    if asked.get("category"):
        filed = MeasureSource.objects.filter(role=SourceRole.CLAUSE, article__document__filings__category=asked["category"])
        versions = versions.filter(pk__in=filed.values("version_id"))
    words = asked.get("q", "").strip()
    found = Q(pk__in=measure_ids(words)) | Q(title__contains=words)
    return versions.filter(found, **plain) if words else versions.filter(**plain)


def departments_in(versions: QuerySet[MeasureVersion]) -> QuerySet[Organisation]:
    """Units answering for any of these versions."""
    return Organisation.objects.filter(pk__in=versions.values("department_id")).order_by("short_name")


def class_labels() -> dict[str, str]:
    """Measure classes by code; none where the dictionary is not loaded."""
    found = codes.code_lists({"measure-classes"}).get("measure-classes")
    return dict(found.names) if found else {}
