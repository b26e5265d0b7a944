"""Letters: whom one would go to, what it says to each, what came of it, and how it is printed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from songda.deliveries.policy.briefings.access import copies_visible_to
from songda.deliveries.policy.briefings.models import Letter, LetterCopy
from songda.deliveries.policy.briefings.rules.merging import merged
from songda.deliveries.policy.briefings.states import Audience
from songda.deliveries.policy.matching import queries as matching
from songda.engines.printing import Align, Block, PageBreak, Paper, Paragraph, Run, Signed, paragraphs
from songda.kernel import clock
from songda.kernel.prints import to_docx, to_pdf
from songda.ledger.notices.models import NoticeDelivery
from songda.ledger.notices.states import REACHED
from songda.registry.actors import Actor
from songda.registry.people.models import Assignment
from songda.registry.subjects.access import visible_to
from songda.registry.subjects.models import Subject

TOPIC = "letter"
MEASURE = "measure_version"
MOST_PRINTED = 300
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a letter: copies, of which sent by a channel, arrived, printed, opened by the firm here, answered; on no way yet."""

    copies: int
    noticed: int
    arrived: int
    printed: int
    opened: int
    answered: int
    nowhere: int


def cause_of(letter: Letter) -> str:
    """The cause that the letter's notices carry."""
    return f"letter:{letter.pk}"


def audience_of(letter: Letter, actor: Actor, *, on: dt.date) -> list[int]:
    """The firms a letter would go to now, in the actor's sight, by number."""
    if letter.audience == Audience.RULE:
        here = matching.standing_in(letter.area_path, "enterprise").filter(pk__in=visible_to(actor).values("pk"))
        return sorted(matching.sift(letter.rule, list(here.values_list("pk", flat=True)), on=on).reasons)
    if letter.version_id is None:
        return []
    fitting = matching.presently_fitting([letter.version_id], letter.area_path, actor)
    keys = set(fitting.values_list("subject_id", flat=True))
    if letter.audience == Audience.UNREACHED:
        keys -= reached(letter.version_id)
    return sorted(keys)


def reached(version_id: int) -> set[int]:
    """Firms that a message about this measure has reached."""
    rows = NoticeDelivery.objects.filter(state__in=REACHED, notice__lines__topic=MEASURE, notice__lines__topic_id=version_id)
    return set(rows.values_list("notice__subject_id", flat=True))


def texts_for(letter: Letter, subject_ids: Sequence[int], *, on: dt.date) -> list[tuple[Subject, str]]:
    """What the letter says to each firm. Three queries for five hundred firms."""
    found: list[tuple[Subject, str]] = []
    for start in range(0, len(subject_ids), CHUNK):
        keys = subject_ids[start : start + CHUNK]
        officers = _officers(keys)
        firms = Subject.objects.filter(pk__in=keys).select_related("home").order_by("pk")
        found += [(one, merged(letter.body, _values(letter, one, officers.get(one.pk, ""), on))) for one in firms]
    return found


def _officers(subject_ids: Iterable[int]) -> dict[int, str]:
    rows = Assignment.objects.filter(subject__in=list(subject_ids), ends_on=None).select_related("post__person")
    return {row.subject_id: row.post.person.name for row in rows}


def _values(letter: Letter, subject: Subject, officer: str, on: dt.date) -> dict[str, str]:
    version = letter.version
    return {
        "企业名称": subject.name,
        "企业代码": subject.uscc or subject.local_number or "",
        "所在辖区": subject.home.short_name if subject.home else "",
        "措施名称": version.title if version else "",
        "支持内容": version.benefit if version else "",
        "受理截止": _day(version.closes_on) if version and version.closes_on else "长期有效",
        "服务专员": officer or "待指派",
        "日期": _day(on),
    }


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def outcome_of(letter: Letter, actor: Actor) -> Outcome:
    """What came of a letter in the actor's sight. Two queries."""
    rows = copies_visible_to(actor).filter(letter=letter)
    arrived = NoticeDelivery.objects.filter(notice__cause=cause_of(letter), state__in=REACHED)
    counted = rows.aggregate(
        copies=Count("pk"),
        nowhere=Count("pk", filter=Q(noticed=False, printed_at=None)),  # before the count of that name hides the column
        noticed=Count("pk", filter=Q(noticed=True)),
        arrived=Count("pk", filter=Q(subject__in=arrived.values("notice__subject_id"))),
        printed=Count("pk", filter=Q(printed_at__isnull=False)),
        opened=Count("pk", filter=Q(opened_at__isnull=False)),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
    )
    return Outcome(**counted)


def copies_of(letter: Letter, actor: Actor, *, nowhere: bool = False) -> QuerySet[LetterCopy]:
    """The copies in sight, by number; `nowhere`: only those neither sent nor printed."""
    rows = copies_visible_to(actor).filter(letter=letter)
    return (rows.filter(noticed=False, printed_at=None) if nowhere else rows).order_by("pk")


def states_by_firm(letter: Letter, subject_ids: Iterable[int]) -> dict[int, list[NoticeDelivery]]:
    """The deliveries of a letter to these firms. One query."""
    found: defaultdict[int, list[NoticeDelivery]] = defaultdict(list)
    rows = NoticeDelivery.objects.filter(notice__cause=cause_of(letter), notice__subject__in=list(subject_ids))
    for row in rows.select_related("notice").order_by("pk"):
        found[int(row.notice.subject_id or 0)].append(row)
    return dict(found)


def printed(letter: Letter, copies: Sequence[LetterCopy], *, word: bool = False) -> bytes:
    """The copies as one file, each on a page of its own."""
    day = clock.day_of(letter.sent_at or letter.written_at)
    blocks: list[Block] = []
    for copy in copies:
        if blocks:  # the paper's own title stands over the first
            blocks += [PageBreak(), Paragraph((Run(letter.title, strong=True),), indent=False, align=Align.CENTRE)]
        blocks += [Paragraph(f"{copy.subject.name}：", indent=False), *paragraphs(copy.text), Signed(letter.signer, _day(day))]
    paper = Paper(title=letter.title, blocks=tuple(blocks), stamp="演示数据" if letter.demonstration else "")
    return to_docx(paper) if word else to_pdf(paper)
