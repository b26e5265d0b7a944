"""Measures 政策措施 of a pack: new ones become drafts, changed ones a next version; equal ones are left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.actions import edit_draft, revise_measure, write_rule
from songda.deliveries.policy.library.models import Document, Measure, MeasureSource, MeasureVersion
from songda.deliveries.policy.library.packs.documents import Item, article_of, document_of
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.show import show
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.organisations import queries as organisations
from songda.registry.rulebook import queries as rulebook

PLAIN = ("title", "kind", "money", "delivery", "budget_line", "channel")
DAYS = ("opens_on", "closes_on")


@transaction.atomic
def load_measures(items: Sequence[Item], texts: Mapping[str, str], *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    """Enter drafts for new and changed measures; returns how many. `texts` holds the documents' texts by their code."""
    documents = {code: document_of(text) for code, text in texts.items()}
    return sum(_load(item, documents[item["document"]], demonstration=demonstration, by=by, now=now) for item in items)


def wording(item: Item) -> dict[str, Any]:
    """What a measure says, as the columns keep it."""
    found: dict[str, Any] = {name: item.get(name, "") for name in PLAIN}
    department = organisations.by_code(item["department"])
    return {
        **found,
        "measure_class": item["class"],
        "benefit": item["quote"],
        "area_path": organisations.by_code(item["area"]).area_path if item["area"] else "",
        "department_id": department.pk,
        "department_text": department.short_name,
        "time_limit_days": item.get("time_limit_days"),
        "papers": list(item.get("papers", ())),
        **{name: dt.date.fromisoformat(item[name]) if name in item else None for name in DAYS},
    }


def says_the_same(version: MeasureVersion, item: Item) -> bool:
    """Whether the stored version and the pack agree: columns, meaning of the rule and formula, cases."""
    if any(getattr(version, name) != value for name, value in wording(item).items()):
        return False
    rule = version.rule_version
    if rule is None:
        return False
    catalogue = facts.catalogue()
    amount = show(parse_amount(item["amount"], catalogue), catalogue) if "amount" in item else ""
    same_rule = (rule.text, rule.amount_text) == (show(parse_condition(item["rule"], catalogue), catalogue), amount)
    return same_rule and rulebook.cases_of(rule) == [_case(one) for one in item["cases"]]


def _load(item: Item, document: Document, *, demonstration: bool, by: Actor, now: dt.datetime) -> int:
    latest = (
        MeasureVersion.objects.filter(measure__code=item["code"]).select_related("rule_version__rule").order_by("number").last()
    )
    if latest is None:
        _draft(item, document, demonstration=demonstration, by=by, now=now)
        return 1
    if says_the_same(latest, item):
        return 0
    if latest.state == "reviewed":
        message = _("“%(title)s”已审核待发布，不能由活动包改动。") % {"title": latest.title}
        raise Conflict(message, advice=_("请先发布或退回，再装载新版活动包。"))
    draft = latest if latest.state == "draft" else revise_measure(latest.pk, by=by, now=now)
    edit_draft(draft.pk, wording(item), by=by, now=now)
    _write_rule(draft, item, by, now)
    return 1


def _draft(item: Item, document: Document, *, demonstration: bool, by: Actor, now: dt.datetime) -> None:
    article = article_of(document, item["article"])
    start = document.text.find(item["quote"], article.start, article.end)
    if start < 0:
        raise Invalid(_("“%(title)s”的出处不在条款之内。") % {"title": item["title"]})
    measure = Measure.objects.create(code=item["code"], demonstration=demonstration)
    version = MeasureVersion.objects.create(measure=measure, number=1, drafted_at=now, **wording(item))
    MeasureSource.objects.create(
        version=version, article=article, start=start, end=start + len(item["quote"]), quote=item["quote"]
    )
    record("policy.draft_measure", version, by=by, now=now, after={"code": measure.code, "article": article.pk})
    _write_rule(version, item, by, now)


def _write_rule(version: MeasureVersion, item: Item, by: Actor, now: dt.datetime) -> None:
    cases = [_case(one) for one in item["cases"]]
    write_rule(version.pk, text=item["rule"], amount_text=item.get("amount", ""), cases=cases, by=by, now=now)


def _case(one: Item) -> dict[str, object]:
    return {
        "name": one["name"],
        "on": dt.date.fromisoformat(one["on"]),
        "given": dict(one["given"]),
        "expect": one["expect"],
        "amount": one.get("amount", ""),
        "boundary": one.get("boundary", False),
    }
