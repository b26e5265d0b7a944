"""Measures for programs: the published ones that reach the post's areas, drafts for their editors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Path, Query, Router, Schema

from songda.deliveries.policy.library import access, queries
from songda.deliveries.policy.library.models import MeasureVersion
from songda.kernel.api.doors import reads
from songda.kernel.api.paging import Paging, piece_of
from songda.kernel.api.shapes import Id, Listed, Word
from songda.registry.requests import ActingRequest

router = Router()
SEE = "policy.see firm.read"


class Measure(Schema):
    """A version of a measure: what, from when until when, who answers for it. `code` names the measure through all versions."""

    id: int
    code: str
    number: int
    title: str
    kind: str
    measure_class: str
    benefit: str
    area_path: str
    department: str | None
    channel: str
    papers: list[str]
    time_limit_days: int | None
    opens_on: dt.date | None
    closes_on: dt.date | None
    state: str
    published_at: dt.datetime | None


class MeasureWords(Schema):
    """The words of a document that a measure stands on."""

    document_id: int
    document: str
    article: str
    quote: str


class MeasureWhole(Measure):
    """The same with its rule as text (null: none yet) and the words it stands on."""

    rule: str | None
    amount: str | None
    sources: list[MeasureWords]


class Measures(Paging):
    """Filters; an empty one does not filter. `q`: part of the title."""

    state: Literal["", "draft", "reviewed", "published", "superseded", "withdrawn"] = ""
    kind: Literal["", "fund", "service"] = ""
    q: Word = ""


@reads(router, "/measures", SEE, Listed[Measure], _("政策措施列表"))
def measures(request: ActingRequest, asked: Query[Measures]) -> object:
    """Measures in sight, newest first."""
    seen = access.measures_visible_to(request.actor)
    rows = queries.measures_asked(seen, {"state": asked.state, "kind": asked.kind, "q": asked.q})
    return piece_of(rows.select_related("department", "measure").order_by("-pk"), asked, told)


@reads(router, "/measures/{version_id}", SEE, MeasureWhole, _("一项措施（一个版本）"))
def measure(request: ActingRequest, version_id: Annotated[Id, Path()]) -> MeasureWhole:
    """One version, with its rule and the words it stands on."""
    version = access.version_for(version_id, request.actor)
    rule = version.rule_version
    sources = [
        MeasureWords(
            document_id=one.article.document_id, document=one.article.document.title, article=one.article.label, quote=one.quote
        )
        for one in version.sources.select_related("article__document")
    ]
    given = told([version])[0].model_dump()
    return MeasureWhole(**given, rule=rule.text if rule else None, amount=rule.amount_text if rule else None, sources=sources)


def told(rows: Sequence[MeasureVersion]) -> list[Measure]:
    """Versions as programs see them."""
    same = ("number", "title", "kind", "measure_class", "benefit", "area_path", "channel", "time_limit_days", "opens_on", "closes_on", "state", "published_at")  # fmt: skip
    return [
        Measure(
            id=row.pk, code=row.measure.code, department=row.department.code if row.department else None,
            papers=[str(one) for one in row.papers] if isinstance(row.papers, list) else [],
            **{name: getattr(row, name) for name in same},
        )
        for row in rows
    ]  # fmt: skip
