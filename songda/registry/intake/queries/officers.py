"""What a roster of officers 干部名册 would change: the same plan for the look before and for the writing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from songda.registry.actors import Actor
from songda.registry.intake.rules.officers import TITLES, Line, columns_of, faults_of, identify, line_of
from songda.registry.intake.rules.table import Imported, read, text_of
from songda.registry.organisations import access as organisations
from songda.registry.organisations.models import Organisation
from songda.registry.people.models import Account, Assignment, Post
from songda.registry.people.rules import may_hold
from songda.registry.people.rules.posts import may_take_firms
from songda.registry.people.states import Role
from songda.registry.subjects import access as subjects

BATCH = 500
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as far as an assignment asks: its number, where it lies, and the post that is accountable now."""

    pk: int
    area_path: str
    post_id: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A good row: its unit, its person's account and post where they are known, and the firms it newly takes."""

    line: Line
    unit: Organisation
    account: Account | None
    post: Post | None
    firms: tuple[Firm, ...]

    @property
    def moved(self) -> int:
        """How many of the firms have another officer now."""
        return sum(one.post_id is not None for one in self.firms)


@dataclass
class Plan:
    """Good rows and refused ones; posts of the same roles in the same territory that the file does not name 未在名册."""

    entries: list[Entry] = field(default_factory=list)
    found: Imported = field(default_factory=lambda: Imported(TITLES))
    leavers: list[Post] = field(default_factory=list)

    @property
    def newcomers(self) -> dict[str, str]:
        """Login names to be opened → their names."""
        return {one.line.username: one.line.name for one in self.entries if one.account is None}

    @property
    def posts(self) -> int:
        """How many posts are new."""
        return len({(one.line.username, one.line.role, one.unit.pk) for one in self.entries if one.post is None})

    @property
    def firms(self) -> int:
        """How many firms get an officer, or another one."""
        return sum(len(one.firms) for one in self.entries)

    @property
    def moved(self) -> int:
        """How many of these have another one now."""
        return sum(one.moved for one in self.entries)


@dataclass(frozen=True)
class Known:
    """What the register holds of what the rows name."""

    units: Mapping[str, Sequence[Organisation]]
    accounts: Mapping[str, Account]
    posts: Mapping[int, Sequence[Post]]
    firms: Mapping[str, Firm]


def plan_officers(path: Path, *, by: Actor, on: dt.date) -> Plan:
    """Read a roster as of a day. Invalid where the file as a whole cannot be taken."""
    hint = _("前十行内应有一行表头，至少含“姓名”“登录名”“机构”“角色”；可下载模板填写。")
    table = read(path, identify, hint)
    columns = columns_of(table.headings)
    numbered = ((number, tuple(map(text_of, row))) for number, row in enumerate(table.rows, table.first_row))
    lines = [line_of(number, cells, columns) for number, cells in numbered if any(cells)]
    plan, known = Plan(found=Imported(table.headings)), known_of(lines, by, on)
    seen: dict[str, Line] = {}
    taken: dict[str, Line] = {}
    for line in lines:
        faults = [*faults_of(line), *against(line, known), *within_file(line, seen, taken)]
        if faults:
            plan.found.refused.append((line.number, line.cells, "；".join(faults)))
            continue
        seen.setdefault(line.username, line)
        taken.update(dict.fromkeys(line.firms, line))
        plan.entries.append(entry_of(line, known))
    plan.found.kept = len(plan.entries)
    plan.leavers = leavers(plan, lines, on)
    return plan


def known_of(lines: Sequence[Line], by: Actor, on: dt.date) -> Known:
    """The units, accounts, posts and firms that rows name, in a few queries."""
    units: dict[str, list[Organisation]] = defaultdict(list)
    for unit in organisations.visible_to(by).filter(ends_on=None):
        for name in {unit.code, unit.name, unit.short_name}:
            units[name].append(unit)
    accounts: dict[str, Account] = {}
    for some in in_batches({line.username for line in lines}):
        accounts |= {one.username: one for one in Account.objects.filter(username__in=some).select_related("person")}
    posts: dict[int, list[Post]] = defaultdict(list)
    for persons in in_batches({one.person_id for one in accounts.values()}):
        for post in Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), person__in=persons):
            posts[post.person_id].append(post)
    return Known(units, accounts, posts, dict(firms_of({code for line in lines for code in line.firms}, by)))


def firms_of(codes: Iterable[str], by: Actor) -> Iterator[tuple[str, Firm]]:
    """The firms of some credit codes or local numbers with their present officers."""
    for some in in_batches(codes):
        rows = list(
            subjects.visible_to(by)
            .filter(Q(uscc__in=some) | Q(local_number__in=some))
            .values_list("uscc", "local_number", "pk", "area_path")
        )
        held = Assignment.objects.filter(subject__in=[pk for *_codes, pk, _path in rows], ends_on=None)
        officers = dict(held.values_list("subject_id", "post_id"))
        for uscc, number, pk, path in rows:
            yield from ((code, Firm(pk, path, officers.get(pk))) for code in (uscc, number) if code)


def in_batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """A few hundred at a time, as the databases take them."""
    listed = list(things)
    return (listed[start : start + BATCH] for start in range(0, len(listed), BATCH))


def against(line: Line, known: Known) -> Iterator[str]:
    """What is wrong with a row under what the register holds."""
    units = known.units.get(line.unit, ())
    if line.unit and not units:
        yield _("没有机构“%(unit)s”") % {"unit": line.unit}
    elif len(units) > 1:
        yield _("有 %(n)d 个机构叫“%(unit)s”，请写机构代码") % {"n": len(units), "unit": line.unit}
    account = known.accounts.get(line.username)
    if account and account.person.name != line.name:
        yield _("登录名“%(username)s”已属于另一人") % {"username": line.username}
    elif account and not account.is_active:
        yield _("账号已停用，请先由安全管理员恢复")
    ruling = may_hold([post.role for post in known.posts.get(account.person_id, ())], line.role) if account else None
    if ruling and not ruling.allowed:
        yield ruling.reason.rstrip("。")
    if line.firms and len(units) == 1 and line.role in Role.values:
        yield from against_firms(line, units[0], known)


def against_firms(line: Line, unit: Organisation, known: Known) -> Iterator[str]:
    """What is wrong with the firms of a row."""
    ruling = may_take_firms(line.role)
    if not ruling.allowed:
        yield ruling.reason.rstrip("。")
    missing = [code for code in line.firms if code not in known.firms]
    if missing:
        told = {"codes": "、".join(missing)}
        yield _("名录里没有企业 %(codes)s（请先导入企业名册，再导干部名册；或这一栏先空着）") % told
    for code in line.firms:
        firm = known.firms.get(code)
        if firm and not firm.area_path.startswith(unit.area_path):
            yield _("企业 %(code)s 不在该机构的辖区") % {"code": code}


def within_file(line: Line, seen: Mapping[str, Line], taken: Mapping[str, Line]) -> Iterator[str]:
    """What is wrong with a row beside those above it."""
    before = seen.get(line.username)
    if before and before.name != line.name:
        yield _("与第 %(n)d 行登录名相同、姓名不同") % {"n": before.number}
    for code in line.firms:
        other = taken.get(code)
        if other and (other.username, other.role, other.unit) != (line.username, line.role, line.unit):
            yield _("企业 %(code)s 在第 %(n)d 行已有包联干部，一家企业只有一位") % {"code": code, "n": other.number}


def entry_of(line: Line, known: Known) -> Entry:
    """A good row with what is known of it."""
    unit, account = known.units[line.unit][0], known.accounts.get(line.username)
    held = known.posts.get(account.person_id, ()) if account else ()
    post = next((one for one in held if (one.role, one.organisation_id) == (line.role, unit.pk)), None)
    firms = (known.firms[code] for code in line.firms)
    return Entry(line, unit, account, post, tuple(one for one in firms if post is None or one.post_id != post.pk))


def leavers(plan: Plan, lines: Sequence[Line], on: dt.date) -> list[Post]:
    """Who holds a post of the same role at one of the same units and is not in the file, refused rows counting as named."""
    named = {line.username for line in lines}
    roles, units = {one.line.role for one in plan.entries}, {one.unit.pk for one in plan.entries}
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), role__in=roles, organisation__in=units)
    held = held.exclude(person__account=None).select_related("person__account", "organisation").order_by("organisation", "pk")
    return [post for post in held if post.person.account.username not in named]
