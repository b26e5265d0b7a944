"""Exporting 导出: the pack as it stands in the database, so that what people changed on pages can be carried on.

A measure that was changed after it was loaded is written anew from its latest version; everything else keeps its text, with comments.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries import cards_of
from songda.engines.rules.parse import parse_amount, parse_condition
from songda.engines.rules.show import show
from songda.kernel.errors import NotFound
from songda.portal.packs.beginning import make_folder, put, put_schemas
from songda.portal.packs.reading import Sheet
from songda.portal.packs.rewriting import rewritten
from songda.portal.packs.standing import standing_pack
from songda.registry.facts import queries as facts
from songda.registry.rulebook import queries as rulebook


def export_pack(campaign: str, target: Path) -> dict[str, int]:
    """Write every file of a campaign into a new folder; how many files, and how many measures differ from what was loaded."""
    pack = standing_pack(campaign)
    if not pack.sheets:
        raise NotFound(_("库里没有活动 %(code)s 的文件。") % {"code": campaign}, advice=_("请先用 songda pack apply 装载一次。"))
    make_folder(target)
    changed = 0
    for sheet in pack.sheets:
        text = measure_text(sheet) if sheet.section == "measure" else sheet.text
        changed += text != sheet.text
        put(target / sheet.file, text)
    put_schemas(target)
    return {"files": len(pack.sheets), "measures": changed}


def measure_text(sheet: Sheet) -> str:
    """A measure's file: as it was, but for what its latest version says otherwise."""
    versions = MeasureVersion.objects.filter(measure__code=sheet.data["code"], rule_version__isnull=False)
    latest = versions.select_related("rule_version__rule", "department").order_by("number").last()
    if latest is None:
        return sheet.text
    wanted = {**measure_of(latest, sheet), **_in_own_words(sheet.data, latest)}
    said = {name: value for name, value in sheet.data.items() if value or name in wanted}
    return sheet.text if said == wanted else rewritten(sheet, wanted)[0]


def _in_own_words(data: dict[str, Any], version: MeasureVersion) -> dict[str, Any]:
    """What the file says in its own way and means as the version does: the rule, the formula, the contact."""
    rule = version.rule_version
    kept = {"contact": {name: value for name, value in data.get("contact", {}).items() if value} == _contact(version)}
    if rule is not None:
        catalogue = facts.catalogue(rule.rule.context)
        kept["rule"] = show(parse_condition(data["rule"], catalogue), catalogue) == rule.text
        kept["amount"] = "amount" in data and show(parse_amount(data["amount"], catalogue), catalogue) == rule.amount_text
    return {name: data[name] for name, same in kept.items() if same and name in data}


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
