"""Who may see and change documents, measures and implementing rules: published ones within reach of everyone, drafts of editors in scope only.

A policy reaches the subtree of its `area_path`, so a reader sees those of the areas above (which apply to them) and of the
areas below (which they answer for). These tables hold hundreds of rows, not thousands: scopes are joined by OR.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import (
    Annotation,
    Article,
    Document,
    ImplementingRuleVersion,
    MeasureSource,
    MeasureVersion,
    OpenCondition,
    ReadingDoubt,
)
from songda.kernel import paths
from songda.kernel.errors import NotPermitted
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject

PUBLIC_STATES = ("published", "superseded")
_Thing = TypeVar("_Thing", bound=Model)


def measures_visible_to(actor: Actor) -> QuerySet[MeasureVersion]:
    """Published and superseded versions that reach the actor's areas, and drafts for editors in scope."""
    return MeasureVersion.objects.filter(visible_measures(actor))


def documents_visible_to(actor: Actor) -> QuerySet[Document]:
    """Documents with a visible published measure; for editors also all that reach their areas, to relate their own to."""
    told = MeasureSource.objects.filter(version__in=measures_visible_to(actor)).values("article__document_id")
    return Document.objects.filter(Q(pk__in=told) | (reaching(actor) if edits(actor) else Q(pk__in=())))


def visible_measures(actor: Actor) -> Q:
    """The condition behind `measures_visible_to`, for joins from other tables of versions."""
    told = Q(state__in=PUBLIC_STATES) & reaching(actor)
    return told | within(actor) if edits(actor) else told


def version_for(version_id: int, actor: Actor) -> MeasureVersion:
    """A version the actor may read; NotFound otherwise."""
    return _one(measures_visible_to(actor).select_related("measure", "rule_version__rule", "department"), version_id)


def document_for(document_id: int, actor: Actor) -> Document:
    """A document the actor may read; NotFound otherwise."""
    return _one(documents_visible_to(actor), document_id)


def version_to_edit(version_id: int, actor: Actor) -> MeasureVersion:
    """A version for an editor's step."""
    require(actor, "policy.edit")
    return _one(MeasureVersion.objects.filter(within(actor)).select_related("measure", "rule_version"), version_id)


def version_to_publish(version_id: int, actor: Actor) -> MeasureVersion:
    """A version for a publisher's step."""
    require(actor, "policy.publish")
    return _one(MeasureVersion.objects.filter(within(actor)).select_related("measure", "rule_version"), version_id)


def version_to_contact(version_id: int, actor: Actor) -> MeasureVersion:
    """A version whose measure's contact card the actor keeps: an editor in scope, or the department that answers for it."""
    require(actor, "policy.draft")
    return _one(MeasureVersion.objects.filter(drafting(actor)).select_related("measure", "department"), version_id)


def document_to_change(document_id: int, actor: Actor, permission: str = "policy.edit") -> Document:
    """A document for a step that needs `permission`."""
    require(actor, permission)
    return _one(Document.objects.filter(within(actor)), document_id)


def article_to_edit(article_id: int, actor: Actor) -> Article:
    """An article of a document in the editor's scope."""
    require(actor, "policy.edit")
    return _one(Article.objects.filter(within(actor, "document__")).select_related("document"), article_id)


def condition_to_settle(condition_id: int, actor: Actor) -> OpenCondition:
    """An open condition of a version in the editor's scope."""
    require(actor, "policy.edit")
    return _one(OpenCondition.objects.filter(within(actor, "version__")).select_related("version"), condition_id)


def source_to_edit(source_id: int, actor: Actor) -> MeasureSource:
    """A cited piece of a version in the editor's scope."""
    require(actor, "policy.edit")
    return _one(
        MeasureSource.objects.filter(within(actor, "version__")).select_related("version", "article__document"), source_id
    )


def annotation_to_edit(annotation_id: int, actor: Actor) -> Annotation:
    """An annotation on a document in the editor's scope."""
    require(actor, "policy.edit")
    return _one(Annotation.objects.filter(within(actor, "document__")).select_related("document"), annotation_id)


def doubt_to_settle(doubt_id: int, actor: Actor) -> ReadingDoubt:
    """A doubt of the reader about a document in the editor's scope."""
    require(actor, "policy.edit")
    return _one(ReadingDoubt.objects.filter(within(actor, "document__")).select_related("document"), doubt_id)


def rules_visible_to(actor: Actor) -> QuerySet[ImplementingRuleVersion]:
    """Implementing rules: published and superseded versions that reach the actor's areas; drafts for those who may write them."""
    told = Q(state__in=PUBLIC_STATES) & reaching(actor)
    return ImplementingRuleVersion.objects.filter(told | drafting(actor))


def rule_for(version_id: int, actor: Actor) -> ImplementingRuleVersion:
    """A version of implementing rules the actor may read; NotFound otherwise."""
    return _one(rules_visible_to(actor).select_related("rule", "department"), version_id)


def rule_to_draft(version_id: int, actor: Actor) -> ImplementingRuleVersion:
    """A version to be written: by an editor in scope, or by the department that answers for it."""
    require(actor, "policy.draft")
    return _one(ImplementingRuleVersion.objects.filter(drafting(actor)).select_related("rule", "department"), version_id)


def rule_to_change(version_id: int, actor: Actor, permission: str) -> ImplementingRuleVersion:
    """A version for a step of an editor or publisher in scope."""
    require(actor, permission)
    rows = ImplementingRuleVersion.objects.filter(within(actor)).select_related("rule", "department")
    return _one(rows, version_id)


def drafting(actor: Actor) -> Q:
    """Versions of implementing rules the actor works on: an editor's area, a department's own."""
    if edits(actor):
        return within(actor)
    return Q(department=actor.organisation_id) if actor.may("policy.draft") and actor.organisation_id else Q(pk__in=())


def looks(actor: Actor) -> None:
    """Refuse a post that has nothing to do with policies."""
    if not (actor.may("policy.see") or (actor.subject_id is not None and actor.may("firm.read"))):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系安全管理员。"))


def require(actor: Actor, permission: str) -> None:
    """Refuse a post without the permission; the system itself (loading a pack) drafts, and never confirms or publishes."""
    if not actor.may(permission) and not (actor.role == "system" and permission in ("policy.edit", "policy.draft")):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换到政策编辑或政策发布岗位。"))


def require_whole_place(actor: Actor) -> None:
    """Refuse a post that does not answer for every territory of the installation: what it does would reach the others."""
    if Organisation.objects.exclude(area_path="").exclude(paths.within(actor.area_paths, "area_path")).exists():
        raise NotPermitted(_("此事影响全部辖区，您的管辖范围不够。"), advice=_("请由上级的政策编辑或政策发布岗位办理。"))


def edits(actor: Actor) -> bool:
    """Whether the post works on drafts."""
    return actor.may("policy.edit") or actor.may("policy.publish") or actor.role == "system"


def within(actor: Actor, prefix: str = "") -> Q:
    """Rows of the areas the actor answers for."""
    return paths.within(actor.area_paths, f"{prefix}area_path")


def reaching(actor: Actor) -> Q:
    """Rows of areas above the actor's, which reach them, and for posts (not firms) of areas below."""
    if actor.subject_id is not None:
        return Q(area_path__in=paths.above(Subject.objects.filter(pk=actor.subject_id).values_list("area_path", flat=True)))
    return within(actor) | Q(area_path__in=paths.above(actor.area_paths))


def _one(rows: QuerySet[_Thing], key: int) -> _Thing:
    return one_of(rows.filter(pk=key), _("没有这份文件或措施，或它不在您的范围内。"), advice=_("请从列表重新进入。"))
