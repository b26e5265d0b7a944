"""143 → 82 → 62: from policies to measures to implementing rules 梳理漏斗, and two schemes side by side, all counted from rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from songda.deliveries.policy.library.access import documents_visible_to, measures_visible_to, rules_visible_to
from songda.deliveries.policy.library.models import Coverage, Filing, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.queries import category_labels, class_labels, ended_versions, rules_in_force
from songda.deliveries.policy.library.states import SourceRole
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Row:
    """A category: its policies, and its measures by class (in the order of the classes) and together."""

    code: str
    label: str
    documents: int
    cells: tuple[int, ...]
    measures: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts of distinct things. `measures` = covered by rules in force + `waived` (need none) + `gap`. `classes`: code, label, how
    many measures; `rows`: by category, whose sums may exceed the distinct counts, since a policy may be in several."""

    documents: int
    unfiled: int
    measures: int
    rules: int
    covered: int
    waived: int
    gap: int
    classes: tuple[tuple[str, str, int], ...]
    rows: tuple[Row, ...]


def funnel(actor: Actor, on: dt.date) -> Funnel:
    """What the actor may read, counted on a day. Seven queries and the dictionaries."""
    documents = documents_visible_to(actor).order_by()
    filings = list(Filing.objects.filter(document__in=documents.values("pk")).values_list("document_id", "category"))
    filed = {document for document, _ in filings}
    published = measures_visible_to(actor).filter(state="published").exclude(pk__in=ended_versions(on).values("pk"))
    versions = {one.pk: one for one in published.order_by().select_related("measure")}
    rules = rules_in_force(on).order_by().filter(pk__in=rules_visible_to(actor).values("pk"))
    covers = set(Coverage.objects.filter(version__in=rules.values("pk")).values_list("measure_id", flat=True))
    measures = {one.measure_id for one in versions.values()}
    waived = {one.measure_id for one in versions.values() if one.measure.no_rule} - covers
    by_class = Counter(one.measure_class for one in versions.values())
    classes = [
        (code, label)
        for code, label in {**class_labels(), **{code: code for code in by_class if code not in class_labels()}}.items()
    ]
    return Funnel(
        documents=len(filed),
        unfiled=documents.count() - len(filed),
        measures=len(measures),
        rules=rules.values("rule_id").distinct().count(),
        covered=len(measures & covers),
        waived=len(waived),
        gap=len(measures - covers - waived),
        classes=tuple((code, label, by_class[code]) for code, label in classes),
        rows=_rows(filings, versions, [code for code, _ in classes]),
    )


def _rows(filings: list[tuple[int, str]], versions: dict[int, MeasureVersion], classes: list[str]) -> tuple[Row, ...]:
    categories: defaultdict[int, set[str]] = defaultdict(set)
    for document, category in filings:
        categories[document].add(category)
    counted = Counter(category for _, category in filings)
    clauses = MeasureSource.objects.filter(role=SourceRole.CLAUSE, version__in=list(versions))
    pairs = {
        (category, version)
        for version, document in clauses.values_list("version_id", "article__document_id")
        for category in categories[document]
    }
    cells = Counter((category, versions[version].measure_class) for category, version in pairs)
    labels = category_labels()
    return tuple(
        Row(
            code,
            labels.get(code, code),
            counted[code],
            tuple(cells[code, one] for one in classes),
            sum(1 for category, _ in pairs if category == code),
        )
        for code in dict.fromkeys([*labels, *sorted(counted)])
    )
