"""Checking a pack 检查活动包, all of it and without a database: shape, references, rules and their cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from songda.office.retention import packs as retention
from songda.portal.packs.agreement import agreement_problems
from songda.portal.packs.bulletinwork import bulletin_problems
from songda.portal.packs.catalogue import catalogue_in
from songda.portal.packs.figurework import figure_problems
from songda.portal.packs.planwork import guide_problems, plan_problems
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import Pack, Sheet, read_pack
from songda.portal.packs.references import reference_problems
from songda.portal.packs.returnwork import return_problems
from songda.portal.packs.routes import route_problems
from songda.portal.packs.rulework import rule_problems
from songda.portal.packs.shapes import shape_problems

JUDGED_BY = ("facts", "dictionary", "measure")  # sections that the rules and cases of measures can depend on


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


def check(pack: Pack, changed: Sheet | None = None) -> PackReport:
    """Check a pack that was read. `changed`: this file alone is new, all others stood as they are when they were checked.

    Then the shapes of the others are not looked at again, nor the cases of measures where the change cannot reach them (a rule reads
    facts and dictionaries, nothing else): a third of the time.
    """
    problems = list(pack.problems) or list(shape_problems(pack.sheets if changed is None else (changed,)))
    if not problems:
        problems = [*_too_new(pack), *reference_problems(pack), *agreement_problems(pack)]
        problems += [sheet.problem((), fault) for sheet, faults in _own_faults(pack) for fault in faults]
        problems += [
            sheet.problem(where, fault) for sheet in pack.of("retention") for where, fault in retention.faults_of(sheet.data)
        ]
        problems += [*figure_problems(pack), *return_problems(pack), *bulletin_problems(pack), *plan_problems(pack)]
        catalogue = catalogue_in(pack)
        if not flaws(catalogue):
            judged = pack.of("measure") if changed is None or changed.section in JUDGED_BY else ()
            problems += [one for sheet in judged for one in rule_problems(sheet, catalogue)]
            problems += route_problems(pack, catalogue)
            problems += guide_problems(pack, catalogue)
    head = pack.head
    return PackReport(
        str(head.get("code", "")), str(head.get("version", "")), pack.digest, counts_of(pack), tuple(sorted(set(problems)))
    )


def _own_faults(pack: Pack) -> Iterator[tuple[Sheet, Sequence[str]]]:
    """What the rooms say of their own files."""
    rooms = (
        ("kind", cases.faults_of), ("watch", watch.faults_of), ("papers", papers.faults_of), ("mirrors", mirrors.faults_of),
        ("economy", economy.faults_of), ("resumption", resumption.faults_of),
    )  # fmt: skip
    for section, faults_of in rooms:
        for sheet in pack.of(section):
            yield sheet, faults_of(sheet.data)


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
