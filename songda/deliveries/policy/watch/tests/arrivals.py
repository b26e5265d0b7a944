"""Short ways to let documents arrive and windows open."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.library.models import Article, Document, Measure, MeasureSource, MeasureVersion
from songda.deliveries.policy.push.models import Push, PushLine
from songda.deliveries.policy.watch import actions
from songda.deliveries.policy.watch.actions import NewArrival, NewBid
from songda.deliveries.policy.watch.queries import Digest
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.registry.people.tests.cast import DAY, NOW

DIGEST = Digest("暂缓缴纳保障金", "在建工程项目", "向住建部门提出，线上办理")
ONE_DAY = dt.timedelta(days=1)


def arrive(cast, title="示例上级通知", *, on=DAY, issued=None, now=NOW, **more):
    new = NewArrival(title, "示例市城乡建设局", "letter", cast.zone.area_path, on, issued or on - 2 * ONE_DAY, **more)
    return actions.receive_arrival(new, by=cast.editor, now=now)


def digested(cast, *, now=NOW, **more):
    return actions.summarise_arrival(arrive(cast, **more).pk, DIGEST, by=cast.editor, now=now)


def with_document(cast, arrival, code="w-1"):
    """A document of the library with one published measure, linked to the arrival."""
    document = Document.objects.create(
        title=arrival.title,
        level="city",
        area_path=cast.zone.area_path,
        text="示例正文",
        digest=code.rjust(64, "0"),
        received_at=NOW,
    )
    article = Article.objects.create(document=document, number="1", label="一、", title="示例", start=0, end=4, ordinal=1)
    version = MeasureVersion.objects.create(
        measure=Measure.objects.create(code=code), number=1, title="示例措施", kind="service", benefit="示例", state="published",
        area_path=cast.zone.area_path, drafted_at=NOW, time_limit_days=3,
    )  # fmt: skip
    MeasureSource.objects.create(version=version, article=article, start=0, end=4, quote="示例正文")
    actions.link_document(arrival.pk, document.pk, by=cast.editor, now=NOW)
    return version


def push_of(cast, version=None, *, at=NOW):
    made = Push.objects.create(title="示例推送", area_path=cast.zone.area_path, created_at=at, name="示例")
    if version is not None:
        PushLine.objects.create(push=made, version=version)
    return made


def plan(cast, title="示例专项资金", *, opens=DAY, closes=DAY + 20 * ONE_DAY, due=None, by=None, papers=("申报书",), **more):
    new = NewBid(
        title, "示例省科技厅", "fund", cast.bureau.pk, (opens, closes), due or closes, more.pop("sought_fen", 5_000_000_00), papers=papers,
        owner_id=more.pop("owner_id", cast.lead.post_id),
    )  # fmt: skip
    return actions.plan_bid(new, by=by or cast.lead, now=NOW)


def submitted(cast, *, now=NOW, **more):
    bid = plan(cast, **more)
    for paper in bid.papers.all():
        actions.tick_paper(paper.pk, ready=True, by=cast.lead, now=NOW)
    return actions.submit_bid(bid.pk, by=cast.lead, now=now)


def paper_of(cast, name="批复.pdf"):
    file = StoredFile.objects.create(digest=name.rjust(64, "0")[:64], size=1, media_type="application/pdf", stored_at=NOW)
    return Evidence.objects.create(
        file=file,
        kind="letter",
        name=name,
        area_path=cast.zone.area_path,
        given_at=NOW,
        given_by=cast.lead.account_id,
        given_name="示例",
    )
