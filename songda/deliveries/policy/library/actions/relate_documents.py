"""Relate documents 文件关系 and their clauses: implements 落实, adds to 增补, supersedes 替代 (POL-04)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import article_to_edit, document_for, document_to_change
from songda.deliveries.policy.library.actions.supersede import supersede_versions
from songda.deliveries.policy.library.models import (
    Article,
    ArticleRelation,
    Document,
    DocumentRelation,
    MeasureSource,
    MeasureVersion,
)
from songda.deliveries.policy.library.rules.standing import closes_circle, may_implement
from songda.deliveries.policy.library.states import Relation
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.registry.actors import Actor


@transaction.atomic
def set_relation(lower_id: int, upper_id: int, *, kind: str, by: Actor, now: dt.datetime) -> DocumentRelation:
    """Say how a document stands to another. Refused: a circle, itself, or implementing a document of a lower level.

    Superseding needs the publisher's permission: published measures that stand on the superseded document alone end.
    """
    permission = "policy.publish" if kind == Relation.SUPERSEDES else "policy.edit"
    lower, upper = document_to_change(lower_id, by, permission), document_for(upper_id, by)
    refuse_standing(lower, upper, kind)
    try:
        with transaction.atomic():
            relation = DocumentRelation.objects.create(lower=lower, upper=upper, kind=kind)
    except IntegrityError as error:
        raise Conflict(_("这个关系已经登记过。")) from error
    ended = supersede_versions(standing_alone_on(upper), by=by, now=now) if kind == Relation.SUPERSEDES else 0
    record("policy.relate", lower, by=by, now=now, after={"upper": upper.pk, "kind": kind, "ended": ended})
    return relation


def refuse_standing(lower: Document, upper: Document, kind: str) -> None:
    """Itself, circles, and a superior document said to implement a lower one."""
    if kind not in Relation.values:
        raise Invalid(_("没有这种关系。"), fields={"kind": _("请选择落实、增补或替代。")})
    if closes_circle(lower.pk, upper.pk, DocumentRelation.objects.values_list("lower_id", "upper_id")):
        raise Invalid(_("文件不能直接或间接地以自己为上位文件。"), advice=_("请核对两份文件的先后与层级。"))
    if kind != Relation.SUPERSEDES and not may_implement(lower.level, upper.level):
        message = _("%(lower)s文件不能落实或增补%(upper)s文件。") % {
            "lower": lower.get_level_display(),
            "upper": upper.get_level_display(),
        }
        raise Invalid(message, advice=_("请把上位文件与本文件对调。"))


def standing_alone_on(document: Document) -> list[MeasureVersion]:
    """Published versions all of whose sources are in this document or in others already superseded."""
    gone = DocumentRelation.objects.filter(kind=Relation.SUPERSEDES).values("upper_id")
    held = MeasureSource.objects.exclude(article__document__in=gone).values("version_id")
    cited = MeasureSource.objects.filter(article__document=document).values("version_id")
    return list(MeasureVersion.objects.filter(state="published", pk__in=cited).exclude(pk__in=held).select_related("measure"))


@transaction.atomic
def link_articles(lower_id: int, upper_id: int, *, kind: str, by: Actor, now: dt.datetime) -> ArticleRelation:
    """Point an article at the clause above that it implements or adds to; their documents must be related first."""
    lower = article_to_edit(lower_id, by)
    upper = Article.objects.filter(pk=upper_id).select_related("document").first()
    if upper is None:
        raise NotFound(_("没有这条上位条款。"))
    if not DocumentRelation.objects.filter(lower=lower.document, upper=upper.document).exists():
        raise Invalid(_("两份文件之间还没有登记关系。"), advice=_("请先登记本文件与上位文件的关系，再对应条款。"))
    relation, made = ArticleRelation.objects.get_or_create(lower=lower, upper=upper, defaults={"kind": kind})
    if made:
        record("policy.link_article", lower, by=by, now=now, after={"upper": upper.pk, "kind": kind})
    return relation
