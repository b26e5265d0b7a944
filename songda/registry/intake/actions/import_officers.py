"""Take a roster of officers 干部名册 in: accounts, posts, telephones and the firms each is accountable for, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import bulk
from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.workbooks import HEAD, PLAIN, moment, workbook
from songda.registry.actors import Actor, require
from songda.registry.intake.queries.officers import Entry, Firm, Plan, plan_officers
from songda.registry.intake.rules.officers import ROLES, TITLES
from songda.registry.people.actions import NewPost, appoint
from songda.registry.people.actions.open_account import OneTime, enter, one_time
from songda.registry.people.models import Account, Assignment, Contact, Post
from songda.registry.people.rules.passwords import ONE_TIME_FOR
from songda.registry.people.states import ADMINISTRATORS

SLIPS_A_PAGE = 8
ROWS = 2000  # rows of the template that offer drop-downs


@dataclass(frozen=True)
class Taken:
    """What came of a roster: its plan, and the one-time password of each new account (login name → password), told once."""

    plan: Plan
    passwords: Mapping[str, str]
    until: dt.datetime


def import_officers(path: Path, *, by: Actor, now: dt.datetime) -> Taken:
    """Write the good rows of a roster; refused rows are told and change nothing. The same file again changes nothing."""
    require(by, "people.edit", advice=_("请联系安全管理员。"))
    plan = plan_officers(path, by=by, on=day_of(now))
    first = {username: one_time() for username in plan.newcomers}  # before the transaction: each takes a while to make
    with transaction.atomic():
        accounts = open_accounts(plan, first, by, now)
        held: dict[int, list[Firm]] = defaultdict(list)
        posts: dict[tuple[str, str, int], Post] = {}
        for entry in plan.entries:
            post = entry.post or hold_post(entry, accounts, posts, by, now)
            keep_telephone(post, entry.line.phone, by, now)
            held[post.pk] += entry.firms
        assign(held, by, now)
    return Taken(plan, {username: one.plain for username, one in first.items()}, now + ONE_TIME_FOR)


def open_accounts(plan: Plan, first: Mapping[str, OneTime], by: Actor, now: dt.datetime) -> dict[str, Account]:
    """The accounts of all good rows, new ones opened."""
    known = {one.line.username: one.account for one in plan.entries if one.account}
    opened = {username: enter(username, name, first[username], by=by, now=now) for username, name in plan.newcomers.items()}
    return {**known, **opened}


def hold_post(
    entry: Entry, accounts: Mapping[str, Account], posts: dict[tuple[str, str, int], Post], by: Actor, now: dt.datetime
) -> Post:
    """The post of a row, made once where several rows name it."""
    key = entry.line.username, entry.line.role, entry.unit.pk
    if key not in posts:
        person = accounts[entry.line.username].person_id
        new = NewPost(person, entry.line.role, organisation_id=entry.unit.pk, title=entry.line.title)
        posts[key] = appoint(new, by=by, now=now)
    return posts[key]


def keep_telephone(post: Post, phone: str, by: Actor, now: dt.datetime) -> None:
    """The telephone at which a post is told something; one that is there already stays."""
    if not phone or Contact.objects.filter(post=post, channel="sms", address=phone, ends_on=None).exists():
        return
    made = Contact.objects.create(post=post, channel="sms", address=phone, holder=post.person.name, starts_on=day_of(now))
    record("contact.add", made, by=by, now=now, after={"post": post.pk, "channel": "sms", "address": phone})


def assign(held: Mapping[int, Sequence[Firm]], by: Actor, now: dt.datetime) -> None:
    """Make each post accountable for its firms; who was before is released. One row of the trail for each post."""
    today = day_of(now)
    rows = [(firm.pk, post, today) for post, firms in held.items() for firm in firms]
    for start in range(0, len(rows), bulk.CHUNK // 10):
        some = [subject for subject, _post, _day in rows[start : start + bulk.CHUNK // 10]]
        Assignment.objects.filter(subject__in=some, ends_on=None).update(ends_on=today)
    bulk.insert(Assignment, ["subject", "post", "starts_on"], rows)
    for post in Post.objects.filter(pk__in=[pk for pk, firms in held.items() if firms]):
        told = {"firms": [firm.pk for firm in held[post.pk]]}
        was = {"posts": sorted({firm.post_id for firm in held[post.pk] if firm.post_id})}
        record("officer.assign_many", post, by=by, now=now, before=was, after=told)


def write_slips(stream: IO[bytes], taken: Taken) -> None:
    """The one-time passwords, once: a list, and slips to be cut apart and handed to their owners."""
    lines = {one.line.username: one for one in taken.plan.entries}
    with workbook(stream, {**PLAIN, "in_memory": True}) as book:
        listed, slips = book.add_worksheet(_("名单")), book.add_worksheet(_("口令条"))
        head, box = book.add_format({**HEAD, "border": 1}), book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        for column, title in enumerate((_("姓名"), _("机构"), _("登录名"), _("一次性口令"), _("有效期至"))):
            listed.write_string(0, column, title, head)
            listed.set_column(column, column, 26)
        slips.set_column(0, 0, 90)
        slips.set_paper(9)
        for row, (username, secret) in enumerate(taken.passwords.items()):
            entry, until = lines[username], moment(taken.until)
            told = (entry.line.name, entry.unit.name, username, secret, until)
            for column, value in enumerate(told):
                listed.write_string(row + 1, column, value, box)
            slip = _("%(name)s（%(unit)s）\n登录名：%(username)s    一次性口令：%(secret)s\n请于 %(until)s 前登录并改口令；过时作废。勿转交他人。") % {
                "name": told[0], "unit": told[1], "username": username, "secret": secret, "until": until
            }  # fmt: skip
            slips.write_string(2 * row, 0, slip, box)
            slips.set_row(2 * row, 66)
        slips.set_h_pagebreaks([2 * row for row in range(SLIPS_A_PAGE, len(taken.passwords), SLIPS_A_PAGE)])


def write_officers_template(stream: IO[bytes]) -> None:
    """An empty roster with roles to choose from, and one line that shows how it is filled in."""
    shown: dict[str, Any] = dict(
        zip(TITLES, ("张某某", "zhang01", "东区工信局", "包联干部", "科员", "13800000000", ""), strict=True)
    )
    roles = [label for label, role in ROLES.items() if role not in ADMINISTRATORS]
    with workbook(stream, {**PLAIN, "in_memory": True}) as book:
        sheet, choices, help_sheet = (
            book.add_worksheet(_("干部名册")),
            book.add_worksheet(_("选项")),
            book.add_worksheet(_("填写说明")),
        )
        choices.hide()
        choices.write_column(0, 0, roles)
        head = book.add_format({**HEAD, "border": 1})
        for column, title in enumerate(TITLES):
            sheet.write_string(0, column, title, head)
            sheet.set_column(column, column, 22)
        sheet.data_validation(1, 3, ROWS, 3, {"validate": "list", "source": f"='{choices.name}'!$A$1:$A${len(roles)}"})
        sheet.freeze_panes(1, 0)
        help_sheet.set_column(0, 0, 24)
        help_sheet.set_column(1, 1, 90)
        for row, (title, said) in enumerate(explained(shown)):
            help_sheet.write_string(row, 0, title)
            help_sheet.write_string(row, 1, said)


def explained(shown: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each column, and what goes into it."""
    said = (
        _("必填"), _("必填：工号或手机号，字母和数字；同一人的几行写同一个"), _("必填：机构的代码、全称或简称"), _("必填：从列表中选择"),
        _("选填"), _("选填：接收提醒的手机号"), _("选填：包联企业的统一社会信用代码（没有的写本地编号），几家用顿号隔开，或分几行写"),
    )  # fmt: skip
    return [(title, f"{what}。{_('例：')}{shown[title] or '…'}") for title, what in zip(TITLES, said, strict=True)]
