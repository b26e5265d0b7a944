"""Applying a pack 装载活动包: check, then load every section in one transaction. The same content again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.guides import packs as guides
from songda.deliveries.policy.library.packs import load_contacts, load_documents, load_measures, load_rules, state_reasons
from songda.deliveries.policy.plans.packs import load_plans
from songda.deliveries.policy.watch import packs as watch
from songda.kernel.errors import Invalid
from songda.ledger.cases import packs as cases
from songda.ledger.mirrors import packs as mirrors
from songda.ledger.notices import packs as notices
from songda.ledger.papers import packs as papers
from songda.office.bulletins import packs as bulletins
from songda.office.economy import packs as economy
from songda.office.indicators import packs as indicators
from songda.office.resumption import packs as resumption
from songda.office.returns import packs as returns
from songda.portal.packs.catalogue import catalogue_in
from songda.portal.packs.checking import check
from songda.portal.packs.reading import Pack, read_pack
from songda.registry.actors import Actor
from songda.registry.calendars import packs as calendars
from songda.registry.campaigns import packs as campaigns
from songda.registry.codes import packs as codes
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


def apply_pack(path: Path, *, by: Actor, now: dt.datetime, said: Report | None = None, dry: bool = False) -> Applied:
    """Check and load the pack in this folder. Invalid, with every problem, when it does not hold together; then nothing is written.

    `said` is told the name of each section before it is loaded. `dry` takes everything back at the end: what would change.
    """
    pack = read_pack(path)
    code, version = str(pack.head.get("code", "")), str(pack.head.get("version", ""))
    known = campaigns.applied(code)
    if known is not None and known.digest == pack.digest:
        return Applied(code, version, pack.digest, {})
    refuse_faulty(pack)
    with transaction.atomic():
        changed = {}
        for name, load in sections(pack, by, now):
            if said:
                said(name)
            changed[name] = load()
        campaigns.load(pack.head, pack.digest, by=by, now=now)
        transaction.set_rollback(dry)
    return Applied(code, version, pack.digest, changed)


def refuse_faulty(pack: Pack) -> None:
    """Every problem at once."""
    report = check(pack)
    if report.problems:
        message = _("活动包有 %(n)d 处问题，未装载。") % {"n": len(report.problems)}
        fields = {f"{one.file}:{one.line}": str(one) for one in report.problems}
        raise Invalid(message, advice=_("请先运行 songda pack check，改正后再装载。"), fields=fields, code="faulty_pack")


def sections(pack: Pack, by: Actor, now: dt.datetime) -> list[tuple[str, Callable[[], int]]]:
    """The loaders in the order in which they stand on one another."""
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
        ("calendar", lambda: calendars.load([sheet.data for sheet in pack.of("calendar")], **who)),
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
        ("figures", lambda: indicators.load([sheet.data for sheet in pack.of("figure")], **who)),
        ("reasons", lambda: state_reasons(documents, **who)),
    ]


def listed(pack: Pack, section: str, key: str = "") -> list[dict[str, Any]]:
    """The items of a section's list, which bears the section's name unless `key` says otherwise."""
    return [item for _sheet, _where, item in pack.items(section, key or section)]
