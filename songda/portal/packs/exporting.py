"""Exporting 导出: a pack with its measures as they now stand in the database, so that what people changed can be carried on."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries import cards_of
from songda.portal.packs.beginning import make_folder, write_yaml
from songda.portal.packs.reading import Sheet, read_pack
from songda.registry.rulebook import queries as rulebook


def export_pack(source: Path, target: Path) -> int:
    """Copy a pack and write each measure anew from its latest version; returns how many. The new version needs a new number."""
    pack = read_pack(source)
    make_folder(target)
    shutil.copytree(source, target, dirs_exist_ok=True)
    written = 0
    for sheet in pack.of("measure"):
        versions = MeasureVersion.objects.filter(measure__code=sheet.data["code"], rule_version__isnull=False)
        latest = versions.select_related("rule_version", "department").order_by("number").last()
        if latest is not None:
            write_yaml(target / sheet.file, measure_of(latest, sheet))
            written += 1
    return written


def measure_of(version: MeasureVersion, sheet: Sheet) -> dict[str, Any]:
    """A version as a pack's file has it; the area is the pack's, which knows it by code."""
    plain = {
        "title": version.title,
        "kind": version.kind,
        "class": version.measure_class,
        "money": version.money,
        "delivery": version.delivery,
        "area": sheet.data["area"],
        "department": version.department.code if version.department else sheet.data["department"],
        "quote": version.benefit,
        "budget_line": version.budget_line,
        "time_limit_days": version.time_limit_days,
        "channel": version.channel,
        "papers": version.papers,
        "opens_on": version.opens_on and version.opens_on.isoformat(),
        "closes_on": version.closes_on and version.closes_on.isoformat(),
    }
    rule = version.rule_version
    said = (
        {}
        if rule is None
        else {"rule": rule.text, "amount": rule.amount_text, "cases": [_case(one) for one in rulebook.cases_of(rule)]}
    )
    head = {name: sheet.data[name] for name in ("code", "document", "article")}
    told = {**plain, "contact": _contact(version), **said}
    return {**head, **{name: value for name, value in told.items() if value or name == "area"}}


def _contact(version: MeasureVersion) -> dict[str, str]:
    """The newest contact card; empty where there was never one."""
    card = cards_of(version.measure).first()
    if card is None:
        return {}
    said = {"section": card.section, "post": card.post_title, "phone": card.phone, "email": card.email, "wechat": card.wechat}
    return {name: value for name, value in said.items() if value}


def _case(case: dict[str, Any]) -> dict[str, Any]:
    kept = {**case, "on": case["on"].isoformat()}
    return {name: value for name, value in kept.items() if value or name == "given"}
