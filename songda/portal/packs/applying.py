"""Applying a pack 装载活动包: check, then load every section in one transaction. The same content again changes nothing.

What was changed on pages and is not in the folder is not overwritten unless one says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.guides import packs as guides
from songda.deliveries.policy.library.packs import load_contacts, load_documents, load_measures, load_rules, state_reasons
from songda.deliveries.policy.plans.packs import load_plans
from songda.deliveries.policy.watch import packs as watch
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases import packs as cases
from songda.ledger.mirrors import packs as mirrors
from songda.ledger.notices import packs as notices
from songda.ledger.papers import packs as papers
from songda.office.bulletins import packs as bulletins
from songda.office.economy import packs as economy
from songda.office.indicators import packs as indicators
from songda.office.resumption import packs as resumption
from songda.office.retention import packs as retention
from songda.office.returns import packs as returns
from songda.portal.packs.catalogue import catalogue_in
from songda.portal.packs.checking import check
from songda.portal.packs.comparing import overwritten
from songda.portal.packs.reading import SECTIONS, Pack, pack_of, read_pack
from songda.portal.packs.standing import brought
from songda.registry.actors import Actor
from songda.registry.calendars import packs as calendars
from songda.registry.campaigns import packs as campaigns
from songda.registry.campaigns.actions import keep_sheets
from songda.registry.campaigns.queries import newest, texts_of
from songda.registry.codes import packs as codes
from songda.registry.codes import queries as codes_now
from songda.registry.facts import packs as facts
from songda.registry.organisations import packs as organisations
from songda.registry.places import packs as places

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying did: the campaign, its version and digest, and how many things of each sort are new or changed."""

    code: str
    version: str
    digest: str
    changed: dict[str, int]

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return asdict(self)


def apply_pack(
    path: Path, *, by: Actor, now: dt.datetime, said: Report | None = None, dry: bool = False, over: bool = False
) -> Applied:
    """Check and load the pack in this folder. Invalid, with every problem, when it does not hold together; then nothing is written.

    `said` is told the name of each section before it is loaded. `dry` takes everything back at the end: what would change. Conflict
    where entries changed on pages would be overwritten, unless `over`.
    """
    pack = read_pack(path)
    code, version = str(pack.head.get("code", "")), str(pack.head.get("version", ""))
    known = campaigns.applied(code)
    if known is not None and known.digest == pack.digest and newest(code).exists():
        return Applied(code, version, pack.digest, {})
    refuse_faulty(pack)
    if not (over or dry):
        refuse_overwriting(pack, code)
    with transaction.atomic():
        changed = {}
        for name, load in sections(pack, by, now, pack_of(calendars_of(code))):
            if said:
                said(name)
            changed[name] = load()
        given = brought(code, pack)
        refuse_old_editions(pack, {one.file for one in given})
        keep_sheets(code, given, by=by, now=now)
        campaigns.load(pack.head, pack.digest, by=by, now=now)
        transaction.set_rollback(dry)
    return Applied(code, version, pack.digest, changed)


def calendars_of(campaign: str) -> dict[str, str]:
    """The calendar as it stands: a day that it has and a new one has not is no longer special."""
    return {file: text for file, text in texts_of(campaign).items() if file == SECTIONS["calendar"]}


def refuse_overwriting(pack: Pack, campaign: str) -> None:
    """Everything that was changed on pages and that this folder says otherwise, at once."""
    found = overwritten(pack, campaign)
    if found:
        message = _("有 %(n)d 个条目在管理页面上改过，文件夹里没有这些修改，未装载。") % {"n": len(found)}
        advice = _("请先用 songda pack export 取回库中的内容，合并后再装载；确实要用文件夹里的，请加 --over。")
        raise Conflict(message, advice=advice, fields={one.place: one.sentence for one in found}, code="changed_on_pages")


def refuse_faulty(pack: Pack) -> None:
    """Every problem at once."""
    report = check(pack)
    if report.problems:
        message = _("活动包有 %(n)d 处问题，未装载。") % {"n": len(report.problems)}
        fields = {f"{one.file}:{one.line}": str(one) for one in report.problems}
        raise Invalid(message, advice=_("请先运行 songda pack check，改正后再装载。"), fields=fields, code="faulty_pack")


def refuse_old_editions(pack: Pack, files: Collection[str]) -> None:
    """Dictionaries that differ from what stood, in an edition that a newer one has followed: loading them would change nothing."""
    given = [sheet.data for sheet in pack.of("dictionary") if sheet.file in files]
    held = {one["code"]: codes_now.edition_in_force(one["code"]).edition for one in given}
    old = [one for one in given if held[one["code"]] != one["edition"]]
    if old:
        message = _("字典“%(name)s”库中已有更新的版次 %(held)s。") % {"name": old[0]["name"], "held": held[old[0]["code"]]}
        raise Conflict(message, advice=_("请在文件里把版次改成新的，再装载。"), code="old_edition")


def sections(pack: Pack, by: Actor, now: dt.datetime, before: Pack) -> list[tuple[str, Callable[[], int]]]:
    """The loaders in the order in which they stand on one another. `before`: the files as they stood, the calendar at least."""
    who: dict[str, Any] = {"by": by, "now": now}
    demonstration = bool(pack.head["demonstration"])
    documents = [sheet.data for sheet in pack.of("document")]
    measures = [sheet.data for sheet in pack.of("measure")]
    texts = {one["code"]: one["text"] for one in documents}
    entries = listed(pack, "facts")
    return [
        ("organisations", lambda: organisations.load(listed(pack, "organisations"), **who)),
        (
            "places",
            lambda: places.load(listed(pack, "places"), listed(pack, "places", "tiles"), demonstration=demonstration, **who),
        ),
        ("dictionaries", lambda: codes.load([sheet.data for sheet in pack.of("dictionary")], **who)),
        (
            "calendar",
            lambda: calendars.load(
                [sheet.data for sheet in pack.of("calendar")], before=[sheet.data for sheet in before.of("calendar")], **who
            ),
        ),
        ("channels", lambda: notices.load(listed(pack, "channels"), **who)),
        ("sources", lambda: facts.load_sources(listed(pack, "sources"), **who)),
        ("facts", lambda: facts.load_facts(catalogue_in(pack).facts, entries, **who)),
        ("documents", lambda: load_documents(documents, demonstration=demonstration, **who)),
        ("measures", lambda: load_measures(measures, texts, demonstration=demonstration, **who)),
        ("contacts", lambda: load_contacts(measures, demonstration=demonstration, **who)),
        (
            "implementing",
            lambda: load_rules([sheet.data for sheet in pack.of("implementing")], demonstration=demonstration, **who),
        ),
        ("guides", lambda: sum(guides.load(sheet.data, **who) for sheet in pack.of("guides"))),
        ("plans", lambda: load_plans([sheet.data for sheet in pack.of("plan")], texts, demonstration=demonstration, **who)),
        ("kinds", lambda: cases.load([sheet.data for sheet in pack.of("kind")], **who)),
        ("papers", lambda: papers.load([sheet.data for sheet in pack.of("papers")], **who)),
        ("mirrors", lambda: mirrors.load([sheet.data for sheet in pack.of("mirrors")], **who)),
        ("watch", lambda: watch.load([sheet.data for sheet in pack.of("watch")], **who)),
        ("economy", lambda: economy.load([sheet.data for sheet in pack.of("economy")], **who)),
        ("indicators", lambda: indicators.load_indicators(listed(pack, "indicators"), **who)),
        ("bulletins", lambda: bulletins.load([sheet.data for sheet in pack.of("bulletin")], **who)),
        ("returns", lambda: returns.load([sheet.data for sheet in pack.of("returns")], **who)),
        ("resumption", lambda: resumption.load([sheet.data for sheet in pack.of("resumption")], **who)),
        ("retention", lambda: retention.load([sheet.data for sheet in pack.of("retention")], **who)),
        ("figures", lambda: indicators.load([sheet.data for sheet in pack.of("figure")], **who)),
        ("reasons", lambda: state_reasons(documents, **who)),
    ]


def listed(pack: Pack, section: str, key: str = "") -> list[dict[str, Any]]:
    """The items of a section's list, which bears the section's name unless `key` says otherwise."""
    return [item for _sheet, _where, item in pack.items(section, key or section)]
