"""A board to play on: the cast, the pack's own kinds with two routes of the cast's units, dictionaries, and short ways to act."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

from songda.deliveries.service.demands import actions
from songda.deliveries.service.demands.actions import Assignees, NewDemand, Opinion, Result
from songda.ledger.cases import packs as cases
from songda.ledger.cases.actions import Said
from songda.ledger.cases.models import Case
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.registry.actors import Actor, system
from songda.registry.codes import packs as codes
from songda.registry.people.models import Contact
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import NOW, SINCE, Cast, hire
from songda.registry.subjects.models import Subject

PACK = Path(__file__).resolve().parents[5] / "packs" / "zhengzhou-2020"
DICTIONARIES = (
    "difficulty-kinds", "six-difficulties", "demand-channels", "not-accepted", "problem-causes", "kinds-of-help",
)  # fmt: skip
ROUTES = [
    {"rule": "问题分类 属于 {用工}", "lead": "bureau-a", "support": ["street-a1"], "reason": "用工诉求由区科工信局牵头"},
    {"rule": "问题分类 属于 {用地} 且 紧急诉求", "lead": "street", "reason": "紧急用地先到街道"},
]
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@dataclass
class Board:
    """The cast with the posts a second person needs, and the verbs in few words."""

    cast: Cast
    colleague: Actor  # a second desk of the bureau
    inspector: Actor  # of the zone

    def file(self, *, by: Actor | None = None, at: dt.datetime = NOW, of: Subject | None = None, **new: object) -> Case:
        given = {"title": "急缺一线工人", "category": "labour", **new}
        return actions.file_demand((of or self.cast.firm).pk, NewDemand(**given), by=by or self.cast.clerk, now=at)

    def assigned(self, *, at: dt.datetime = NOW, support: tuple[int, ...] = (), **new: object) -> Case:
        case = self.file(at=at, **new)
        actions.assign_demand(case.pk, Assignees(self.cast.bureau.pk, None, support), by=self.cast.dispatcher, now=at)
        return fresh(case)

    def working(self, *, at: dt.datetime = NOW, **new: object) -> Case:
        case = self.assigned(at=at, **new)
        actions.take_demand(case.pk, by=self.cast.desk, now=at)
        return fresh(case)

    def proposed(self, *, at: dt.datetime = NOW, **new: object) -> Case:
        case = self.working(at=at, **new)
        self.propose(case, at=at + HOUR)
        return fresh(case)

    def propose(self, case: Case, *, at: dt.datetime, by: Actor | None = None) -> None:
        said = Said(told="已与人才市场对接，首批 20 人到岗。", evidence=(proof(case).pk,))
        actions.propose_result(case.pk, Result("solved", "outside"), said, by=by or self.cast.desk, now=at)

    def confirmed(self, *, grade: str = "5", **new: object) -> Case:
        case = self.proposed(**new)
        actions.confirm_result(case.pk, Opinion(True, True, grade), by=self.cast.clerk, now=NOW + 2 * HOUR)
        return fresh(case)


def lay(cast: Cast) -> Board:
    """The board with everything loaded."""
    codes.load([read("dictionaries", name) for name in DICTIONARIES], by=system(), now=NOW)
    kinds = [read("kinds", path.stem) for path in sorted((PACK / "kinds").glob("*.yaml"))]
    for kind in kinds:
        kind.pop("routes", None)
        if kind["code"] == "demand":
            kind["routes"] = ROUTES
    cases.load(kinds, by=system(), now=NOW)
    Contact.objects.create(subject=cast.firm, channel="inbox", address="示例", starts_on=SINCE)
    colleague = hire(Role.DEPARTMENT_DESK, at=cast.bureau, name="示例同事")
    return Board(cast, colleague, hire(Role.INSPECTOR, at=cast.zone, name="示例督查"))


def read(section: str, name: str) -> dict:
    found = yaml.safe_load((PACK / section / f"{name}.yaml").read_text(encoding="utf8"))
    return {"off" if key is False else key: value for key, value in found.items()}  # YAML 1.1 takes `off` for no


def proof(case: Case, name: str = "回执.jpg") -> Evidence:
    """A photograph given for the firm of a case."""
    digest = hashlib.sha256(f"{case.pk}{name}{Evidence.objects.count()}".encode()).hexdigest()
    stored = StoredFile.objects.create(digest=digest, size=1, media_type="image/jpeg", stored_at=NOW)
    return Evidence.objects.create(
        file=stored, kind="photo", name=name, subject=case.subject, area_path=case.area_path, given_at=NOW, given_name="示例"
    )


def fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case
