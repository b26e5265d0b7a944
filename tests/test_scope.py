"""A stranger signed in as any role sees nothing outside his scope: every page, every role, generated from the addresses.

Everything of the other zone bears the word 乙. A part sits in zone 甲 (or at a firm there), opens every page that needs no
number, and every page about a thing with the number of a thing of zone 乙. No answer may contain 乙; a page about a thing of
乙 must refuse. The administrators' own pages (units, accounts) cover the city they sit in; here they sit in 甲 too.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from songda.deliveries.policy.library.models import (
    Annotation,
    Article,
    Document,
    Measure,
    MeasureSource,
    MeasureVersion,
    OpenCondition,
    ReadingDoubt,
)
from songda.deliveries.policy.push.models import Push
from songda.kernel import clock
from songda.kernel.audit.models import AuditEntry
from songda.kernel.doors import PUBLIC, SIGNED_IN, permission_of
from songda.ledger.alarms.models import Alarm
from songda.ledger.cases.models import Alert, Export, Group, SavedFilter
from songda.ledger.cases.tests.ground import demand, lay
from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.registry.actors import Actor
from songda.registry.intake.models import Intake
from songda.registry.people.models import Absence, Contact, OpenSession, Post
from songda.registry.people.rules.matrix import FIRM_ROLES
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import DAY, NOW, Cast, assemble, enter, hire
from songda.registry.programs.actions import Given, make_token
from songda.registry.programs.models import Token
from songda.registry.programs.rules import open_to
from tests.bulletin_things import things_of_bulletins
from tests.economy_things import things_of_economy
from tests.policy_things import things_of_policy
from tests.resumption_things import things_of_resumption
from tests.retention_things import things_of_retention
from tests.returns_things import things_of_returns
from tests.structure.test_doors import OPERATIONS, PAGES
from tests.things import things_of_delivery, things_of_service, things_of_talk, things_of_ways_in

WORD = "乙"
NO_NUMBER = re.compile(r"^[^<]*$")
ALARMS = {"alarms/", "alarms/<int:alarm_id>/"}
PURGE = "retention/purges/<int:purge_id>/"
SEEN = {"retention/", "retention/holds/", "retention/purges/", PURGE, f"{PURGE}certificate.<str:form>"}
WHOLE_HOUSE = {
    Role.SYSTEM_ADMIN: {*SEEN, "opening/", "retention/purges/new/", f"{PURGE}withdraw/"},
    Role.AUDIT_ADMIN: {"audit/", *ALARMS, *SEEN, f"{PURGE}approve/", f"{PURGE}reject/", "retention/holds/<int:hold_id>/lift/"},
    Role.SECURITY_ADMIN: ALARMS,
}  # trail, alarms and what is kept how long are one, without business content; who reads the trail leaves a row
OPEN_TO_ALL = {
    "m/<str:token>/",
    "m/<str:token>/interested/",
    "m/<str:token>/decline/",
    "markets/t/<str:code>/",
}  # the token itself is the key, tested in its room


def things_of_the_other_zone(cast: Cast) -> dict[str, object]:
    """One of everything that an address can name, all in zone 乙, with the number by the name the address gives it."""
    path = cast.other_zone.area_path
    firm = cast.other_firm
    type(firm).objects.filter(pk=firm.pk).update(name="示例乙地建材有限公司", name_core="乙地建材")
    clerk = hire(Role.ENTERPRISE_CLERK, of=firm, name="乙企业联系人")
    document = Document.objects.create(
        title="乙区支持办法", level="district", area_path=path, text="乙区正文", digest="b" * 64, received_at=NOW, issued_on=DAY
    )
    article = Article.objects.create(document=document, number="1", label="一、", title="乙条", start=0, end=4, ordinal=1)
    version = MeasureVersion.objects.create(
        measure=Measure.objects.create(code="yi-1"),
        number=1,
        title="乙措施",
        kind="service",
        benefit="乙",
        area_path=path,
        drafted_at=NOW,
    )
    source = MeasureSource.objects.create(version=version, article=article, start=0, end=4, quote="乙区正文")
    mark = Annotation.objects.create(
        document=document, kind="key_point", note="乙标注", start=0, end=4, quote="乙区正文", made_at=NOW
    )
    doubt = ReadingDoubt.objects.create(document=document, kind="figure", weight=1, message="乙疑点", start=0, end=1)
    condition = OpenCondition.objects.create(version=version, quote="乙条件", start=0, end=1)
    push = Push.objects.create(title="乙推送", area_path=path, created_at=NOW, name="乙")
    notice = Notice.objects.create(
        subject=firm, area_path=firm.area_path, cause=f"push:{push.pk}", title="乙通知", body_digest="c" * 64, created_at=NOW
    )
    contact = Contact.objects.create(subject=firm, channel="inbox", address="乙", starts_on=DAY)
    delivery = NoticeDelivery.objects.create(
        notice=notice,
        contact=contact,
        channel="inbox",
        area_path=firm.area_path,
        key="k",
        state="failed",
        next_at=NOW,
        link_digest="d",
    )
    intake = Intake.objects.create(
        file_name="乙.xlsx", digest="e" * 64, area_path=path, as_of=DAY, state="refused", created_at=NOW, name="乙"
    )
    lay()
    case = demand(replace(cast, firm=firm, clerk=clerk), title="乙诉求", text="乙诉求内容")
    alert = Alert.objects.create(
        case=case,
        clock="resolve",
        cycle=1,
        level="red",
        act="supervise",
        owed_at=NOW,
        at=NOW,
        to="holder",
        area_path=path,
        sheet="乙督办",
    )
    group = Group.objects.create(title="乙共性问题", area_path=path, opened_at=NOW)
    type(case).objects.filter(pk=case.pk).update(group=group)
    away = hire(Role.DEPARTMENT_DESK, at=cast.other_street, name="乙请假人")
    leave = Absence.objects.create(post_id=away.post_id, starts_on=DAY, ends_on=DAY, reason="乙", noted_at=NOW)
    service = things_of_service(WORD, firm, cast.other_zone, Post.objects.get(pk=away.post_id), case, NOW)
    token = Token.objects.create(
        post_id=away.post_id, name="乙程序", digest="t" * 64, tail="0000", made_at=NOW, expires_on=DAY + dt.timedelta(days=9)
    )
    kept = SavedFilter.objects.create(person_id=clerk.person_id, name="乙筛选", query="", at=NOW)
    export = Export.objects.create(post_id=clerk.post_id, query="乙", asked_at=NOW)
    talk = things_of_talk(WORD, firm, cast.other_zone, NOW) | things_of_delivery(WORD, firm, document, NOW)
    talk["contact_id"] = contact.pk
    ways_in = things_of_ways_in(WORD, Post.objects.get(pk=clerk.post_id), clerk.account_id or 0, NOW)
    talk["alarm_id"] = Alarm.objects.create(rule="refusals", about="post:0", name="乙", opened_at=NOW, last_at=NOW).pk
    signed_in = OpenSession.objects.create(
        session_key="b" * 64,
        account_id=clerk.account_id,
        opened_at=NOW,
        seen_at=NOW,
        device="乙",
        expire_date=NOW.replace(year=2099),
    )
    talk["session_digest"] = signed_in.pk
    talk["digest"] = "d" * 64  # of a file of officers that somebody else has sent
    talk |= things_of_retention(WORD, firm, Post.objects.get(pk=away.post_id), NOW) | {"form": "pdf"}
    talk |= things_of_resumption(WORD, firm, cast.other_zone, NOW) | things_of_returns(WORD, cast.other_zone, NOW)
    talk |= things_of_bulletins(WORD, cast.other_zone, NOW) | things_of_economy(WORD, firm, cast.other_zone, NOW)
    return ways_in | service | things_of_policy(WORD, article, version, NOW) | talk | {
        "step_name": "hold", "token_id": token.pk,
        "case_id": case.pk, "name": "progress", "alert_id": alert.pk, "filter_id": kept.pk, "export_id": export.pk,
        "subject_id": firm.pk, "document_id": document.pk, "article_id": article.pk, "version_id": version.pk,
        "condition_id": condition.pk, "source_id": source.pk, "annotation_id": mark.pk, "doubt_id": doubt.pk, "push_id": push.pk, "notice_id": notice.pk, "delivery_id": delivery.pk,
        "intake_id": intake.pk, "person_id": clerk.person_id, "account_id": clerk.account_id, "post_id": clerk.post_id,
        "group_id": group.pk, "absence_id": leave.pk, "organisation_id": cast.other_zone.pk, "merge_id": 0, "code": "no-such-thing", "dictionary_id": 0,
        "section": "no-such-section", "entry": "no-such-entry", "change_id": 0,
    }  # fmt: skip


def address_of(route: str, numbers: dict[str, object]) -> str:
    """The route with the other zone's numbers; a name that nobody knows fails the test: teach it above."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(numbers[name[1]]), route)


def part(role: Role, cast: Cast) -> Actor:
    """A person in this role in zone 甲."""
    return hire(role, of=cast.firm) if role in FIRM_ROLES else hire(role, at=cast.zone)


@pytest.fixture
def on_the_day(settings) -> None:
    """The clock stands at the cast's day."""
    settings.CLOCK_SHIFT += NOW - clock.now()


@pytest.mark.django_db
@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.usefixtures("on_the_day")
def test_nobody_sees_outside_his_scope(role: Role, client: Client) -> None:
    cast = assemble()
    numbers, actor = things_of_the_other_zone(cast), part(role, cast)
    enter(client, actor)
    routes = [route for route, page in PAGES if route not in WHOLE_HOUSE.get(role, ()) and opens(page, actor)]
    told = [fault for route in routes if (fault := trespass(client, route, numbers))]
    assert told == []


@pytest.mark.django_db
@pytest.mark.row("SUP-19")
@pytest.mark.parametrize("role", [Role.JOURNALIST, Role.EMPLOYEE])
@pytest.mark.usefixtures("on_the_day")
def test_a_closed_door_stays_closed(role: Role, client: Client) -> None:
    """What the walk above leaves out: doors that a post's rights do not open, tried one by one as who has the fewest."""
    cast = assemble()
    numbers, actor = things_of_the_other_zone(cast), part(role, cast)
    enter(client, actor)
    shut = [route for route, page in PAGES if not opens(page, actor)]
    answers = {route: client.post(address_of(route, numbers)).status_code for route in shut}
    assert len(shut) > len(PAGES) / 2
    assert {route: code for route, code in answers.items() if code not in (403, 405)} == {}


def opens(page: URLPattern, actor: Actor) -> bool:
    """Whether a page's door lets this post in."""
    permission = permission_of(page.callback)
    return permission in (PUBLIC, SIGNED_IN) or (permission is not None and actor.may(permission))


def trespass(client: Client, route: str, numbers: dict[str, object]) -> str:
    """What a page gives away, or nothing."""
    if route in OPEN_TO_ALL:
        return ""
    address, about_a_thing = address_of(route, numbers), not NO_NUMBER.match(route)
    answer = client.get(address)
    if about_a_thing and answer.status_code == 405:
        done = AuditEntry.objects.exclude(action="access.refuse")
        written = done.count()
        answer = client.post(address)
        if done.count() != written or answer.status_code == 200:
            return f"/{route} acts on a thing of the other zone ({answer.status_code})"
    body = answer.content.decode() if "text" in answer.headers.get("Content-Type", "") else ""
    if WORD in body:
        return f"/{route} shows the other zone ({answer.status_code})"
    if about_a_thing and answer.status_code == 200:
        return f"/{route} opens a thing of the other zone"
    return f"/{route} fails ({answer.status_code})" if answer.status_code >= 500 else ""


@pytest.mark.django_db
@pytest.mark.usefixtures("on_the_day")
def test_the_test_sees_a_trespass(client: Client) -> None:
    """The same rounds as a desk of zone 乙 find the word: the test is not blind."""
    cast = assemble()
    numbers = things_of_the_other_zone(cast)
    assert Post.objects.filter(organisation=cast.other_zone).exists() is False
    enter(client, hire(Role.POLICY_EDITOR, at=cast.other_zone))
    told = [fault for route, _page in PAGES if (fault := trespass(client, route, numbers))]
    assert len(told) >= 4


@pytest.mark.django_db
@pytest.mark.usefixtures("on_the_day")
def test_who_is_not_signed_in_is_sent_to_the_doorstep(client: Client) -> None:
    numbers = things_of_the_other_zone(assemble())
    open_doors = []
    for route, page in PAGES:
        address = address_of(route, numbers | {"token": "forged"})
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        guarded = permission_of(page.callback) != PUBLIC
        assert answer.status_code < 500, route
        assert WORD not in answer.content.decode(), route
        if guarded and not turned_away(route, answer):
            open_doors.append((route, answer.status_code))
    assert open_doors == []


def turned_away(route: str, answer: HttpResponse) -> bool:
    """Sent to sign in; a program without a token is told so."""
    if route.startswith("api/") and answer.status_code == 401:
        return True
    return answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/")


@pytest.mark.django_db
@pytest.mark.row("SUP-19")
@pytest.mark.usefixtures("on_the_day")
def test_no_program_sees_outside_its_scope(client: Client) -> None:
    """The same rounds through the programs' door, with tokens of all that a post may give, and with the numbers of zone 乙."""
    cast = assemble()
    numbers, told, gave = things_of_the_other_zone(cast), [], 0
    for role in Role:
        actor = part(role, cast)
        if offered := open_to(actor.permissions):
            text = make_token(Given("程序", offered, DAY + dt.timedelta(days=9)), by=actor, now=NOW).text
            headers, gave = {"Authorization": f"Bearer {text}"}, gave + 1
            found = {address: seen_through(client, address, one.methods[0], numbers, headers) for address, one in OPERATIONS}
            told += [f"{role} {address} {fault}" for address, fault in found.items() if fault]
    assert gave > 20
    assert told == []


def seen_through(client: Client, address: str, method: str, numbers: dict[str, object], headers: dict[str, str]) -> str:
    """What an operation gives away of zone 乙, or nothing. What is sent along would do, if the thing were in sight."""
    path = address.partition(" ")[2]
    about = "{" in path and "{code}" not in path
    asked = "/api/v1" + re.sub(r"{(\w+)}", lambda name: str(numbers[name[1]]), path)
    if method == "GET":
        answer = client.get(asked, headers=headers)
    else:
        body = SENT[path] | ({"subject_id": numbers["subject_id"]} if path == "/demands" else {})
        body |= {"organisation_id": numbers["organisation_id"]} if path == "/values" else {}
        answer = client.post(asked, body, "application/json", headers={**headers, "Idempotency-Key": "k" * 20})
    if answer.status_code >= 500 or answer.status_code in (405, 422):
        return f"fails ({answer.status_code}) {answer.content.decode()}"
    if (about or method == "POST") and answer.status_code == 200:
        return "opens a thing of the other zone"
    return "shows the other zone" if WORD in answer.content.decode() else ""


SENT: dict[str, dict[str, object]] = {
    "/cases/{case_id}/steps": {"step": "remark", "note": "x"},
    "/demands": {"title": "x"},
    "/demands/{case_id}/steps": {"step": "take"},
    "/subjects/{subject_id}/facts": {"code": "headcount", "value": "48人"},
    "/returns/{return_id}/draft": {"lines": {}},
    "/values": {"code": "x", "number": "1", "as_of": "2020-03-01T00:00:00+08:00", "source": "x"},
}


def test_every_address_is_walked() -> None:
    assert all(isinstance(page, URLPattern) for _route, page in PAGES)
    assert len(PAGES) > 40
