"""Take in an old ledger 旧台账导入: all rows or none. A wrong row comes back with its reason, and nothing is written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotPermitted, Refused, TooMany
from songda.ledger.cases.actions.open_case import open_case
from songda.ledger.cases.models import Case
from songda.ledger.cases.queries.kinds import kind_in_force
from songda.ledger.cases.queries.words import labels
from songda.ledger.cases.rules.columns import identify, places
from songda.ledger.cases.states import Origin
from songda.registry.actors import Actor
from songda.registry.intake.rules.table import Imported, Table, read, text_of
from songda.registry.subjects import access as subjects
from songda.registry.subjects.models import Subject
from songda.registry.subjects.rules import uscc

MOST = 2_000
HINT = "前十行内应有一行表头，至少含“企业名称”（或“统一社会信用代码”）和“事项”（或“存在问题”）。"
CHANNEL = "ledger"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file, read: the firm, and what `open_case` is given."""

    number: int
    subject_id: int
    title: str
    given: Mapping[str, object]


def import_ledger(path: Path, kind_code: str, *, by: Actor, now: dt.datetime) -> Imported:
    """Open a case for every row of an old ledger. The same rows again open nothing: each is known by its number, or its words.

    Cases are opened now, with the old number and day kept in `extra`: the clocks of the new ledger begin with it.
    """
    if not by.may("cases.file"):
        raise NotPermitted(_("您的岗位不能登记事项。"))
    table = read(path, identify, HINT)
    if len(table.rows) > MOST:
        raise TooMany(
            _("旧台账有%(n)d行，超过%(most)d行。") % {"n": len(table.rows), "most": MOST}, advice=_("请按街道拆分后导入。")
        )
    kind_in_force(kind_code)
    lines, found = plan(table, by)
    if found.refused or not lines:
        if not found.refused:
            raise Invalid(_("文件里没有事项。"))
        return found
    return take(lines, found, kind_code, by, now)


@transaction.atomic
def take(lines: Sequence[Line], found: Imported, kind_code: str, by: Actor, now: dt.datetime) -> Imported:
    """Open all cases, in one transaction."""
    for line in lines:
        known = Case.objects.filter(request_key=line.given["request_key"]).exists()
        case = open_case(kind_code, subject_id=line.subject_id, title=line.title, by=by, now=now, given=line.given)
        found.known, found.kept = found.known + known, found.kept + (not known)
    record("case.import", case, by=by, now=now, after={"opened": found.kept, "known": found.known})
    return found


def plan(table: Table, by: Actor) -> tuple[list[Line], Imported]:
    """Every row read; those that cannot be, with why."""
    columns, found = places(table.headings), Imported(table.headings)
    categories = {label: code for code, label in labels().categories.items()}
    lines: list[Line] = []
    for at, row in enumerate(table.rows):
        cells = [text_of(cell) for cell in row]
        if not any(cells):
            continue
        said = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        number = table.first_row + at
        try:
            lines.append(line_of(number, said, categories, by))
        except Refused as refused:
            found.refused.append((number, cells, refused.sentence))
    return lines, found


def line_of(number: int, said: Mapping[str, str], categories: Mapping[str, str], by: Actor) -> Line:
    """One row. Invalid with a sentence for what is wrong first."""
    title = said.get("title", "")
    if not title:
        raise Invalid(_("“事项”为空。"))
    subject = firm_of(said.get("uscc", ""), said.get("firm", ""), by)
    category = said.get("category", "")
    if category and category not in categories:
        raise Invalid(
            _("没有“%(name)s”这类问题。") % {"name": category}, advice=_("可填：%(all)s。") % {"all": "、".join(categories)}
        )
    origins = {str(label): code for code, label in Origin.choices}
    origin = said.get("origin", "")
    if origin and origin not in origins:
        raise Invalid(_("来源应为：%(all)s。") % {"all": "、".join(origins)})
    old = said.get("number", "")
    words = "\n".join((old or f"{title}\n{said.get('on', '')}", str(subject.pk)))
    key = f"ledger:{hashlib.sha256(words.encode()).hexdigest()[:48]}"
    text = "\n".join(part for part in (said.get("text", ""), said.get("progress", "")) if part)
    extra = {name: value for name, value in (("old_number", old), ("old_on", said.get("on", ""))) if value}
    return Line(
        number, subject.pk, title,
        {"text": text, "category": categories.get(category, ""), "origin": origins.get(origin, Origin.FIRM.value),
         "channel": CHANNEL, "request_key": key, "extra": extra},
    )  # fmt: skip


def firm_of(code: str, name: str, by: Actor) -> Subject:
    """The firm of a row in the actor's sight, by its code, else by its exact name. Names alone may be two firms: then it is refused."""
    seen = subjects.visible_to(by)
    found = list((seen.filter(uscc=uscc.normalise(code)) if code else seen.filter(name=name))[:2]) if code or name else []
    if len(found) == 1:
        return found[0]
    if found:
        raise Invalid(_("有多家企业叫“%(name)s”。") % {"name": name}, advice=_("请加填统一社会信用代码。"))
    raise Invalid(_("您的范围内没有企业“%(name)s”。") % {"name": code or name}, advice=_("请核对名称，或先登记主体。"))
