"""What a new version of a measure changes 修订对照: for the publisher, who puts it in the place of the old one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from songda.deliveries.policy.library.models import MeasureSource, MeasureVersion
from songda.deliveries.policy.library.states import SourceRole
from songda.engines.reading.align import difference
from songda.registry.rulebook import queries as rulebook
from songda.registry.rulebook.rules.difference import Difference

FIELDS = (
    "title", "kind", "benefit", "area_path", "department", "department_text", "budget_line", "time_limit_days", "channel",
    "papers", "opens_on", "closes_on", "measure_class", "money", "delivery",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """A version against the one it takes the place of: fields, conditions of the rule, formula, and the text stood on.

    `rule` is None where one of them has no rule; `rule_before` and `rule_after` are then the texts there are.
    """

    older: MeasureVersion
    fields: list[FieldChange]
    rule: Difference | None
    rule_before: str
    rule_after: str
    sources: tuple[tuple[str, str], ...]

    @property
    def nothing(self) -> bool:
        """Whether they say the same in every respect."""
        return not self.fields and self.rule_before == self.rule_after and not self.text_changed

    @property
    def text_changed(self) -> bool:
        """Whether the words stood on differ."""
        return any(op != "same" for op, _text in self.sources)


def difference_of(version: MeasureVersion) -> VersionDifference | None:
    """Against the published version of the measure, else the one published before; None where this is the first."""
    earlier = MeasureVersion.objects.filter(measure=version.measure_id, number__lt=version.number)
    rows = earlier.filter(state__in=("published", "superseded")).select_related("rule_version__rule", "department")
    older = rows.order_by("-number").first()
    if older is None:
        return None
    before, after = older.rule_version, version.rule_version
    return VersionDifference(
        older=older,
        fields=[one for one in _changes(older, version) if one.before != one.after],
        rule=rulebook.compare(before, after) if before and after else None,
        rule_before=_rule_text(older),
        rule_after=_rule_text(version),
        sources=difference(_text_of(older), _text_of(version)),
    )


def _changes(older: MeasureVersion, version: MeasureVersion) -> Iterable[FieldChange]:
    labels = {field.name: str(field.verbose_name) for field in MeasureVersion._meta.concrete_fields}
    for name in FIELDS:
        yield FieldChange(labels[name], _shown(older, name), _shown(version, name))


def _shown(version: MeasureVersion, name: str) -> str:
    if name == "kind":
        return str(version.get_kind_display())
    value = getattr(version, name)
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def _rule_text(version: MeasureVersion) -> str:
    rule = version.rule_version
    return "\n".join(part for part in (rule.text, rule.amount_text) if part) if rule else ""


def _text_of(version: MeasureVersion) -> str:
    """The clauses of the newest document it stands on, so that a text carried over is not told twice."""
    clauses = MeasureSource.objects.filter(version=version, role=SourceRole.CLAUSE).order_by("article__document_id", "start")
    rows = list(clauses.values_list("article__document_id", "quote"))
    newest = max((document for document, _quote in rows), default=None)
    return "\n".join(quote for document, quote in rows if document == newest)
