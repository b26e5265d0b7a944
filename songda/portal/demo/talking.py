"""New superior documents, applications upward, briefings, explanations and a letter 跟踪、争取、宣讲、讲解、去信, by the real actions.

Of the two notices of 惠济区 only the titles and the issuer are the text's own (its facts, hj-policy-docs-2); every day, digest, window, amount,
firm and question is invented.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from songda.deliveries.policy.briefings import actions as briefings
from songda.deliveries.policy.briefings.actions import NewBriefing, NewLetter, Talk
from songda.deliveries.policy.briefings.models import Briefing
from songda.deliveries.policy.briefings.queries import fits_of
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.models import Match
from songda.deliveries.policy.watch import actions as watch
from songda.deliveries.policy.watch.actions import NewArrival, NewBid, Result
from songda.deliveries.policy.watch.models import Arrival, Bid
from songda.deliveries.policy.watch.queries import Digest, pushes_to_choose
from songda.kernel import clock
from songda.kernel.errors import NotPermitted
from songda.ledger.evidence.actions import Given, Offer, store_several
from songda.portal.demo.people import ZONE, actor
from songda.portal.demo.replay import post_of
from songda.registry.actors import Actor, house
from songda.registry.organisations import queries as organisations
from songda.registry.people.states import Role
from songda.registry.subjects.models import Subject

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
HUIJI = "410108"
DEPOSIT = "郑州市城乡建设局关于疫情防控期间暂缓或变更缴纳农民工工资保障金的通知"
PERMIT = "郑州市城乡建设局关于疫情防控期间施工许可手续办理的通知"
ISSUER = "郑州市城乡建设局"
INVENTED = "（演示）关于进一步支持示例企业稳定生产的若干意见"
QUESTIONS = ("小微企业按哪个标准认定？", "补贴大概多久到账？", "外地员工算不算用工人数？", "去年办过今年还能办吗？")
BODY = (
    "新冠肺炎疫情以来，贵单位克服困难、稳定生产，我们十分牵挂。\n经比对，“{措施名称}”适合贵单位：{支持内容}。"
    "受理截止：{受理截止}。\n请登录“送达”查看，或联系服务专员（{服务专员}），我们上门讲解、帮助办理。"
)
FIRMS, EXPLAINED = 36, 8


def talked() -> bool:
    """Whether it was done before."""
    return Arrival.objects.filter(demonstration=True).exists() or Briefing.objects.filter(demonstration=True).exists()


@transaction.atomic
def talk(*, demonstration: bool, by: Actor, now: dt.datetime) -> None:
    """All of it. Demonstration mode only."""
    if not demonstration:
        raise NotPermitted(_("演示的跟踪与宣讲只能在演示环境中进行。"))
    track(by, now)
    strive(by, now)
    brief(by, now)
    explain(now)
    write(now)
    watch.sweep(now=now)


def track(by: Actor, now: dt.datetime) -> None:
    """Two notices of 惠济区: one digested with tasks handed on, one past its limit; an invented one that was pushed."""
    group = post_of(organisations.by_code("hj-policy-group"), Role.POLICY_EDITOR, by, now)
    area, today = organisations.by_code(HUIJI).area_path, clock.day_of(now)
    first = watch.receive_arrival(
        NewArrival(DEPOSIT, ISSUER, "letter", area, today - 3 * DAY, demonstration=True), by=group, now=now - 3 * DAY
    )
    unit = organisations.by_code("hj-construction").pk
    digest = Digest(
        "演示摘要：疫情防控期间，农民工工资保障金可以暂缓缴纳或者变更缴纳方式。", "演示摘要：辖区内在建和新开工的建设工程项目。",
        "演示摘要：向区住建局提出，具体材料以正式通知为准。",
    )  # fmt: skip
    watch.summarise_arrival(first.pk, digest, by=group, now=now - 2 * DAY, tasks={"push": unit, "decompose": unit})
    late = NewArrival(PERMIT, ISSUER, "letter", area, today - 8 * DAY, demonstration=True)
    watch.receive_arrival(late, by=group, now=now - 8 * DAY)
    editor, zone = actor("editor", today), organisations.by_code(ZONE).area_path
    new = NewArrival(INVENTED, "示例省直单位", "site", zone, today - 2 * DAY, today - 6 * DAY, demonstration=True)
    third = watch.receive_arrival(new, by=editor, now=now - 2 * DAY)
    watch.summarise_arrival(third.pk, replace(digest, whats_new="演示摘要：支持稳岗、减租和研发。"), by=editor, now=now - DAY)
    for push in pushes_to_choose(third, editor).order_by("pk")[:1]:
        watch.record_push(third.pk, push.pk, by=editor, now=now, note="演示：高新区措施承接该意见，随其推送")


def strive(by: Actor, now: dt.datetime) -> list[Bid]:
    """Three windows: one in preparation, one won on evidence, one missed."""
    unit = organisations.by_code("gx-innovation")
    desk, today = post_of(unit, Role.DEPARTMENT_DESK, by, now), clock.day_of(now)
    head = post_of(unit, Role.DEPARTMENT_LEAD, by, now)

    def plan(title: str, sort: str, window: tuple[int, int], fen: int, papers: Sequence[str], at: dt.datetime) -> Bid:
        opens, closes = today + window[0] * DAY, today + window[1] * DAY
        new = NewBid(
            title, "示例省直单位", sort, unit.pk, (opens, closes), closes - 2 * DAY, fen, head.post_id, papers, demonstration=True
        )
        return watch.plan_bid(new, by=desk, now=at)

    ready = plan(
        "（演示）省级制造业发展专项资金", "fund", (-5, 9), 20_000_000_00, ("申报书", "审计报告", "信用承诺书"), now - 5 * DAY
    )
    watch.tick_paper(ready.papers.get(ordinal=1).pk, ready=True, by=desk, now=now - DAY)
    won = plan("（演示）省级双创升级试点", "pilot", (-30, -12), 5_000_000_00, ("试点方案",), now - 30 * DAY)
    watch.tick_paper(won.papers.get().pk, ready=True, by=desk, now=now - 20 * DAY)
    watch.submit_bid(won.pk, by=desk, now=now - 15 * DAY)
    words = io.BytesIO("演示批复：同意开展示例试点，安排资金300万元。".encode())
    offer = Offer(words, "批复.txt", "letter", Given(area_path=unit.area_path, request_key="demo-bid"))
    rights = house("cases.see", "cases.file", "cases.assign", "policy.see", "organisations.see")
    office = replace(rights, name=_("演示调度"), area_paths=(unit.area_path,))
    paper = store_several([offer], by=office, now=now)[0]
    watch.decide_bid(won.pk, Result(True, today - DAY, paper.pk, 3_000_000_00), by=office, now=now)
    missed = plan("（演示）国家级示范基地申报", "project", (-25, -3), 0, ("申报书",), now - 25 * DAY)
    return [ready, won, missed]


def brief(by: Actor, now: dt.datetime) -> None:
    """One briefing held, with questions answered, made cases and waiting; one to register for."""
    desk = post_of(organisations.by_code("gx-hr"), Role.DEPARTMENT_DESK, by, now)
    zone = organisations.by_code(ZONE).area_path
    versions = list(
        MeasureVersion.objects.filter(state="published", area_path=zone).order_by("pk").values_list("pk", flat=True)[:2]
    )
    firms = list(
        Subject.objects.filter(home__area_path__startswith=zone, kind="enterprise", status="open").order_by("pk")[:FIRMS]
    )

    def announce(title: str, starts: dt.datetime, capacity: int | None) -> Briefing:
        new = NewBriefing(
            title, "online", desk.organisation_id or 0, zone, starts, starts + 2 * HOUR, "政策要点、办理流程、答疑",
            join_link="https://example.org/live", capacity=capacity, version_ids=versions, demonstration=True,
        )  # fmt: skip
        made = briefings.plan_briefing(new, by=desk, now=now - 6 * DAY)
        return briefings.announce_briefing(made.pk, by=desk, now=now - 6 * DAY)

    past, coming = (
        announce("（演示）稳岗政策“云”宣讲", now - 2 * DAY, None),
        announce("（演示）研发支持政策“云”宣讲", now + 2 * DAY, 30),
    )
    for turn, subject in enumerate(firms):
        voice = replace(house("firm.read", "firm.act"), name=_("演示企业"), subject_id=subject.pk)
        if turn % 3:
            briefings.register(past.pk, by=voice, now=now - 3 * DAY)
            briefings.join_briefing(past.pk, by=voice, now=past.starts_at)
        else:
            briefings.register(coming.pk, by=voice, now=now - DAY)
        if turn < len(QUESTIONS):
            briefings.ask(past.pk, QUESTIONS[turn], by=voice, now=past.starts_at + HOUR)
    briefings.hold_briefing(past.pk, by=desk, now=now - DAY, replay_link="https://example.org/replay")
    for turn, question in enumerate(past.questions.order_by("pk")):
        if turn < 2:
            briefings.answer_question(question.pk, "演示答复：以实施细则为准，可在企业页面查看判定和理由。", by=desk, now=now)
        elif turn == 2:
            briefings.make_case(question.pk, by=desk, now=now)


def explain(now: dt.datetime) -> None:
    """The officer explains to the first of his firms what fits them; half of them confirm. An article on the first measure."""
    officer, today = actor("officer", clock.day_of(now)), clock.day_of(now)
    firms = Subject.objects.filter(assignments__post_id__in=officer.posts, assignments__ends_on=None, kind="enterprise").order_by(
        "pk"
    )
    for turn, row in enumerate(fits_of(list(firms[:EXPLAINED]))):
        if not row.fits:
            continue
        told = Talk(way="visit", demonstration=True)
        made = briefings.explain(row.subject.pk, [one.version.pk for one in row.fits[:3]], told, by=officer, now=now)
        if turn % 2:
            voice = replace(house("firm.read", "firm.act"), name=_("演示企业"), subject_id=row.subject.pk)
            briefings.confirm_explanations([one.pk for one in made], by=voice, now=now)
    version = (
        MeasureVersion.objects.filter(state="published", area_path=organisations.by_code(ZONE).area_path).order_by("pk").first()
    )
    if version is not None:
        body = f"这项政策是什么：{version.benefit}\n谁能办：打开“我能享受的政策”，系统逐条告诉您符不符合、差在哪里。\n怎么办：按页面列出的材料和渠道办理；拿不准的，问您的服务专员。"
        title = f"一看就懂：{version.title}"
        made_article = briefings.write_interpretation(
            version.pk, title, body, by=actor("editor", today), now=now, demonstration=True
        )
        briefings.publish_interpretation(made_article.pk, by=actor("publisher", today), now=now)


def write(now: dt.datetime) -> None:
    """A letter to the few firms that the rarest measure of the zone fits."""
    dispatcher, zone = actor("dispatcher", clock.day_of(now)), organisations.by_code(ZONE).area_path
    fitting = Match.objects.filter(left_on=None, version__state="published", version__area_path=zone)
    counts = dict(fitting.order_by().values_list("version").annotate(Count("pk")))
    if counts:
        rarest = min(counts, key=lambda key: (counts[key], key))
        new = NewLetter(
            "致企业的一封信", BODY, "fitting", zone, "高新区管委会（演示）", rarest, channels=["inbox"], demonstration=True
        )
        letter = briefings.write_letter(new, by=dispatcher, now=now)
        briefings.send_letter(letter.pk, by=dispatcher, now=now)
