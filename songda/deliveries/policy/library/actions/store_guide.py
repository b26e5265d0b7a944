"""Keep what a guide tells 指南成稿: a draft of implementing rules with its sources and measures; the codes and numbers of rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import (
    Coverage,
    Document,
    ImplementingRule,
    ImplementingRuleVersion,
    ImplementingSource,
    Measure,
)
from songda.deliveries.policy.library.rules.guide import Guide, guide_of
from songda.engines.reading.document import Document as Reading
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict
from songda.registry.actors import Actor

_ARROW = re.compile(r"\s*(?:→|->|—>|⇒)\s*")


def store_guide(document: Document, reading: Reading, *, by: Actor, now: dt.datetime) -> ImplementingRuleVersion | None:
    """What a guide tells, as a draft tied to its words and to the measures drafted from it; the next version where its former text
    was one. None where the document is no guide."""
    guide = guide_of(reading)
    if guide is None:
        return None
    former = ImplementingRuleVersion.objects.filter(sources__document=document.former_id or 0).order_by("-number").first()
    rule = former.rule if former else new_rule("", document)
    version = ImplementingRuleVersion.objects.create(
        rule=rule, number=next_number(rule), title=document.title[:160], area_path=document.area_path,
        valid_from=document.valid_from, valid_until=document.valid_until, drafted_at=now, **columns_of(guide),
    )  # fmt: skip
    ImplementingSource.objects.bulk_create(sources_of(version, document, guide))
    cited = Measure.objects.filter(versions__sources__article__document=document)
    measures = set(cited.exclude(versions__state="withdrawn").values_list("pk", flat=True))
    if former:
        measures |= set(former.coverages.values_list("measure_id", flat=True))
    cover(version, measures)
    record("policy.draft_rule", version, by=by, now=now, after={"code": rule.code, "document": document.pk})
    return version


def columns_of(guide: Guide) -> dict[str, object]:
    """What a guide says, as the columns of a version keep it."""
    return {
        "conditions": "\n".join(one.text for one in guide.conditions),
        "papers": [one.text for one in guide.papers],
        "steps": [step for one in guide.steps for step in _ARROW.split(one.text) if step],
        "time_limit_days": guide.time_limit_days,
        "payment_basis": guide.payment.text[:300] if guide.payment else "",
        "contact": "；".join(" ".join(one.text.split()) for one in guide.contact)[:300],
    }


def sources_of(version: ImplementingRuleVersion, document: Document, guide: Guide) -> Iterable[ImplementingSource]:
    """The pieces of the text, each with the article it stands in."""
    articles = list(document.articles.all())
    for part, quote in guide.parts():
        home = next((one for one in articles if one.start <= quote.start and quote.end <= one.end), None)
        yield ImplementingSource(
            version=version, part=part, document=document, article=home, start=quote.start, end=quote.end, quote=quote.text
        )


def cover(version: ImplementingRuleVersion, measures: Iterable[int]) -> None:
    """Note the measures a new version covers."""
    Coverage.objects.bulk_create(Coverage(version=version, measure_id=one) for one in sorted(set(measures)))


def next_number(rule: ImplementingRule) -> int:
    """The number of the next version."""
    latest = rule.versions.order_by("-number").values_list("number", flat=True).first()
    return (latest or 0) + 1


def new_rule(code: str, document: Document | None = None, *, demonstration: bool = False) -> ImplementingRule:
    """Rules called `code`, or by the next free code; Conflict where there are some of that code."""
    if not code:
        stem = f"d{document.pk}-r" if document else "r"
        taken = ImplementingRule.objects.filter(code__startswith=stem).values_list("code", flat=True)
        numbers = [int(tail) for one in taken if (tail := one.removeprefix(stem)).isdecimal()]
        code = f"{stem}{max(numbers, default=0) + 1}"
    try:
        with transaction.atomic():
            return ImplementingRule.objects.create(code=code, demonstration=document.demonstration if document else demonstration)
    except IntegrityError as error:
        raise Conflict(_("细则代码 %(code)s 已经使用。") % {"code": code}, advice=_("请刷新后重试。")) from error
