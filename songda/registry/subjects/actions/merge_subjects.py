"""Join two rows that stand for one subject, and part them again. Nothing is deleted and no fact is moved."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import actions as audit
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.registry.actors import Actor
from songda.registry.subjects import access
from songda.registry.subjects.actions.rename_subject import keep_alias
from songda.registry.subjects.models import Alias, Merge, Subject


@transaction.atomic
def merge_subjects(kept_id: int, merged_id: int, *, reason: str, by: Actor, now: dt.datetime) -> Merge:
    """Let `merged` stand under `kept`: its name becomes an alias, its facts are read as the kept one's from now on.

    Refused: one and the same row, two different credit codes (two bodies in law), and keeping the row without a code.
    """
    kept, merged = access.subject_for(kept_id, by), access.subject_for(merged_id, by)
    _check(kept, merged)
    moved = Subject.objects.filter(pk=merged.pk, merged_into=None).update(merged_into=kept)
    if moved != 1:
        raise Conflict(_("“%(name)s”已被合并。") % {"name": merged.name}, advice=_("请刷新页面后再看。"))
    merge = Merge.objects.create(kept=kept, merged=merged, reason=reason, merged_at=now)
    if merged.name != kept.name:
        keep_alias(kept, merged.name, Alias.Kind.VARIANT, source=_source(merge))
    audit.record("subject.merge", kept, by=by, now=now, after={"merged": merged.pk, "reason": reason})
    return merge


@transaction.atomic
def undo_merge(merge_id: int, *, by: Actor, now: dt.datetime) -> Merge:
    """Part two rows again: each stands for itself as before the merge."""
    merge = Merge.objects.select_related("merged").filter(pk=merge_id).first()
    if merge is None:
        raise NotFound(_("没有这次合并。"))
    kept = access.subject_for(merge.kept_id, by)
    if Merge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=now) != 1:
        raise Conflict(_("这次合并已经撤销。"), advice=_("请刷新页面后再看。"))
    Subject.objects.filter(pk=merge.merged_id, merged_into=kept).update(merged_into=None)
    kept.aliases.filter(source=_source(merge)).delete()
    audit.record("subject.undo_merge", kept, by=by, now=now, before={"merged": merge.merged_id})
    merge.refresh_from_db()
    return merge


def _check(kept: Subject, merged: Subject) -> None:
    if kept.pk == merged.pk:
        raise Invalid(_("请选择两个不同的主体。"))
    if kept.uscc and merged.uscc:
        raise Invalid(
            _("两个主体的统一社会信用代码不同，依法是两个主体，不能合并。"), advice=_("若其中一个代码录错，请先更正代码。")
        )
    if merged.uscc:
        raise Invalid(_("应保留有统一社会信用代码的一方。"), advice=_("请把两个主体对调后再合并。"))


def _source(merge: Merge) -> str:
    return f"merge:{merge.pk}"
