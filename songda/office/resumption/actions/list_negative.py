"""Put on the negative list 列入 and take off it 移出. An entry is never edited; its end is filled in once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.office.resumption.access import entry_to_delist, must
from songda.office.resumption.models import Entry
from songda.office.resumption.states import Sort
from songda.registry.actors import Actor
from songda.registry.codes import queries as codes
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is listed: an industry code, a kind of place, or a subject; from a day; by which document, for what reason, where."""

    sort: str
    starts_on: dt.date
    document: str
    reason: str
    industry: str = ""
    kind: str = ""
    subject_id: int | None = None
    area_path: str = ""


@transaction.atomic
def list_entry(new: NewEntry, *, by: Actor, now: dt.datetime) -> Entry:
    """Put one thing on the list. A subject must be in sight; other entries hold in an area of the actor's own."""
    must(by, "resumption.control")
    if fields := faults(new):
        raise Invalid(_("负面清单条目不完整。"), fields=fields)
    subject = subject_for(new.subject_id, by) if new.sort == Sort.SUBJECT and new.subject_id else None
    area = subject.area_path if subject else new.area_path or by.area_paths[0]
    if not any(area.startswith(path) for path in by.area_paths):
        raise NotPermitted(_("所选辖区不在您的管辖范围内。"))
    made = Entry.objects.create(
        sort=new.sort, industry=new.industry.strip().upper() if new.sort == Sort.INDUSTRY else "",
        kind=new.kind if new.sort == Sort.KIND else "", subject=subject, area_path=area, starts_on=new.starts_on,
        document=new.document.strip()[:120], reason=new.reason.strip()[:200], listed_at=now, listed_name=by.name,
    )  # fmt: skip
    told = {"sort": made.sort, "what": made.industry or made.kind or made.subject_id, "from": made.starts_on}
    record("negative.list", made, by=by, now=now, after=told)
    return made


def faults(new: NewEntry) -> dict[str, str]:
    """What is missing or unknown, by field."""
    found = {}
    known = codes.code_lists({"gbt4754"}).get("gbt4754")
    if new.sort not in Sort.values:
        found["sort"] = _("请选择条目类别。")
    if new.sort == Sort.INDUSTRY and (known is None or new.industry.strip().upper() not in known.names):
        found["industry"] = _("请填写国民经济行业分类中的代码，如 O80、8760。")
    if new.sort == Sort.KIND and new.kind not in Subject.Kind.values:
        found["kind"] = _("请选择场所类别。")
    if new.sort == Sort.SUBJECT and new.subject_id is None:
        found["subject"] = _("请选择主体。")
    found |= {name: _("必须填写。") for name in ("document", "reason") if not getattr(new, name).strip()}
    return found


@transaction.atomic
def delist_entry(entry_id: int, last_day: dt.date, reason: str, *, by: Actor, now: dt.datetime) -> Entry:
    """Take an entry off the list: `last_day` is the last day on it, from the next day on its subjects join the denominators."""
    must(by, "resumption.control")
    entry = entry_to_delist(entry_id, by)
    if not reason.strip() or last_day < entry.starts_on:
        raise Invalid(
            _("请填写移出理由，且最后一日不早于列入日。"), fields={"reason": _("写明依据。"), "last_day": _("请核对日期。")}
        )
    rows = Entry.objects.filter(pk=entry.pk, delisted_at=None)
    if rows.update(ends_on=last_day, delisted_at=now, delisted_name=by.name, delisted_reason=reason.strip()[:200]) != 1:
        raise Conflict(_("该条目已移出。"), advice=_("请刷新页面查看。"))
    record("negative.delist", entry, by=by, now=now, after={"last_day": last_day, "reason": reason.strip()})
    entry.refresh_from_db()
    return entry
