"""One of everything that the rooms of service, meetings, evidence and places keep, all of it in one zone, for the test of scope."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.briefings import models as briefings
from songda.deliveries.policy.library.models import Document, Measure, MeasureVersion
from songda.deliveries.policy.receipts import models as receipts
from songda.deliveries.policy.watch import models as watch
from songda.deliveries.service.helping import models as helping
from songda.deliveries.service.markets import models as markets
from songda.deliveries.service.visits import models as visits
from songda.ledger.cases.models import Case
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.mirrors import models as mirrors
from songda.ledger.notices.models import Event, Hook, Notice, NoticeDelivery
from songda.ledger.papers import models as papers
from songda.office.dispatch import models as dispatch
from songda.office.indicators import models as indicators
from songda.registry.identities.models import Identity
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Post
from songda.registry.places.models import Place
from songda.registry.subjects.models import Subject


def things_of_service(word: str, firm: Subject, unit: Organisation, post: Post, case: Case, now: dt.datetime) -> dict[str, int]:
    """The numbers by the names that addresses give them; every text bears `word`."""
    return {
        **_visits(word, firm, unit, post, now),
        **_teams(word, firm, unit, post, now),
        **_desks(word, firm, unit, post, case, now),
        **_office(word, unit, post, now),
        **_market(word, firm, now),
        **_papers(word, firm, unit, case, now),
        "place_id": _place(word, unit),
        "evidence_id": _evidence(word, firm, now).pk,
    }


def _visits(word: str, firm: Subject, unit: Organisation, post: Post, now: dt.datetime) -> dict[str, int]:
    path, day = unit.area_path, now.date()
    visit = visits.Visit.objects.create(
        purpose=f"{word}走访", kind="routine", unit=unit, post=post, starts_at=now, planned_at=now
    )
    stop = visits.Stop.objects.create(visit=visit, seq=1, subject=firm, area_path=path)
    finding = visits.Finding.objects.create(stop=stop, kind="issue", text=f"{word}问题", request_key=f"{word}-finding")
    approach = visits.Approach.objects.create(
        subject=firm, area_path=path, way="call", purpose=f"{word}电话", unit=unit, post=post, on=day, month=day.replace(day=1),
        noted_at=now,
    )  # fmt: skip
    plan = visits.Plan.objects.create(subject=firm, number=1, goals=f"{word}目标", post=post, review_on=day, made_at=now)
    line = visits.PlanLine.objects.create(plan=plan, seq=1, text=f"{word}措施", owner=unit, due_on=day)
    production = visits.Production.objects.create(subject=firm, product=f"{word}产品", unit="吨", normal=1, capacity=1)
    return {
        "visit_id": visit.pk, "stop_id": stop.pk, "finding_id": finding.pk, "approach_id": approach.pk, "plan_id": plan.pk,
        "line_id": line.pk, "production_id": production.pk,
    }  # fmt: skip


def _teams(word: str, firm: Subject, unit: Organisation, post: Post, now: dt.datetime) -> dict[str, int]:
    day = now.date()
    team = helping.Team.objects.create(
        kind="squad", name=f"{word}小分队", lead=unit, area_path=unit.area_path, leader_rank="section", starts_on=day
    )
    member = helping.TeamMember.objects.create(team=team, post=post, starts_on=day)
    station = helping.Station.objects.create(subject=firm, post=post, starts_on=day)
    return {"team_id": team.pk, "member_id": member.pk, "station_id": station.pk}


def _desks(word: str, firm: Subject, unit: Organisation, post: Post, case: Case, now: dt.datetime) -> dict[str, int]:
    path, day = unit.area_path, now.date()
    enquiry = helping.Enquiry.objects.create(
        unit=unit, area_path=path, channel="phone", question=f"{word}问", asked_at=now, recorded_name=word
    )
    entry = helping.Knowledge.objects.create(
        area_path=path, question=f"{word}问", answer=f"{word}答", written_at=now, written_name=word
    )
    letter = helping.Feedback.objects.create(
        kind="thanks", unit=unit, area_path=path, text=f"{word}信", received_on=day, recorded_name=word
    )
    paper = _evidence(f"{word}委托", firm, now)
    power = helping.PowerOfAttorney.objects.create(
        subject=firm, agent=post, scope=f"{word}委托", paper=paper, starts_on=day, ends_on=day, given_name=word
    )
    package = helping.ServicePackage.objects.create(grade=word, title=f"{word}服务包", area_path=path, starts_on=day)
    right = helping.Entitlement.objects.create(package=package, service=f"{word}服务", quota=1, period="month")
    span = helping.DelaySpan.objects.create(case=case, first_on=day, last_on=day, reason=f"{word}延误", claimed_name=word)
    return {
        "enquiry_id": enquiry.pk, "knowledge_id": entry.pk, "feedback_id": letter.pk, "power_id": power.pk,
        "entitlement_id": right.pk, "span_id": span.pk,
    }  # fmt: skip


def _office(word: str, unit: Organisation, post: Post, now: dt.datetime) -> dict[str, int]:
    path, day = unit.area_path, now.date()
    meeting = dispatch.Meeting.objects.create(
        kind="weekly", title=f"{word}例会", area_path=path, held_on=day, called_at=now, called_name=word
    )
    special = dispatch.SpecialCase.objects.create(title=f"{word}专案", area_path=path, leader=post, due_on=day, opened_at=now)
    return {"meeting_id": meeting.pk, "special_id": special.pk, "value_id": _value(word, unit, now), **_reading(word, unit, now)}


def _value(word: str, unit: Organisation, now: dt.datetime) -> int:
    said = {"unit": "人", "counts": "people", "spread": "moment", "origin": "returned", "population": word, "basis": word}
    version = indicators.IndicatorVersion.objects.create(
        code="heads",
        number=1,
        label=f"{word}人数",
        body={"code": "heads", "label": f"{word}人数", **said},
        since=now,
        retired_at=now,
    )
    return indicators.Value.objects.create(
        indicator=version, code="heads", organisation=unit, area_path=unit.area_path, as_of=now, since=now.date(), number=1,
        origin="returned", source=f"{word}局", recorded_at=now,
    ).pk  # fmt: skip


def _reading(word: str, unit: Organisation, now: dt.datetime) -> dict[str, int]:
    source = indicators.SourceText.objects.create(code="another", title=f"{word}简报", issuer=word, recorded_at=now)
    reading = indicators.Reading.objects.create(
        source=source,
        organisation=unit,
        area_path=unit.area_path,
        text=f"{word}区新增9家",
        digest="c" * 64,
        read_at=now,
        read_name=word,
    )
    figure = indicators.ReadFigure.objects.create(
        reading=reading, number=1, start=4, end=6, value="9", unit="家", kind="measure", precision="exact"
    )
    return {"reading_id": reading.pk, "number": figure.number}


def _place(word: str, unit: Organisation) -> int:
    return Place.objects.create(
        kind="site", name=f"{word}工地", name_key=word, home=unit, area_path=unit.area_path, form="point",
        points=[[34_000_000, 113_000_000]], south=34_000_000, north=34_000_000, west=113_000_000, east=113_000_000,
    ).pk  # fmt: skip


def _evidence(word: str, firm: Subject, now: dt.datetime) -> Evidence:
    file = StoredFile.objects.create(digest=f"{word}-digest", size=1, media_type="text/plain", stored_at=now)
    return Evidence.objects.create(
        file=file, kind="record", name=f"{word}.txt", subject=firm, area_path=firm.area_path, given_at=now, given_name=word
    )


def _market(word: str, firm: Subject, now: dt.datetime) -> dict[str, int]:
    plan = markets.MarketPlan.objects.create(
        subject=firm, number=1, zones=[[f"{word}区", 5]], slots=["周一"], drafted_name=word, drafted_at=now
    )
    stall = markets.Stall.objects.create(plan=plan, seq=1, name=f"{word}商户", zone=f"{word}区", people=1, least=1, most=1)
    return {"market_plan_id": plan.pk, "stall_id": stall.pk}


def _papers(word: str, firm: Subject, unit: Organisation, case: Case, now: dt.datetime) -> dict[str, int]:
    body = {
        "code": "thanks", "label": f"{word}信", "sort": "record", "title": f"{word}信", "number": "{mark}〔{year}〕{n}号", "retention": 10,
        "draft": ["cases.handle"], "issue": ["cases.handle"],
    }  # fmt: skip
    kind = papers.KindVersion.objects.create(code="thanks", number=1, label="感谢信", body=body, since=now, retired_at=now)
    paper = papers.Paper.objects.create(
        kind=kind, unit=unit, area_path=unit.area_path, subject=firm, readers="public", title=f"{word}文书", drafted_at=now,
        drafted_name=word, written_at=now, state="issued", series=f"{word}{{n}}", ordinal=1, number=f"{word}1", issued_at=now,
        issued_on=now.date(),
    )  # fmt: skip
    reference = mirrors.Reference.objects.create(
        case=case, system="approval", number=f"{word}1", label=f"{word}态", changed_at=now
    )
    message = mirrors.Message.objects.create(
        system="approval", external_id=f"{word}1", sequence=1, number=f"{word}1", raw={"state": word}, area_path=unit.area_path,
        received_at=now, reference=reference, fate="conflict",
    )  # fmt: skip
    return {"paper_id": paper.pk, "external_message_id": message.pk}


def things_of_talk(word: str, firm: Subject, unit: Organisation, now: dt.datetime) -> dict[str, int]:
    """New documents, applications upward, briefings, explanations and letters; every text bears `word`."""
    path, day = unit.area_path, now.date()
    arrival = watch.Arrival.objects.create(
        title=f"{word}通知", issuer=f"{word}局", source="letter", area_path=path, received_at=now, registered_at=now,
        registered_name=word, due_at=now,
    )  # fmt: skip
    bid = watch.Bid.objects.create(
        title=f"{word}资金", issuer=f"{word}厅", sort="fund", area_path=path, opens_on=day, closes_on=day, due_on=day, lead=unit,
        planned_at=now, planned_name=word,
    )  # fmt: skip
    paper = watch.BidPaper.objects.create(bid=bid, ordinal=1, title=f"{word}材料")
    reminder = watch.Reminder.objects.create(kind="missed", bid=bid, on=day, to="none", area_path=path, at=now)
    briefing = briefings.Briefing.objects.create(
        title=f"{word}宣讲", medium="online", speaker=unit, area_path=path, starts_at=now, ends_at=now + dt.timedelta(hours=1),
        state="open", planned_at=now, planned_name=word, join_link="https://example.org/", replay_link="https://example.org/",
    )  # fmt: skip
    material = briefings.Material.objects.create(briefing=briefing, evidence=_evidence(f"{word}讲稿", firm, now))
    question = briefings.Question.objects.create(
        briefing=briefing, subject=firm, area_path=path, text=f"{word}提问", asked_at=now, asked_name=word
    )
    version = MeasureVersion.objects.create(
        measure=Measure.objects.create(code="talk-1"), number=1, title=f"{word}讲解措施", kind="service", benefit=word, area_path=path,
        drafted_at=now,
    )  # fmt: skip
    article = briefings.Interpretation.objects.create(
        measure=version.measure, based_on=version, number=1, title=f"{word}解读", body=word, state="published", written_at=now,
        written_name=word,
    )  # fmt: skip
    letter = briefings.Letter.objects.create(
        title=f"{word}去信",
        body=word,
        version=version,
        audience="fitting",
        area_path=path,
        signer=word,
        written_at=now,
        written_name=word,
    )
    copy = briefings.LetterCopy.objects.create(letter=letter, subject=firm, area_path=firm.area_path, text=f"致{word}")
    return {
        "arrival_id": arrival.pk, "bid_id": bid.pk, "bid_paper_id": paper.pk, "reminder_id": reminder.pk, "briefing_id": briefing.pk,
        "material_id": material.pk, "question_id": question.pk, "interpretation_id": article.pk, "letter_id": letter.pk, "copy_id": copy.pk,
    }  # fmt: skip


def things_of_delivery(word: str, firm: Subject, document: Document, now: dt.datetime) -> dict[str, int]:
    """A delivery of texts with its one recipient and its receipt; every text bears `word`."""
    handout = receipts.Handout.objects.create(
        title=f"{word}送达", area_path=firm.area_path, began_at=now, digest=word, name=word, note=f"{word}说明"
    )
    receipts.HandoutItem.objects.create(handout=handout, document=document, title=document.title, ordinal=0)
    recipient = receipts.Recipient.objects.create(handout=handout, subject=firm, name=firm.name, area_path=firm.area_path)
    receipt = receipts.Receipt.objects.create(recipient=recipient, method="online", received_at=now, name=word, recorded_at=now)
    return {"handout_id": handout.pk, "recipient_id": recipient.pk, "receipt_id": receipt.pk}


def things_of_ways_in(word: str, post: Post, account_id: int, now: dt.datetime) -> dict[str, int | str]:
    """An identity bound to an account, and a hook of a post with an event told to it; every text bears `word`."""
    identity = Identity.objects.create(provider="gov", realm=word, subject=word, account_id=account_id, bound_at=now)
    hook = Hook.objects.create(post=post, label=f"{word}推送", url=f"https://{word}.example/", events=["case.step"], made_at=now)
    event = Event.objects.create(number=f"evt_{word}", type="case.step", at=now, data={"case": word})
    notice = Notice.objects.create(post=post, area_path=word, cause=word, title=f"{word}事件", body_digest=word, created_at=now)
    NoticeDelivery.objects.create(
        notice=notice, post=post, hook=hook, event=event, channel="webhook", area_path=word, key=f"{word}-hook", state="failed",
        next_at=now, link_digest=f"{word}-hook",
    )  # fmt: skip
    return {"identity_id": identity.pk, "hook_id": hook.pk, "provider": "gov"}
