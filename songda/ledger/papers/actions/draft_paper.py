"""Draft a paper 起草 and write on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.papers.access import paper_to_work, require, spec_of
from songda.ledger.papers.actions.index import index_paper
from songda.ledger.papers.models import Paper
from songda.ledger.papers.queries.catalogue import kind_named
from songda.ledger.papers.queries.content import in_words
from songda.ledger.papers.rules.kinds import PaperKind, filled
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.subjects import access as subjects

LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class NewPaper:
    """What a draft begins with. `subject_id`: the firm it is about, for kinds that are about one."""

    kind: str
    unit_id: int
    fields: Mapping[str, str] = field(default_factory=dict)
    subject_id: int | None = None
    demonstration: bool = False


@transaction.atomic
def draft_paper(new: NewPaper, *, by: Actor, now: dt.datetime) -> Paper:
    """Begin a paper of a kind in the name of a unit the actor speaks for. It has no number yet."""
    version = kind_named(new.kind)
    kind = spec_of(version)
    require(kind, new.unit_id, by, "draft")
    unit = Organisation.objects.get(pk=new.unit_id)
    if kind.about_firm != (new.subject_id is not None):
        raise Invalid(
            _("“%(kind)s”须写明（且只在须要时写明）所涉企业。") % {"kind": kind.label}, fields={"subject": _("请选择企业。")}
        )
    subject = None if new.subject_id is None else subjects.subject_for(new.subject_id, by)
    paper = Paper(
        kind=version, unit=unit, area_path=unit.area_path, subject=subject, readers=kind.readers,
        fields=said(kind, new.fields), drafted_at=now, drafted_by=by.account_id, drafted_name=by.name, written_at=now,
        written_by=by.account_id, demonstration=new.demonstration or (subject is not None and subject.demonstration),
    )  # fmt: skip
    paper.title = title_of(paper, kind, now)
    paper.save()
    index_paper(paper, kind)
    record("paper.draft", paper, by=by, now=now, after={"kind": kind.code, "unit": unit.code, "title": paper.title})
    return paper


@transaction.atomic
def write_paper(paper_id: int, fields: Mapping[str, str], *, by: Actor, now: dt.datetime) -> Paper:
    """Write on a draft. Conflict once it is issued: what went out never changes."""
    paper = paper_to_work(paper_id, by, "draft")
    kind = spec_of(paper.kind)
    told = said(kind, fields)
    changes = {"fields": told, "written_at": now, "written_by": by.account_id}
    before = paper.fields
    paper.fields = told
    changes["title"] = title_of(paper, kind, now)
    if Paper.objects.filter(pk=paper.pk, state="draft").update(**changes) != 1:
        raise Conflict(_("文书已不是草稿，不能修改。"), advice=_("已制发的文书如有错误，请撤回后另行制发。"))
    paper.refresh_from_db()
    index_paper(paper, kind)
    changed = sorted(key for key in told if told[key] != before.get(key))
    record("paper.write", paper, by=by, now=now, after={"title": paper.title, "changed": changed})
    return paper


def said(kind: PaperKind, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields of the kind as plain text, no others."""
    told = {one.key: str(fields.get(one.key, "")).strip() for one in kind.fields}
    long = [one.label for one in kind.fields if len(told[one.key]) > (LONGEST if one.shape == "section" else 200)]
    if long:
        raise Invalid(_("“%(label)s”太长。") % {"label": long[0]}, advice=_("单行不超过 200 字，正文栏目不超过 10 万字。"))
    return told


def title_of(paper: Paper, kind: PaperKind, now: dt.datetime) -> str:
    """The title as its pattern reads on this day."""
    day = clock.day_of(now)
    firm = paper.subject.name if paper.subject else ""
    values = {**paper.fields, "unit": paper.unit.name, "firm": firm, "year": str(day.year), "day": in_words(day)}
    return filled(kind.title, values)[:300]
