"""Publish an edition 发布汇编: as it was drafted and looked at; it never changes again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.compendium.access import edition_to_change
from songda.deliveries.policy.compendium.models import Edition
from songda.deliveries.policy.compendium.queries import digest_of_edition
from songda.deliveries.policy.compendium.states import EDITION
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotPermitted
from songda.kernel.machines import move
from songda.registry.actors import Actor


@transaction.atomic
def publish_edition(edition_id: int, *, by: Actor, now: dt.datetime) -> Edition:
    """Publish what the draft holds, under a digest of it all; by another person than who drafted it. The books are printed afterwards (`print_edition`)."""
    edition = edition_to_change(edition_id, by, "policy.publish")
    if by.account_id is None or edition.drafted_by == by.account_id:
        raise NotPermitted(_("起草人不能自己发布。"), advice=_("请交由另一位有发布权限的同事发布。"))
    if not edition.entries.exists():
        raise Invalid(_("本期没有收录政策，不能发布。"), advice=_("请先归类政策文件，再重新收录。"))
    digest = digest_of_edition(edition)
    move(EDITION, edition, "publish", published_by=by.account_id, published_at=now, content_digest=digest)
    record(
        "compendium.publish", edition, by=by, now=now, before={"state": "draft"}, after={"state": "published", "digest": digest}
    )
    return edition


@transaction.atomic
def withdraw_edition(edition_id: int, *, by: Actor, now: dt.datetime) -> Edition:
    """Give a draft up; its number stays used."""
    edition = edition_to_change(edition_id, by)
    move(EDITION, edition, "withdraw")
    record("compendium.withdraw", edition, by=by, now=now, before={"state": "draft"}, after={"state": "withdrawn"})
    return edition
