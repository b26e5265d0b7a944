"""Coverage equals an independent recount in plain SQL over the raw rows of generated data; gaps have reasons and next steps."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import connection

from songda.deliveries.policy.push.actions import ask_officers, decline_by_link, push_measures, resend_otherwise
from songda.deliveries.policy.push.models import Push
from songda.deliveries.policy.push.queries import Cut, firms_behind, messages_behind, tables, unreached, whole
from songda.deliveries.policy.push.states import Gap
from songda.kernel.errors import Invalid, NotPermitted
from songda.ledger.cases.models import Case
from songda.ledger.cases.tests.ground import lay
from songda.ledger.notices.access import link_token
from songda.ledger.notices.actions import send_due
from songda.ledger.notices.models import Group, Notice, NoticeDelivery, NoticeLine
from songda.ledger.notices.rules.outcomes import Fate, Outcome
from songda.ledger.notices.states import DELIVERY
from songda.ledger.notices.tests.post import Postman, reachable
from songda.registry.people.models import Assignment, Contact
from songda.registry.people.tests.cast import DAY, NOW, SINCE, firm

AREA = "4101/03/"
WAYS = ("dingtalk", "wecom")
RECOUNT = """
SELECT COUNT(DISTINCT CASE WHEN s.kind = 'enterprise' AND d.state IN ('sent','delivered','opened','acted') THEN s.id END),
       COALESCE(SUM(CASE WHEN d.state IN ('sent','delivered','opened','acted') THEN d.members ELSE 0 END), 0),
       COUNT(DISTINCT CASE WHEN s.kind = 'enterprise' AND d.state IN ('opened','acted') THEN s.id END),
       SUM(CASE WHEN d.state = 'failed' THEN 1 ELSE 0 END), SUM(CASE WHEN d.state = 'unknown' THEN 1 ELSE 0 END)
FROM notices_noticedelivery d JOIN notices_notice n ON n.id = d.notice_id LEFT JOIN subjects_subject s ON s.id = n.subject_id
WHERE d.post_id IS NULL AND n.cause LIKE 'push:%%' AND d.area_path LIKE '4101/03/%%' AND """


@pytest.fixture
def generated(cast):
    """Three pushes of two units about three topics to sixty subjects on three channels over four days, in every state; a group too."""
    dice = random.Random(7)
    kinds = ("enterprise", "enterprise", "project")
    places = (cast.street_office, cast.zone, cast.other_street)
    subjects = [firm(f"示例{n}", places[n % 3], f"G{n:03d}", kind=kinds[n % len(kinds)]) for n in range(60)]
    for number in range(3):
        unit = cast.bureau if number else cast.zone
        made = Push.objects.create(title=f"推送{number}", area_path="4101/03/", unit=unit, created_at=NOW, name="示例")
        for subject in subjects:
            notice = Notice.objects.create(
                subject=subject,
                area_path=subject.area_path,
                cause=f"push:{made.pk}",
                title="示例",
                body_digest="",
                created_at=NOW,
            )
            topic = number + 1
            NoticeLine.objects.create(notice=notice, subject=subject, topic="measure_version", topic_id=topic, text="示例")
            for channel in dice.sample(("inbox", "dingtalk", "wecom"), dice.randint(1, 3)):
                message(notice, channel, dice)
    group = Group.objects.create(
        code="g", name="示例群", channel="wecom_group", members=450, counted_on=DAY, area_path="4101/03/"
    )
    notice = Notice.objects.create(
        group=group, area_path="4101/03/", cause=f"push:{made.pk}", title="示例", body_digest="", created_at=NOW
    )
    message(notice, "wecom_group", dice, members=450, state="sent")
    return cast


def message(notice, channel, dice, members=1, state=""):
    state = state or dice.choice(list(DELIVERY.states))
    contact = reachable(notice.subject, channel, f"{channel}{notice.pk}") if notice.subject else None
    sent = NOW - dt.timedelta(days=dice.randint(0, 3)) if state in ("sent", "delivered", "opened", "acted") else None
    NoticeDelivery.objects.create(
        notice=notice, contact=contact, channel=channel, members=members, area_path=notice.area_path, key=f"{notice.pk}{channel}",
        state=state, next_at=NOW, link_digest=f"{notice.pk}{channel}", sent_at=sent,
    )  # fmt: skip


def recount(condition):
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT + condition)
        return tuple(cursor.fetchone())


def figures(row):
    return (row.firms, row.person_times, row.firms_opened, row.failed, row.unknown)


@pytest.mark.row("POL-08")
def test_every_figure_equals_an_independent_recount(generated):
    by, since = generated.dispatcher, DAY - dt.timedelta(weeks=8)
    one = whole(by, Cut())
    firms, times, opened, failed, unknown = recount("1 = 1")
    assert (one.firms, one.person_times, one.firms_opened) == (firms, times, opened)
    assert (one.in_state("failed"), one.in_state("unknown")) == (failed, unknown)
    assert one.group_times == 450
    assert 0 < firms < times
    told = "EXISTS (SELECT 1 FROM notices_noticeline l WHERE l.notice_id = n.id AND l.topic_id = %s)"
    where = {
        "measure": told,
        "channel": "d.channel = '%s'",
        "day": "date(d.sent_at) = '%s'" if connection.vendor == "sqlite" else "CAST(d.sent_at AT TIME ZONE 'UTC' AS date) = '%s'",
        "area": "d.area_path = '%s'",
        "unit": "n.cause IN (SELECT 'push:' || p.id FROM policy_push_push p WHERE p.unit_id = %s)",
    }
    checked = 0
    for table in tables(by, Cut(), since=since):
        for _name, row in table.lines:
            assert figures(row) == recount(where[table.field] % row.name.removeprefix("=")), (table.field, row.name)
            assert figures(row)[1] == whole(by, shown(table.field, row.name)).person_times
            checked += 1
    assert checked >= 3 + 4 + 4 + 2 + 2


def shown(field, name):
    """The cut that a line's link shows."""
    keys = {"measure": int, "unit": int, "day": dt.date.fromisoformat}
    return Cut(**{field: keys.get(field, str)(name)})


@pytest.mark.row("POL-08")
def test_each_number_is_its_rows(generated):
    by = generated.dispatcher
    for which in (
        Cut(),
        Cut(measure=2),
        Cut(channel="dingtalk"),
        Cut(day=DAY),
        Cut(unit=generated.bureau.pk),
        Cut(area="4101/03/001/"),
    ):
        one = whole(by, which)
        assert firms_behind(by, which, "firms").count() == one.firms
        assert sum(row.members for row in messages_behind(by, which, "times")) == one.person_times
        assert messages_behind(by, which, "failed").count() == one.in_state("failed")
    assert whole(generated.stranger, Cut()).person_times != whole(by, Cut()).person_times


def reasons(board):
    found = unreached(board.cast.dispatcher, on=DAY)
    return {gap: {board.name_of(one) for one in some} for gap, some in found.items() if some}


@pytest.mark.row("POL-08")
def test_who_is_eligible_and_was_never_reached_has_a_reason(matched):
    assert reasons(matched) == {Gap.NEVER_PUSHED: {"one", "two", "three"}, Gap.NO_CONTACT: {"four"}}
    push_measures([one.pk for one in matched.versions.values()], AREA, WAYS, by=matched.cast.dispatcher, now=NOW)
    assert reasons(matched)[Gap.UNDERWAY] == {"one", "two", "three"}
    postman = Postman(answers=[Outcome(Fate.TAKEN), Outcome(Fate.REFUSED, reason="停机"), Outcome(Fate.REFUSED, reason="停机")])
    send_due(clock=lambda: NOW, channels={"dingtalk": postman, "wecom": Postman()})
    assert reasons(matched) == {Gap.FAILED: {"two", "three"}, Gap.NO_CONTACT: {"four"}}
    reachable(matched.firms["two"], "wecom", "w-two")
    keys = [matched.firms[name].pk for name in ("two", "three")]
    done = resend_otherwise(keys, ["wecom"], by=matched.cast.dispatcher, now=NOW)
    assert (done.done, done.nobody) == (1, 1)
    send_due(clock=lambda: NOW + dt.timedelta(minutes=2), channels={"dingtalk": Postman(), "wecom": Postman()})
    assert reasons(matched) == {Gap.FAILED: {"three"}, Gap.NO_CONTACT: {"four"}}
    assert NoticeLine.objects.filter(subject=matched.firms["two"]).count() == 1, "nothing is told anew"


@pytest.mark.row("POL-08")
def test_officers_are_asked_once_for_a_contact(matched):
    lay()
    Assignment.objects.create(subject=matched.firms["four"], post_id=matched.cast.officer.post_id, starts_on=SINCE)
    four = [matched.firms["four"].pk]
    done = ask_officers(Gap.NO_CONTACT, four, by=matched.cast.dispatcher, now=NOW)
    assert (done.done, done.known, done.nobody) == (1, 0, 0)
    assert ask_officers(Gap.NO_CONTACT, four, by=matched.cast.dispatcher, now=NOW).known == 1
    case = Case.objects.get()
    assert (case.title, case.holder_id) == ("取得企业联系方式", matched.cast.officer.post_id)
    for gap, chosen, by, error in (
        (Gap.FAILED, four, matched.cast.dispatcher, Invalid),
        (Gap.NO_CONTACT, [], matched.cast.dispatcher, Invalid),
        (Gap.NO_CONTACT, four, matched.cast.leader, NotPermitted),
    ):
        with pytest.raises(error):
            ask_officers(gap, chosen, by=by, now=NOW)


def test_the_link_in_a_message_declines_its_own_address_alone(matched):
    push_measures([matched.versions["small"].pk], AREA, WAYS, by=matched.cast.dispatcher, now=NOW)
    one = NoticeDelivery.objects.filter(channel="dingtalk").get()
    decline_by_link(link_token(one.key, NOW), now=NOW)
    declined = Contact.objects.exclude(declined_at=None)
    assert [contact.pk for contact in declined] == [one.contact_id]
