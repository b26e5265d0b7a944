"""Changing entries 修改条目 of the pack as it stands: what would come of it, and doing it.

One way for everything a pack declares: the file with the entry in other words is checked with the whole pack, the same loader as that of
`songda pack apply` enters it, and the file is kept in a new version with who and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import MeasureVersion
from songda.engines.rules.parse import parse_condition
from songda.engines.rules.problem import RuleError
from songda.kernel import origin
from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid
from songda.kernel.jobs import enqueue
from songda.ledger.cases.jobs import verify_clocks
from songda.portal.packs.applying import calendars_of, sections
from songda.portal.packs.checking import check
from songda.portal.packs.editing import Edit, Laid, lay
from songda.portal.packs.problem import PackProblem
from songda.portal.packs.reading import pack_of
from songda.portal.packs.standing import counted, digest_standing
from songda.registry.actors import Actor
from songda.registry.campaigns.actions import NewSheet, edit_sheet, renew_digest
from songda.registry.campaigns.models import SheetVersion
from songda.registry.facts import queries as facts

MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Prospect:
    """What edits come to: the entries before and after, what is wrong, else the rows that would change (the first, and how many)."""

    laid: Laid
    problems: Sequence[PackProblem] = ()
    rows: Sequence[AuditEntry] = ()
    count: int = 0


def prospect(section: str, edits: Sequence[Edit], *, by: Actor, now: dt.datetime) -> Prospect:
    """What would come of these edits of one file. Nothing is written; Conflict where an entry no longer says what was seen."""
    laid = lay(section, edits, by)
    problems = new_problems(laid)
    if problems:
        return Prospect(laid, problems)
    found = Prospect(laid)
    with transaction.atomic():
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        enter(laid, by, now)
        rows = AuditEntry.objects.filter(pk__gt=last, post_id=by.post_id, request_id=origin.current().request_id).order_by("pk")
        found = replace(found, problems=tuple(broken_rules(laid)), rows=list(rows[:MOST_ROWS]), count=rows.count())
        transaction.set_rollback(True)
    return found


@transaction.atomic
def carry_out(section: str, edits: Sequence[Edit], reason: str, *, by: Actor, now: dt.datetime) -> SheetVersion:
    """Do it: checked again, entered, kept with who and why. Invalid where something is wrong, Conflict where somebody was faster."""
    if not reason.strip():
        raise Invalid(_("请写明理由。"), fields={"reason": _("请写明理由。")})
    laid = lay(section, edits, by)
    refuse_problems(new_problems(laid))
    enter(laid, by, now)
    refuse_problems(tuple(broken_rules(laid)))
    entries = counted(laid.after) if laid.after else 0
    new = NewSheet(laid.file, laid.text, number=laid.number, entries=entries, changes=laid.changes)
    version = edit_sheet(laid.campaign.code, new, reason.strip(), by=by, now=now)
    renew_digest(laid.campaign, digest_standing(laid.campaign.code))
    if section == "calendar":
        enqueue(verify_clocks)
    return version


def new_problems(laid: Laid) -> tuple[PackProblem, ...]:
    """What the edits break. What was wrong before (a new version of the program asks for more) keeps nobody from mending something else."""
    found = check(laid.pack, laid.after).problems
    if not found:
        return ()
    stood = {(one.file, one.where, one.message) for one in check(laid.stood).problems}
    return tuple(one for one in found if (one.file, one.where, one.message) not in stood)


def refuse_problems(problems: Sequence[PackProblem]) -> None:
    """Every problem at once."""
    if problems:
        message = _("检查发现 %(n)d 处问题，没有保存。") % {"n": len(problems)}
        raise Invalid(message, fields={f"{one.file}:{one.line}": str(one) for one in problems}, code="faulty_pack")


def enter(laid: Laid, by: Actor, now: dt.datetime) -> None:
    """The loader of the section, as applying has it."""
    steps = dict(sections(laid.pack, by, now, pack_of(calendars_of(laid.campaign.code))))
    steps[laid.section.loader]()


def broken_rules(laid: Laid) -> Iterator[PackProblem]:
    """Rules in force in the database, which the pack may not know, that could no longer be read under the new catalogue."""
    if laid.section.name not in ("facts", "dictionary"):
        return
    catalogue = facts.catalogue()
    for version in MeasureVersion.objects.filter(state="published", rule_version__isnull=False).select_related("rule_version"):
        try:
            parse_condition(version.rule_version.text if version.rule_version else "", catalogue)
        except RuleError as error:
            message = _("已发布的措施“%(title)s”的规则将读不出：%(why)s") % {"title": version.title, "why": error}
            yield PackProblem(laid.file, 0, "", message)
