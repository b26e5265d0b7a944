"""What the record shows beside the case itself: units, the firm's word, whom to call, alerts in words, the printed sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotFound
from songda.kernel.paths import within
from songda.ledger.cases.access import handles, visible_to
from songda.ledger.cases.models import Alert, Case, CaseStep, Group, Party, Word
from songda.ledger.cases.queries.kinds import spec_of
from songda.ledger.cases.rules.course import clocks_for
from songda.ledger.cases.states import MACHINES
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Rung:
    """An alert in words: of which clock, which level."""

    alert: Alert
    clock: str
    level: str


def parties_of(case: Case) -> list[Party]:
    """The units that take part, the lead first, those that ended last."""
    found = Party.objects.filter(case=case).select_related("organisation", "post__person")
    return sorted(found, key=lambda one: (one.ended_at is not None, one.role != Party.Role.LEAD, one.asked_at))


def answers_of(case: Case) -> QuerySet[Word]:
    """What the firm said, the latest round first."""
    return Word.objects.filter(case=case).order_by("-cycle")


def contact_of(case: Case, actor: Actor) -> tuple[str, str]:
    """Name and telephone as the record shows them: covered, but for the firm itself. In full: `actions.reveal_contact`."""
    own = actor.subject_id is not None and actor.subject_id == case.subject_id
    return (case.contact_name, case.contact_phone) if own else case.covered_contact


def may_call(case: Case, actor: Actor) -> bool:
    """Whether a post may see whom to call: who works on the case, hands it out or asks the firm back."""
    known = bool(case.contact_name or case.contact_phone) and actor.subject_id is None
    return known and (
        actor.may("cases.assign") or actor.may("cases.revisit") or (actor.may("cases.handle") and handles(case, actor))
    )


def rungs_of(alerts: Sequence[Alert]) -> list[Rung]:
    """Alerts with the names of their clocks and levels, from the kinds of their cases."""
    return [_in_words(one) for one in alerts]


def _in_words(alert: Alert) -> Rung:
    for clock in clocks_for(spec_of(alert.case.kind), alert.case.difficulty):
        if clock.definition.code == alert.clock:
            level = next((one.label for one in clock.ladder if one.code == alert.level), alert.level)
            return Rung(alert, clock.definition.label, level)
    return Rung(alert, alert.clock, alert.level)


def sheet_of(alert_id: int, actor: Actor) -> dict[str, object]:
    """A supervision sheet 督办单: its alert, case and words. NotFound for an alert without a sheet, or out of sight."""
    found = (
        Alert.objects.select_related("case__kind", "post__person", "organisation").filter(pk=alert_id).exclude(sheet="").first()
    )
    case = (
        visible_to(actor).select_related("kind", "subject", "lead", "holder__person").filter(pk=found.case_id).first()
        if found
        else None
    )
    if found is None or case is None or actor.subject_id is not None:
        raise NotFound(_("没有这张督办单，或不在您的办理范围内。"))
    urged = CaseStep.objects.filter(case=case, step="urge", at=found.at)  # by hand: what is demanded is said in the step
    return {
        "alert": found,
        "case": case,
        "rung": _in_words(found),
        "demanded": next((one.note for one in urged if one.used.get("sheet")), ""),
        "state": MACHINES[case.machine].states[case.state],
    }


def groups_of(actor: Actor) -> QuerySet[Group]:
    """Groups of the same problem in an actor's territory, the latest first."""
    return Group.objects.filter(within(actor.area_paths)).order_by("-opened_at", "-id")
