"""Enter facts into the catalogue. Kind and unit never change: a new meaning is a new fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from songda.engines.rules.catalogue import Catalogue, FactKind
from songda.engines.rules.lexicon import flaws
from songda.kernel.audit import actions as audit
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.who import Who
from songda.registry.codes import queries as codes
from songda.registry.facts.models import FactDefinition, Source

FIXED_FOR_EVER = {"context": _lazy("适用对象"), "kind": _lazy("类型"), "unit": _lazy("单位"), "code_list": _lazy("代码表")}


@dataclass(frozen=True, slots=True)
class Definition:
    """One entry as a pack gives it: what the rule language needs, and what people read besides."""

    fact: FactKind
    name_en: str = ""
    description: str = ""
    context: str = "subject"


@dataclass(frozen=True, slots=True)
class NewSource:
    """A register, a return or a person that values come from."""

    code: str
    name: str
    owner: str = ""


@transaction.atomic
def define_facts(given: Iterable[Definition], *, by: Who, now: dt.datetime) -> int:
    """Add entries and update their words, in the order given; returns how many changed. Nothing is ever removed.

    Invalid for names the rule language cannot take in; Conflict for another kind, unit, code list or context. A renamed fact
    keeps its old name as an alias, so that rules written with it can be read.
    """
    known = {one.code: one for one in FactDefinition.objects.all()}
    wanted = [_row(one, ordinal, known.get(one.fact.code)) for ordinal, one in enumerate(given, 1)]
    for row in wanted:
        _check_unchanged(row, known.get(row.code))
    _check_names([*(one for code, one in known.items() if code not in {row.code for row in wanted}), *wanted])
    changed = [row for row in wanted if row.code not in known or words_of(row) != words_of(known[row.code])]
    for row in changed:
        row.save()
        before = words_of(known[row.code]) if row.code in known else {}
        audit.record("facts.define", row, by=by, now=now, before=before, after=words_of(row))
    return len(changed)


@transaction.atomic
def define_sources(given: Iterable[NewSource], *, by: Who, now: dt.datetime) -> int:
    """Enter sources of data, or change their names; returns how many changed."""
    changed = 0
    for one in given:
        row, new = Source.objects.get_or_create(code=one.code, defaults={"name": one.name, "owner": one.owner})
        if new or (row.name, row.owner) != (one.name, one.owner):
            row.name, row.owner = one.name, one.owner
            row.save()
            audit.record("facts.source", row, by=by, now=now, after={"name": one.name, "owner": one.owner})
            changed += 1
    return changed


def words_of(row: FactDefinition) -> dict[str, object]:
    """Everything of an entry but its number and its stamp."""
    return model_to_dict(row, exclude=["id", "stamp"])


def fact_kind_of(row: FactDefinition) -> FactKind:
    """An entry as the rule language has it."""
    names = ("code", "name", "unit", "code_list", "owner", "freshness_days", "personal", "fixed", "judgement")
    return FactKind(**{name: getattr(row, name) for name in names}, kind=row.kind_of(), aliases=tuple(row.aliases))


def _row(given: Definition, ordinal: int, known: FactDefinition | None) -> FactDefinition:
    fact = given.fact
    aliases = [*fact.aliases]
    if known is not None:
        names = {fact.name, *fact.aliases}
        aliases += [name for name in (known.name, *known.aliases) if name not in names]
    return FactDefinition(
        pk=known.pk if known else None, code=fact.code, name=fact.name, name_en=given.name_en, aliases=aliases,
        context=given.context, kind=fact.kind.value, unit=fact.unit, code_list=fact.code_list, owner=fact.owner,
        freshness_days=fact.freshness_days, personal=fact.personal, fixed=fact.fixed, judgement=fact.judgement,
        description=given.description, ordinal=ordinal,
    )  # fmt: skip


def _check_unchanged(row: FactDefinition, known: FactDefinition | None) -> None:
    if known is None:
        return
    for name, label in FIXED_FOR_EVER.items():
        old, new = getattr(known, name), getattr(row, name)
        if old != new:
            raise Conflict(
                _("事实“%(fact)s”的%(part)s不可由“%(old)s”改为“%(new)s”。")
                % {"fact": row.name, "part": label, "old": old, "new": new},
                advice=_("含义变了就另立一条事实，旧事实停用。"),
            )


def _check_names(rows: list[FactDefinition]) -> None:
    """Each context by itself: a case may have a name that a subject has too."""
    lists = codes.code_lists({row.code_list for row in rows if row.code_list})
    for context in {row.context for row in rows}:
        facts = tuple(fact_kind_of(row) for row in rows if row.context == context)
        wrong = flaws(Catalogue(facts, lists, context))
        if wrong:
            raise Invalid(
                _("事实名称“%(name)s”不能采用：%(why)s。") % {"name": wrong[0][0], "why": wrong[0][1]},
                fields=dict(wrong),
            )
