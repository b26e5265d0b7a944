"""One plan, one guide and one edition of a zone, for the test of scope."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.compendium.models import Edition, EditionBook, EditionEntry
from songda.deliveries.policy.guides.models import Guide, GuideLine, GuideVersion, IndustryGroup
from songda.deliveries.policy.library.models import Article, EndEvent, MeasureVersion
from songda.deliveries.policy.plans.models import Plan, PlanRow


def things_of_policy(word: str, article: Article, version: MeasureVersion, now: dt.datetime) -> dict[str, int]:
    """The numbers by the names that addresses give them. Industry groups are the whole place's and bear no word."""
    path = article.document.area_path
    plan = Plan.objects.create(
        code="scope", number=1, title=f"{word}落实方案", upper=article.document, area_path=path, state="draft", drafted_at=now
    )
    row = PlanRow.objects.create(plan=plan, ordinal=1, article=article, label="一、", title=f"{word}举措")
    group = IndustryGroup.objects.create(code="scope", name="示例行业", classes=["C"], ordinal=99)
    guide = Guide.objects.create(group=group, area_path=path)
    issued = GuideVersion.objects.create(guide=guide, number=1, digest="f" * 64, issued_at=now, issuer=word)
    GuideLine.objects.create(version=issued, ordinal=1, measure=version)
    edition = Edition.objects.create(
        number="scope", title=f"{word}汇编", area_path=path, as_of=now.date(), state="published", drafted_at=now
    )
    entry = EditionEntry.objects.create(
        edition=edition, document=article.document, ordinal=1, title=f"{word}政策", level="park", digest=article.document.digest
    )
    EditionBook.objects.create(edition=edition, form="html", data=word.encode(), printed_at=now)
    event = EndEvent.objects.create(code="scope", on=now.date(), reason="示例", told_by=0, told_at=now)
    compendium = {"edition_id": edition.pk, "entry_id": entry.pk, "form": "html", "event_id": event.pk}
    return compendium | {"policy_plan_id": plan.pk, "row_id": row.pk, "guide_id": guide.pk}
