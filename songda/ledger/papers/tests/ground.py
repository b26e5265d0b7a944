"""The pack's own catalogue for tests, and a paper on its way."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from songda.ledger.papers import actions, packs
from songda.ledger.papers.actions import NewPaper
from songda.ledger.papers.models import Paper
from songda.registry.actors import system
from songda.registry.people.tests.cast import NOW, Cast

PACK = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020"


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Any]:
    return yaml.load((PACK / "papers.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def lay(cast: Cast) -> None:
    """The pack's kinds, and a mark for the cast's zone."""
    packs.load([{"kinds": catalogue()["kinds"], "marks": [{"unit": cast.zone.code, "mark": "郑高新"}]}], by=system(), now=NOW)


def notice(cast: Cast, about: str = "暂缓缴纳工资保障金") -> Paper:
    """A notice drafted by the cast's editor."""
    fields = {"about": about, "body": "为减轻企业负担，现通知如下。"}
    return actions.draft_paper(NewPaper("notice-deposits", cast.zone.pk, fields), by=cast.editor, now=NOW)


def register(cast: Cast, use: str = "流动资金") -> Paper:
    """A firm's loan application, registered by its officer in the name of the zone."""
    fields = {"amount": "200万元", "use": use}
    return actions.draft_paper(NewPaper("loan-application", cast.zone.pk, fields, cast.firm.pk), by=cast.officer, now=NOW)
