"""Sources over the policy library 政策库 and its matches: documents, measures and rules published, firms that fit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from songda.deliveries.policy.library.access import documents_visible_to, measures_visible_to, rules_visible_to
from songda.deliveries.policy.library.models import Document, ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.matching.access import matches_visible_to
from songda.deliveries.policy.matching.models import Match
from songda.kernel.clock import day_of
from songda.office.indicators.queries.logs import Log, Standing, Told
from songda.office.indicators.queries.source_cases import moment
from songda.office.indicators.rules.sources import Line, Where
from songda.registry.actors import Actor

TITLE, PUBLISHED = _("名称"), _("发布时间")
STANDS = "published"


def documents() -> QuerySet[Document]:
    """Documents in their newest text."""
    return Document.objects.filter(later=None)


def measures() -> QuerySet[MeasureVersion]:
    """The published version of each measure, with the moment its first version was published."""
    first = (
        MeasureVersion.objects.filter(measure=OuterRef("measure")).values("measure").annotate(at=Min("published_at")).values("at")
    )
    return MeasureVersion.objects.filter(state=STANDS).annotate(begun_at=Subquery(first))


def rules() -> QuerySet[ImplementingRuleVersion]:
    """The same of implementing rules."""
    first = (
        ImplementingRuleVersion.objects.filter(rule=OuterRef("rule")).values("rule").annotate(at=Min("published_at")).values("at")
    )
    return ImplementingRuleVersion.objects.filter(state=STANDS).annotate(begun_at=Subquery(first))


def matches() -> QuerySet[Match]:
    """Matches of subjects that still stand for themselves."""
    return Match.objects.filter(subject__merged_into=None)


def fitting(where: Where, area_path: str, as_of: dt.datetime) -> QuerySet[Match]:
    """Those that fit on the day."""
    rows: QuerySet[Match] = ENTERED.taken(where, area_path, since=None, as_of=as_of)
    return rows.filter(Q(left_on=None) | Q(left_on__gt=day_of(as_of)))


def document_line(row: Document) -> Line:
    """A document: its page, title, number, when it came."""
    return reverse("library:document", args=[row.pk]), row.title, row.number, moment(row.received_at)


def measure_line(row: Any) -> Line:
    """A measure: its page, title, since when."""
    return reverse("library:measure", args=[row.pk]), row.title, moment(row.begun_at)


def rule_line(row: Any) -> Line:
    """An implementing rule, likewise."""
    return reverse("library:implementing", args=[row.pk]), row.title, moment(row.begun_at)


def match_line(row: Match) -> Line:
    """A match: the firm's page, the firm, the measure, since when."""
    return reverse("firm:firm", args=[row.subject_id]), row.subject.name, row.version.title, row.entered_on.isoformat()


def documents_seen(actor: Actor) -> Q:
    """Documents in the actor's sight."""
    return Q(pk__in=documents_visible_to(actor).values("pk"))


def measures_seen(actor: Actor) -> Q:
    """Measures in the actor's sight."""
    return Q(pk__in=measures_visible_to(actor).values("pk"))


def rules_seen(actor: Actor) -> Q:
    """Implementing rules in the actor's sight."""
    return Q(pk__in=rules_visible_to(actor).values("pk"))


def matches_seen(actor: Actor) -> Q:
    """Matches in the actor's sight."""
    return Q(pk__in=matches_visible_to(actor).values("pk"))


DOCUMENTS = Log(
    documents, "received_at", Told((TITLE, _("文号"), _("收文时间")), document_line, documents_seen), dims={"level": "level", "kind": "kind"},
    placeless=True,
)  # fmt: skip
MEASURES = Log(
    measures, "begun_at", Told((TITLE, PUBLISHED), measure_line, measures_seen), dims={"class": "measure_class", "kind": "kind"},
    placeless=True,
)  # fmt: skip
RULES = Log(rules, "begun_at", Told((TITLE, PUBLISHED), rule_line, rules_seen), placeless=True)
MATCHED = Told((_("主体"), _("措施"), _("符合起")), match_line, matches_seen, along=("subject", "version"))
ENTERED = Log(matches, "entered_on", MATCHED, dims={"kind": "version__kind"}, daily=True)
_LEFT = Log(lambda: matches().filter(left_on__isnull=False), "left_on", MATCHED, dims={"kind": "version__kind"}, daily=True)
FITTING = Standing((ENTERED,), (_LEFT,), fitting, MATCHED)
