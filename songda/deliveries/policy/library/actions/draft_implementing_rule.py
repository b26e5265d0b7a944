"""Draft implementing rules 起草实施细则: by hand, from a guide as read, or as the next version of those there are."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import document_to_change, require, rule_to_draft
from songda.deliveries.policy.library.actions.receive_document import read_or_refuse
from songda.deliveries.policy.library.actions.store_guide import cover, new_rule, next_number, store_guide
from songda.deliveries.policy.library.models import ImplementingRuleVersion, ImplementingSource
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.registry.actors import Actor, require_area

COPIED = (
    "rule_id", "title", "area_path", "conditions", "papers", "steps", "department_id", "time_limit_days", "payment_basis", "contact",
    "valid_until",
)  # fmt: skip


@transaction.atomic
def draft_implementing_rule(
    *, title: str, area_path: str, by: Actor, now: dt.datetime, code: str = "", demonstration: bool = False
) -> ImplementingRuleVersion:
    """New rules by hand, with nothing but a name. A department drafts for itself: it answers for what it drafts."""
    require(by, "policy.draft")
    require_area(by, area_path)
    if not title.strip():
        raise Invalid(_("请填写细则名称。"), fields={"title": _("名称不能为空。")})
    rule = new_rule(code, demonstration=demonstration)
    version = ImplementingRuleVersion.objects.create(
        rule=rule,
        number=1,
        title=title.strip()[:160],
        area_path=area_path,
        department_id=None if by.may("policy.edit") else by.organisation_id,
        drafted_at=now,
        edited_by=by.account_id,
        edited_at=now,
    )
    record("policy.draft_rule", version, by=by, now=now, after={"code": rule.code, "title": version.title})
    return version


@transaction.atomic
def draft_rule_from(document_id: int, *, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """Draft from a document that the reader did not take for a guide, or again; Invalid where it tells nothing of the handling."""
    document = document_to_change(document_id, by)
    known = ImplementingRuleVersion.objects.filter(sources__document=document, state__in=("draft", "reviewed")).first()
    if known is not None:
        raise Conflict(
            _("这份文件已读成实施细则草稿：《%(title)s》。") % {"title": known.title}, advice=_("请在那份草稿上修改。")
        )
    drafted = store_guide(document, read_or_refuse(document.text), by=by, now=now)
    if drafted is None:
        message = _("《%(title)s》里没有读出办理条件、材料、步骤或时限。") % {"title": document}
        raise Invalid(message, advice=_("请手工起草实施细则。"), code="no_guide")
    return drafted


@transaction.atomic
def revise_implementing_rule(version_id: int, *, by: Actor, now: dt.datetime) -> ImplementingRuleVersion:
    """The next version of published rules as a draft with the same content and measures; one at a time."""
    version = rule_to_draft(version_id, by)
    siblings = ImplementingRuleVersion.objects.filter(rule=version.rule)
    if version.state not in ("published", "superseded") or siblings.filter(state__in=("draft", "reviewed")).exists():
        raise Conflict(_("“%(title)s”不能修订：它还没有发布，或已有修订中的版本。") % {"title": version.title})
    draft = ImplementingRuleVersion(**{name: getattr(version, name) for name in COPIED}, number=next_number(version.rule))
    draft.drafted_at, draft.edited_by, draft.edited_at = now, by.account_id, now
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        raise Conflict(_("他人刚刚开始修订这份细则。"), advice=_("请刷新后在已有的修订稿上修改。")) from error
    cover(draft, version.coverages.values_list("measure_id", flat=True))
    ImplementingSource.objects.bulk_create(
        ImplementingSource(
            version=draft, part=one.part, document_id=one.document_id, article_id=one.article_id, start=one.start, end=one.end,
            quote=one.quote,
        )
        for one in version.sources.all()
    )  # fmt: skip
    record("policy.revise_rule", draft, by=by, now=now, after={"from": version.pk, "number": draft.number})
    return draft
