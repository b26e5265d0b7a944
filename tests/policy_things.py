"""One plan and one guide of a zone, for the test of scope."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.guides.models import Guide, GuideLine, GuideVersion, IndustryGroup
from songda.deliveries.policy.library.models import Article, MeasureVersion
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
    return {"policy_plan_id": plan.pk, "row_id": row.pk, "guide_id": guide.pk}
