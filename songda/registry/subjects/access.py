"""Who may see which subjects. Every list and every page of a subject goes through here."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.paths import outermost, within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.subjects.models import Subject

__all__ = ["check_area", "subject_for", "visible_to"]


def visible_to(actor: Actor) -> QuerySet[Subject]:
    """The subjects in an actor's scope, without those merged into another.

    A firm's post sees its firm. Others see their subtrees, each a range of the index (area_path, name_key, id); several
    subtrees are a UNION, not an OR, which would read the whole table. `assigned_only` narrows to the firms assigned to
    the post today (through the reverse relation: assignments are kept a floor up, in `people`).
    """
    present = Subject.objects.filter(merged_into=None)
    if actor.subject_id is not None:
        return present.filter(pk=actor.subject_id)
    paths = outermost(actor.area_paths)
    if not paths:
        return present.none()
    present = present.filter(within(paths)) if len(paths) == 1 else present.filter(pk__in=_union(paths))
    if actor.assigned_only:
        return present.filter(assignments__post_id__in=actor.posts, assignments__ends_on=None)
    return present


def subject_for(subject_id: int, actor: Actor) -> Subject:
    """One subject in scope. NotFound for any other, whether it exists or not."""
    return one_of(
        visible_to(actor).select_related("home").filter(pk=subject_id),
        _("没有这个主体，或不在您的辖区内。"),
        advice=_("请核对编号；已合并的主体请按保留的名称查找。"),
    )


def check_area(area_path: str, actor: Actor) -> None:
    """Refuse (NotPermitted) to place a subject outside the actor's subtrees."""
    if not actor.works_in(area_path):
        raise NotPermitted(_("所选辖区不在您的管辖范围内。"), advice=_("请选择本辖区的街道或园区，或请上级办理。"))


def _union(paths: list[str]) -> QuerySet[Subject, Any]:
    first, *others = [Subject.objects.filter(within([path])).values("pk") for path in paths]
    return first.union(*others, all=True)
