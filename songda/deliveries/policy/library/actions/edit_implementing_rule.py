"""Write implementing rules 修改实施细则: the fields of a draft, and the measures it covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import measures_visible_to, rule_to_draft
from songda.deliveries.policy.library.actions.changes import Changes, put, touch
from songda.deliveries.policy.library.actions.store_guide import cover
from songda.deliveries.policy.library.models import ImplementingRuleVersion
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.actors import Actor, require_area

FIELDS = frozenset(
    {
        "title", "area_path", "conditions", "papers", "steps", "department_id", "time_limit_days", "payment_basis", "contact",
        "valid_from", "valid_until",
    }
)  # fmt: skip


@transaction.atomic
def edit_implementing_rule(version_id: int, changes: Changes, *, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """Change fields of a draft. What is confirmed is returned first; what is published gets a next version."""
    version = rule_to_draft(version_id, by)
    refuse_unless_draft(version)
    if "area_path" in changes:
        require_area(by, str(changes["area_path"]))
    if (
        not by.may("policy.edit")
        and by.role != "system"
        and changes.get("department_id", by.organisation_id) != by.organisation_id
    ):
        raise NotPermitted(_("部门只能起草由本单位办理的细则。"), advice=_("改由其他单位办理的，请联系政策编辑。"))
    before, after = put(version, changes, FIELDS, state="draft")
    refuse_wrong_shape(version)
    if after:
        touch(version, by=by, now=now, state="draft")
        record("policy.edit_rule", version, by=by, now=now, before=before, after=after)
    return version


@transaction.atomic
def link_measures(version_id: int, measures: Collection[int], *, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """Let a draft cover these measures (ids) and no others. Only measures the actor can see; those linked before may stay."""
    version = rule_to_draft(version_id, by)
    refuse_unless_draft(version)
    held = set(version.coverages.values_list("measure_id", flat=True))
    wanted = set(measures)
    seen = set(measures_visible_to(by).filter(measure__in=wanted).values_list("measure_id", flat=True))
    if wanted - seen - held:
        raise NotFound(_("没有这项措施，或它不在您的范围内。"), advice=_("请从列表中选取。"))
    version.coverages.exclude(measure__in=wanted).delete()
    cover(version, wanted - held)
    if wanted != held:
        touch(version, by=by, now=now, state="draft")
        record("policy.link_rule", version, by=by, now=now, before={"measures": sorted(held)}, after={"measures": sorted(wanted)})
    return version


def refuse_unless_draft(version: ImplementingRuleVersion) -> None:
    """Only drafts are written to."""
    if version.state != "draft":
        message = _("“%(title)s”不是草稿，不能修改。") % {"title": version.title}
        raise Conflict(message, advice=_("已审核的请先退回修改；已发布的请修订为新版本。"))


def refuse_wrong_shape(version: ImplementingRuleVersion) -> None:
    """What a single column cannot judge: the order of the days, lists of names."""
    if version.valid_from and version.valid_until and version.valid_until < version.valid_from:
        raise Invalid(_("失效日期早于施行日期。"), fields={"valid_until": _("请核对日期。")})
    for name, said in (("papers", _("申报材料应为一行一项。")), ("steps", _("办理步骤应为一行一步。"))):
        lines = getattr(version, name)
        if not isinstance(lines, list) or not all(isinstance(one, str) and one.strip() for one in lines):
            raise Invalid(said, fields={name: said})
