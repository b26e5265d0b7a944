"""Draft a rule version 起草规则: parse, keep the canonical text, the tree and what they were read under."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.engines.rules.cases import read_facts
from songda.engines.rules.form import digest, to_json
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.problem import RuleError
from songda.engines.rules.show import show
from songda.engines.rules.tree import Amount, Condition
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor
from songda.registry.facts import queries as facts
from songda.registry.facts.rules import values
from songda.registry.rulebook.access import require_writer, version_to_sign
from songda.registry.rulebook.models import Rule, RuleCase, RuleVersion
from songda.registry.rulebook.queries import cases_of
from songda.registry.rulebook.rules.problems import refusal_of


class Wording(TypedDict):
    """What a rule says. A case is a mapping of name, on, given, expect and, where wanted, amount and boundary."""

    title: str
    text: str
    cases: Iterable[Mapping[str, object]]
    amount_text: NotRequired[str]
    context: NotRequired[str]


@transaction.atomic
def draft_rule(code: str, *, by: Actor, now: dt.datetime, **wording: Unpack[Wording]) -> RuleVersion:
    """The next version of the rule called `code`, which is made where there is none. Versions are never edited.

    A text that is no rule is Invalid: `fields` holds the sentence under `text` (or `amount_text`), `position`
    ("12-15", characters as typed), `found` and `nearest`.
    """
    require_writer(by)
    context = wording.get("context", "subject")
    catalogue = facts.catalogue(context)
    amount_text = wording.get("amount_text", "").strip()
    try:
        condition = parse_condition(wording["text"], catalogue)
    except RuleError as error:
        raise refusal_of(error, wording["text"], "text") from error
    try:
        amount = parse_amount(amount_text, catalogue) if amount_text else None
    except RuleError as error:
        raise refusal_of(error, amount_text, "amount_text") from error
    version = next_version(code, wording["title"], context)
    version.text, version.tree = show(condition, catalogue), to_json(condition)
    version.amount_text = show(amount, catalogue) if amount else ""
    version.amount_tree = to_json(amount) if amount else None
    version.digest, version.catalogue_digest, version.created_at = (
        identity(condition, amount),
        facts.catalogue_digest(context),
        now,
    )
    save(version)
    RuleCase.objects.bulk_create(as_case(version, case, at) for at, case in enumerate(wording["cases"]))
    record("rule.draft", version, by=by, now=now, after={"code": code, "number": version.number, "digest": version.digest})
    return version


@transaction.atomic
def copy_rule(version_id: int, *, by: Actor, now: dt.datetime) -> RuleVersion:
    """A new unsigned version that says the same, with the same cases: where a revision begins."""
    version = version_to_sign(version_id, by)
    return draft_rule(
        version.rule.code,
        title=version.rule.title,
        text=version.text,
        amount_text=version.amount_text,
        cases=cases_of(version),
        context=version.rule.context,
        by=by,
        now=now,
    )


def next_version(code: str, title: str, context: str) -> RuleVersion:
    """The unsaved next version; Conflict where the code is taken for another context."""
    rule, _made = Rule.objects.get_or_create(code=code, defaults={"title": title[:160], "context": context})
    if rule.context != context:
        raise Conflict(_("规则代码 %(code)s 已用于另一种对象。") % {"code": code})
    latest = rule.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return RuleVersion(rule=rule, number=latest + 1)


def save(version: RuleVersion) -> None:
    """Save; Conflict where someone drafted the same number just now."""
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as error:
        raise Conflict(_("他人刚刚保存了这条规则。"), advice=_("请刷新后在新版本上修改。")) from error


def identity(condition: Condition, amount: Amount | None) -> str:
    """SHA-256 of what the rule means: two texts of one meaning are one rule."""
    return hashlib.sha256(f"{digest(condition)} {digest(amount) if amount else ''}".encode()).hexdigest()


def as_case(version: RuleVersion, case: Mapping[str, object], ordinal: int) -> RuleCase:
    """A stored case; Invalid names the case that cannot be read."""
    name, on, given = str(case["name"]), day_of(case["on"]), case.get("given") or {}
    if not isinstance(given, Mapping):
        raise Invalid(_("案例“%(name)s”的已知事实应为“名称: 值”。") % {"name": name})
    known = {str(key): str(value) for key, value in given.items()}
    try:
        read_facts(known, facts.catalogue(version.rule.context))
    except RuleError as error:
        message = _("案例“%(name)s”：%(said)s") % {"name": name, "said": str(error)}
        raise Invalid(message, advice=_("请修改案例。"), fields={"cases": message}, code="not_a_case") from error
    return RuleCase(
        version=version,
        name=name[:120],
        on=on,
        given=known,
        expect=str(case["expect"]),
        amount=str(case.get("amount") or ""),
        boundary=bool(case.get("boundary")),
        ordinal=ordinal,
    )


def day_of(value: object) -> dt.date:
    """A day, or a day as written."""
    return value if isinstance(value, dt.date) else values.day(str(value))
