"""The main job run once, from an empty database to delivered notices: every step through the real actions."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.models import Count, QuerySet

from songda.deliveries.policy.compendium.models import Edition
from songda.deliveries.policy.guides.models import GuideVersion
from songda.deliveries.policy.library.actions import (
    confirm_implementing_rule,
    confirm_measure,
    publish_implementing_rule,
    publish_measure,
    publish_package,
)
from songda.deliveries.policy.library.models import Document, ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.matching.actions import match_everything
from songda.deliveries.policy.matching.models import MatchRun
from songda.deliveries.policy.push.actions import push_measures
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.push.queries import cause_of, evidence_for
from songda.deliveries.policy.push.queries.outcome import deliveries_of
from songda.kernel import clock
from songda.kernel.origin import acting_from
from songda.kernel.paths import within
from songda.ledger.cases.actions import sweep_clocks
from songda.ledger.cases.models import Case
from songda.ledger.notices.actions import send_due
from songda.ledger.notices.models import Notice
from songda.ledger.notices.queries import evidence_of
from songda.ledger.notices.queries.channels import channels_file
from songda.portal import configuration
from songda.portal.demo.bulletin_reading import bulletin_read, read_one
from songda.portal.demo.bulletining import issue_bulletins, issued
from songda.portal.demo.compiling import compile_edition
from songda.portal.demo.days import TODAY
from songda.portal.demo.delivering import deliver, delivered
from songda.portal.demo.founding import city_stands, found_city
from songda.portal.demo.guiding import put_in_force
from songda.portal.demo.ledger import Amount, fill_ledger
from songda.portal.demo.people import ZONE, accounts, actor, appoint_everyone, password
from songda.portal.demo.proving import lay_proofs
from songda.portal.demo.registers import declared
from songda.portal.demo.replay import replay, replayed, texts
from songda.portal.demo.resuming import order_things, resumed_things
from songda.portal.demo.returning import file_returns, returned
from songda.portal.demo.talking import talk, talked
from songda.portal.demo.tallying import make, tallied
from songda.portal.demo.targeting import set_targets, targets_set
from songda.portal.demo.visiting import visit, visited
from songda.portal.packs.applying import apply_pack
from songda.portal.standins.commands import channels as standin_channels
from songda.portal.standins.platform import Platform
from songda.portal.standins.server import running
from songda.registry.actors import Actor, system
from songda.registry.facts import queries as facts
from songda.registry.facts.models import Fact
from songda.registry.organisations import queries as organisations
from songda.registry.people.models import Account
from songda.registry.subjects.models import Subject

STANDIN_PORT = 8099
SINCE = dt.date(2020, 1, 1)
LEDGER_SINCE = dt.date(2020, 2, 10)
CASES, OPEN_CASES = 2600, 700
CHANNELS = ("inbox", "dingtalk", "wecom")
Progress = Callable[[str, int, int], None]  # stage, done, of how many (0: not known)


@dataclass(slots=True)
class Stage:
    """One step with its time; `done` is False where it was done before and is left alone."""

    name: str
    seconds: float
    done: bool


@dataclass(slots=True)
class Demonstration:
    """The figures of the demonstration, all counted from rows."""

    subjects: int = 0
    firms: int = 0
    facts: int = 0
    measures: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    notices: int = 0
    firms_reached: int = 0
    person_times: int = 0
    messages_received: int = 0
    cases: int = 0
    seconds: float = 0.0
    stages: list[Stage] = field(default_factory=list)
    password: str = ""
    accounts: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def today() -> dt.date:
    """The demonstration's present day."""
    return clock.day_of(clock.now())


def begin_clock() -> None:
    """Let the demonstration begin at nine on the day the texts speak of; one that has begun goes on from there."""
    nine = clock.start_of(TODAY) + dt.timedelta(hours=9)
    settings.CLOCK_SHIFT = configuration.keep_shift(settings.HOME, nine - (clock.now() - settings.CLOCK_SHIFT))


class Run:
    """A run of the demonstration on the day the texts speak of."""

    def __init__(self, pack: Path, progress: Progress) -> None:
        self.pack, self.progress = pack, progress
        self.report = Demonstration()
        begin_clock()

    def everything(self) -> Demonstration:
        """All stages in order; those done in an earlier run are left alone."""
        started = time.perf_counter()
        with acting_from("demo"):
            self.stage("migrate", lambda: call_command("migrate", verbosity=0))
            self.stage("pack", self.load_pack)
            self.stage("city", self.raise_city, needed=not city_stands())
            self.stage("people", self.appoint, needed=not Account.objects.exists())
            self.stage("publish", self.publish, needed=not published().exists())
            self.stage("guides", self.guide, needed=not GuideVersion.objects.exists())
            self.stage("edition", self.compile, needed=not Edition.objects.exists())
            self.stage("match", self.match, needed=not MatchRun.objects.exists())
            self.stage("push", self.push, needed=not Push.objects.exists())
            self.stage(
                "ledger", self.fill, needed=not Case.objects.exclude(channel="plan").exists()
            )  # tasks of the plan are there
            self.stage("replay", self.tell_again, needed=not replayed())
            self.stage("visits", self.visit, needed=not visited())
            self.stage("receipts", self.hand_out, needed=not delivered())
            self.stage("talks", self.talk, needed=not talked())
            self.stage("resumption", self.order, needed=not resumed_things())
            self.stage("targets", self.target, needed=not targets_set())
            self.stage("returns", self.file, needed=not returned())
            self.stage("bulletins", self.issue, needed=not issued())
            self.stage("tallies", self.tally, needed=not tallied())
            self.stage("reading", self.read_bulletin, needed=not bulletin_read())
        self.count()
        self.report.seconds = round(time.perf_counter() - started, 2)
        return self.report

    def stage(self, name: str, work: Callable[[], object], *, needed: bool = True) -> None:
        """One timed stage."""
        self.progress(name, 0, 0)
        started = time.perf_counter()
        if needed:
            work()
        self.report.stages.append(Stage(name, round(time.perf_counter() - started, 2), needed))
        self.progress(name, 1, 1)

    def tally(self) -> None:
        """The daily tallies so far, and what boards show of every district."""
        make(by=system("演示"), now=clock.now())

    def load_pack(self) -> None:
        """The campaign's pack; nothing where the same content is there."""
        apply_pack(self.pack, by=system("装载活动包"), now=clock.now())

    def raise_city(self) -> None:
        """The invented city."""
        found_city(
            declared(), facts.catalogue(), demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now(),
            said=lambda _code, done, of: self.progress("city", done, of),
        )  # fmt: skip

    def appoint(self) -> None:
        """Posts and accounts."""
        appoint_everyone(
            demonstration=settings.DEMONSTRATION, secret=settings.SECRET_KEY, since=SINCE, by=system("演示"), now=clock.now()
        )

    def publish(self) -> None:
        """The editor confirms every draft, another person publishes each package; so with the implementing rules."""
        editor, publisher = actor("editor", today()), actor("publisher", today())
        drafts = list(MeasureVersion.objects.filter(state="draft", rule_version__isnull=False).order_by("pk"))
        for at, draft in enumerate(drafts, 1):
            confirm_measure(draft.pk, by=editor, now=clock.now())
            self.progress("publish", at, len(drafts))
        ready = Document.objects.filter(articles__cited_by__version__state="reviewed").distinct().order_by("pk")
        for document in list(ready.filter(within(publisher.area_paths, "area_path"))):
            publish_package(document.pk, by=publisher, now=clock.now())
        # Documents of the state and the province are not this publisher's: the measures that stand on them go one by one.
        for left in list(MeasureVersion.objects.filter(state="reviewed").order_by("pk")):
            publish_measure(left.pk, by=publisher, now=clock.now())
        for rules in ImplementingRuleVersion.objects.filter(state="draft").order_by("pk"):
            confirm_implementing_rule(rules.pk, by=editor, now=clock.now())
            publish_implementing_rule(rules.pk, by=publisher, now=clock.now())

    def guide(self) -> None:
        """The district's plan, the guides, whom to ask."""
        put_in_force(actor("editor", today()), actor("publisher", today()), actor("desk", today()), clock.now())

    def compile(self) -> None:
        """One edition of the compendium."""
        compile_edition(ZONE, actor("editor", today()), actor("publisher", today()), clock.now())

    def match(self) -> None:
        """Every published measure against every subject."""
        match_everything(
            by=actor("dispatcher", today()), now=clock.now(), progress=lambda done, of: self.progress("match", done, of)
        )

    def push(self) -> None:
        """What is published for the zone to every firm it fits, and on to the stand-in of the messaging platforms."""
        path = organisations.by_code(ZONE).area_path
        versions = list(published().filter(area_path=path).values_list("pk", flat=True))
        with standin() as platform:
            push_measures(versions, path, CHANNELS, by=actor("dispatcher", today()), now=clock.now(), title="高新区支持政策推送")
            send_due(clock=clock.now)
            self.report.messages_received = len(platform.received)

    def fill(self) -> None:
        """Matters in every state since the texts' first weeks, and what the clocks owe for them."""
        amount = Amount(CASES, OPEN_CASES, clock.start_of(LEDGER_SINCE))
        fill_ledger(
            amount, seed="ledger", by=system("演示"), now=clock.now(), progress=lambda done, of: self.progress("ledger", done, of)
        )
        lay_proofs(by=system("演示"), now=clock.now())
        while sweep_clocks(now=clock.now()).looked:
            pass

    def tell_again(self) -> None:
        """What the texts count of two units, as the ledger would have kept it."""
        for one in texts():
            replay(one, demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def visit(self) -> None:
        """Officers at firms, with what they found."""
        visit(lambda name: actor(name, today()), demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def hand_out(self) -> None:
        """The district's plan to its industrial firms above scale."""
        deliver(demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def talk(self) -> None:
        """New documents, applications upward, briefings, explanations, a letter."""
        talk(demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def target(self) -> None:
        """Yearly targets with the values of the first months, and entries into the statistical register."""
        set_targets(lambda name: actor(name, today()), demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def file(self) -> None:
        """What units return: the figures of the texts, and three weeks of invented dailies."""
        file_returns(demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def order(self) -> None:
        """What the headquarters orders about resumption."""
        order_things(lambda name: actor(name, today()), demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def read_bulletin(self) -> None:
        """An invented bulletin, read and partly judged."""
        read_one(actor("statistician", today()), demonstration=settings.DEMONSTRATION, now=clock.now())

    def issue(self) -> None:
        """The four bulletins of the texts, one restated, and a news item."""
        issue_bulletins(demonstration=settings.DEMONSTRATION, by=system("演示"), now=clock.now())

    def count(self) -> None:
        """Read every figure from its rows."""
        report, dispatcher = self.report, actor("dispatcher", today())
        kinds = dict(Subject.objects.values_list("kind").annotate(Count("pk")))
        report.subjects, report.firms, report.facts = sum(kinds.values()), kinds.get("enterprise", 0), Fact.objects.count()
        report.measures, report.cases = published().count(), Case.objects.count()
        latest = {run.version_id: run for run in MatchRun.objects.order_by("pk")}.values()
        report.verdicts = {
            "是": sum(run.yes for run in latest),
            "否": sum(run.no for run in latest),
            "待核": sum(run.unknown for run in latest),
        }
        push = Push.objects.order_by("pk").first()
        if push is not None:
            report.notices = Notice.objects.filter(cause=cause_of(push)).count()
            report.person_times = evidence_for(push, dispatcher).person_times
            report.firms_reached = reached_firms(push, dispatcher)
        report.password = password(settings.SECRET_KEY)
        report.accounts = [asdict(one) for one in accounts()]


def published() -> QuerySet[MeasureVersion]:
    """Published versions."""
    return MeasureVersion.objects.filter(state="published")


def reached_firms(push: Push, by: Actor) -> int:
    """Distinct enterprises (not projects) with a delivery of a push that arrived."""
    return evidence_of(deliveries_of(push, by)).firms


@contextmanager
def standin(port: int = STANDIN_PORT) -> Iterator[Platform]:
    """The stand-in of the messaging platforms, with the channels pointing at it."""
    platform = Platform()
    with running(platform, port) as server:
        site = "http://127.0.0.1:8000"
        channels_file().write_text(json.dumps(standin_channels(server, site), indent=2), encoding="utf-8")
        yield platform
