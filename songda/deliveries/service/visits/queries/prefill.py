"""What a phone takes along: the day's stops, each with the firm's card, its measures, its open cases. Nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from songda.deliveries.service.visits.models import Stop
from songda.deliveries.service.visits.queries.firms import rows_about
from songda.deliveries.service.visits.queries.visits import to_record
from songda.deliveries.service.visits.states import VISIT
from songda.kernel import clock
from songda.ledger import panels
from songda.ledger.cases.access import visible_to as cases_visible_to
from songda.ledger.cases.models import Case
from songda.ledger.cases.states import MACHINES
from songda.registry.actors import Actor
from songda.registry.subjects import queries as subjects

CASES_SHOWN = 20


def day_for(actor: Actor, *, now: dt.datetime) -> dict[str, object]:
    """The day of a post as plain data. `owner` tells a shared phone whose it is."""
    stops = list(to_record(actor, now=now))
    firms = [one.subject for one in stops if one.subject is not None]
    cards = {row.subject.pk: row for row in rows_about(firms, now=now)}
    names = {shown.subject.pk: shown for shown in subjects.shown(firms)}
    open_cases = cases_by_firm(actor, [one.pk for one in firms])
    told = []
    for stop in stops:
        entry = stop_card(stop)
        if stop.subject is not None:
            card, shown = cards[stop.subject.pk], names[stop.subject.pk]
            entry |= {
                "card": [
                    (_("所在辖区"), stop.subject.home.short_name),
                    (_("地址"), stop.subject.address),
                    (_("行业"), shown.industry),
                    (_("规模"), shown.size),
                    (_("上次走访"), local(card.last_visit)),
                ],
                "light": {"word": card.disturbance.light.word, "shape": card.disturbance.light.shape},
                "cases": [case_line(one) for one in open_cases[stop.subject.pk]],
                "measures": [
                    {"key": line.key, "label": line.label, "note": line.note}
                    for line in panels.lines("measures", stop.subject.pk, by=actor, now=now)
                ],
            }
        told.append(entry)
    return {"owner": owner_of(actor), "name": actor.name, "made_at": now.isoformat(), "stops": told}


def owner_of(actor: Actor) -> str:
    """Whose a phone's records are: the account through its post."""
    return f"{actor.account_id}-{actor.post_id}"


def stop_card(stop: Stop) -> dict[str, object]:
    """A stop as the list on the phone shows it."""
    visit = stop.visit
    return {
        "id": stop.pk, "visit": visit.pk, "seq": stop.seq, "name": str(stop), "purpose": visit.purpose, "kind": visit.kind,
        "kind_label": visit.get_kind_display(), "state": visit.state, "state_label": str(VISIT.states[visit.state]),
        "reply": stop.reply, "reply_label": stop.get_reply_display(), "at": local(visit.starts_at), "mandatory": visit.mandatory,
        "card": [], "light": None, "cases": [], "measures": [],
    }  # fmt: skip


def cases_by_firm(actor: Actor, subject_ids: Sequence[int]) -> dict[int, list[Case]]:
    """The open matters of these firms that the actor may see. One query."""
    rows = cases_visible_to(actor).filter(subject_id__in=subject_ids, open=True, machine="demand").order_by("pressing_at", "pk")
    found: dict[int, list[Case]] = defaultdict(list)
    for case in rows:
        if case.subject_id is not None and len(found[case.subject_id]) < CASES_SHOWN:
            found[case.subject_id].append(case)
    return found


def case_line(case: Case) -> dict[str, object]:
    """A case in one line."""
    label = str(MACHINES[case.machine].states[case.state])
    return {"id": case.pk, "number": case.number, "title": case.title, "state": label, "due": local(case.due_at)}


def local(moment: dt.datetime | None) -> str:
    """A local moment for reading."""
    return "" if moment is None else moment.astimezone(clock.place()).strftime("%Y-%m-%d %H:%M")
