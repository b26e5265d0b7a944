"""Publish 发布: by a second person, when nothing is missing and the package is as large as it says."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import document_to_change, measures_visible_to, version_to_publish
from songda.deliveries.policy.library.actions.confirm_measure import refuse_incomplete, refuse_nobody, refuse_step
from songda.deliveries.policy.library.actions.index import index_measure
from songda.deliveries.policy.library.actions.keep_contact import refuse_without_contact
from songda.deliveries.policy.library.actions.supersede import supersede_versions
from songda.deliveries.policy.library.models import Document, ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.library.queries import live_versions, package, uncovered_articles
from songda.deliveries.policy.library.states import MEASURE
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.notices.actions import announce
from songda.ledger.notices.rules.events import Happened
from songda.registry.actors import Actor
from songda.registry.rulebook import actions as rulebook


@transaction.atomic
def publish_measure(version_id: int, *, by: Actor, now: dt.datetime) -> MeasureVersion:
    """Put a confirmed version in force; the version published before is superseded in the same transaction."""
    version = version_to_publish(version_id, by)
    refuse_nobody(by)
    refuse_step(version, "publish")
    refuse_same_person(version, by)
    refuse_incomplete(version)
    refuse_without_contact(version, clock.day_of(now))
    for document in Document.objects.filter(articles__cited_by__version=version).distinct():
        refuse_wrong_count(document)
    put_in_force(version, by, now)
    return version


@transaction.atomic
def publish_package(document_id: int, *, by: Actor, now: dt.datetime) -> list[MeasureVersion]:
    """Publish all confirmed measures of a document at once: every article covered (POL-02), counts as it says (POL-18)."""
    document = document_to_change(document_id, by, "policy.publish")
    refuse_nobody(by)
    open_articles = list(uncovered_articles(document))
    if open_articles:
        labels = "、".join(str(article) for article in open_articles[:5])
        message = _("有 %(n)d 条既无措施也未说明理由：%(labels)s") % {"n": len(open_articles), "labels": labels}
        raise Invalid(message, advice=_("请逐条起草措施，或标明“无可兑现措施”的理由。"), code="uncovered")
    refuse_wrong_count(document)
    ready = list(live_versions(document).filter(state="reviewed").select_related("measure", "rule_version").order_by("pk"))
    if not ready:
        raise Invalid(_("没有已审核、待发布的措施。"), advice=_("请先由政策编辑审核确认。"))
    for version in ready:
        refuse_same_person(version, by)
        refuse_incomplete(version)
        refuse_without_contact(version, clock.day_of(now))
        put_in_force(version, by, now)
    return ready


def put_in_force(version: MeasureVersion, by: Actor, now: dt.datetime) -> None:
    """The older version out, this one in, and its rule dated."""
    supersede_versions(MeasureVersion.objects.filter(measure=version.measure, state="published"), by=by, now=now)
    move(MEASURE, version, "publish", published_by=by.account_id, published_at=now)
    if version.rule_version_id is not None:
        rulebook.take_effect(version.rule_version_id, on=clock.day_of(now), by=by, now=now)
    record("policy.publish", version, by=by, now=now, before={"state": "reviewed"}, after={"state": "published"})
    index_measure(version)
    happened = Happened(
        "measure.published", {"measure": version.measure.code, "number": version.number}, f"/policy/measures/{version.pk}/"
    )
    announce(happened, lambda actor: measures_visible_to(actor).filter(pk=version.pk), now=now)


def refuse_same_person(version: MeasureVersion | ImplementingRuleVersion, by: Actor) -> None:
    """Two persons (SUP-19): who confirmed it does not publish it. The database holds the same rule."""
    if version.confirmed_by == by.account_id:
        raise NotPermitted(
            _("“%(title)s”由您审核确认，须由另一人发布。") % {"title": version.title},
            advice=_("请交由其他有发布权限的同事办理。"),
        )


def refuse_wrong_count(document: Document) -> None:
    """The tree of a package holds as many articles and measures as its title says: 8 and 30 (POL-18)."""
    found = package(document)
    if found.articles_agree and found.measures_agree:
        return
    fields = {}
    if not found.articles_agree:
        fields["claims_articles"] = _("自称 %(said)d 条，实有 %(found)d 条。") % {
            "said": found.claims_articles or 0,
            "found": found.articles,
        }
    if not found.measures_agree:
        fields["claims_measures"] = _("自称 %(said)d 项举措，实有 %(found)d 项。") % {
            "said": found.claims_measures or 0,
            "found": found.measures,
        }
    raise Invalid(
        _("《%(title)s》的条数与其自称不符。") % {"title": document.title},
        advice=_("请补齐或撤回措施；如自称条数读错，请更正文件信息。"),
        fields=fields,
        code="wrong_count",
    )
