"""Checking a pack 检查活动包, all of it and without a database: shape, references, rules and their cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from songda import __version__
from songda.deliveries.policy.watch import packs as watch
from songda.engines.rules.lexicon import flaws
from songda.ledger.cases import packs as cases
from songda.ledger.mirrors import packs as mirrors
from songda.ledger.papers import packs as papers
from songda.office.economy import packs as economy
from songda.office.resumption import packs as resumption
from songda.portal.packs.bulletinwork import bulletin_problems
from songda.portal.packs.catalogue import catalogue_in
from songda.portal.packs.figurework import figure_problems
from songda.portal.packs.planwork import guide_problems, plan_problems
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, read_pack
from songda.portal.packs.references import reference_problems
from songda.portal.packs.returnwork import return_problems
from songda.portal.packs.routes import route_problems
from songda.portal.packs.rulework import rule_problems
from songda.portal.packs.shapes import shape_problems


@dataclass(frozen=True, slots=True)
class PackReport:
    """What a check found: the pack's name and version, how much it declares, and every problem in file order."""

    code: str
    version: str
    digest: str
    counts: dict[str, int]
    problems: tuple[PackProblem, ...]

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "ok": not self.problems,
            "code": self.code,
            "version": self.version,
            "digest": self.digest,
            "counts": self.counts,
            "problems": [problem.as_dict() for problem in self.problems],
        }


def check_pack(path: Path) -> PackReport:
    """Check the pack in this folder. Later steps wait for the earlier ones: a wrong shape hides no false alarms behind it."""
    return check(read_pack(path))


def check(pack: Pack) -> PackReport:
    """Check a pack that was read."""
    problems = list(pack.problems) or list(shape_problems(pack))
    if not problems:
        problems = [*_too_new(pack), *reference_problems(pack)]
        problems += [sheet.problem((), fault) for sheet in pack.of("kind") for fault in cases.faults_of(sheet.data)]
        problems += [sheet.problem((), fault) for sheet in pack.of("watch") for fault in watch.faults_of(sheet.data)]
        problems += [sheet.problem((), fault) for sheet in pack.of("papers") for fault in papers.faults_of(sheet.data)]
        problems += [sheet.problem((), fault) for sheet in pack.of("mirrors") for fault in mirrors.faults_of(sheet.data)]
        problems += [sheet.problem((), fault) for sheet in pack.of("economy") for fault in economy.faults_of(sheet.data)]
        problems += [sheet.problem((), fault) for sheet in pack.of("resumption") for fault in resumption.faults_of(sheet.data)]
        problems += [*figure_problems(pack), *return_problems(pack), *bulletin_problems(pack), *plan_problems(pack)]
        catalogue = catalogue_in(pack)
        if not flaws(catalogue):
            problems += [one for sheet in pack.of("measure") for one in rule_problems(sheet, catalogue)]
            problems += route_problems(pack, catalogue)
            problems += guide_problems(pack, catalogue)
    head = pack.head
    return PackReport(
        str(head.get("code", "")), str(head.get("version", "")), pack.digest, counts_of(pack), tuple(sorted(set(problems)))
    )


def counts_of(pack: Pack) -> dict[str, int]:
    """How much of each thing a pack declares."""
    listed = {
        section: sum(1 for _ in pack.items(section, key))
        for section, key in (("organisations", "organisations"), ("facts", "facts"), ("sources", "sources"), ("calendar", "days"))
    }
    named = {f"{name}": len(pack.of(section)) for name, section in
             (("dictionaries", "dictionary"), ("documents", "document"), ("measures", "measure"), ("implementing", "implementing"), ("kinds", "kind"), ("plans", "plan"))}  # fmt: skip
    cases = sum(len(sheet.data.get("cases", ())) for sheet in pack.of("measure"))
    printed = {key: sum(1 for _ in pack.items("figure", key)) for key in ("figures", "checks")}
    return {**listed, **named, "cases": cases, **printed}


def _too_new(pack: Pack) -> list[PackProblem]:
    needed, have = (
        tuple(int(part) for part in text.split(".") if part.isdigit()) for text in (pack.head["requires"], __version__)
    )
    if needed <= have:
        return []
    return [pack.of("pack")[0].problem(("requires",), f"需要 songda {pack.head['requires']}，现为 {__version__}", "请先升级")]
