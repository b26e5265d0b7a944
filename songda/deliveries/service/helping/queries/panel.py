"""The panel of a firm: its officer with a telephone number, the teams and stationed officers, its package, its powers."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.service.helping.models import Charge, PowerOfAttorney, Station
from songda.deliveries.service.helping.queries.favours import package_of
from songda.kernel import clock
from songda.ledger.panels import Rendered
from songda.registry.actors import Actor
from songda.registry.people.models import Contact
from songda.registry.people.queries import numbers_of, officer_of, stand_in
from songda.registry.subjects.queries import subject_of


def helping_panel(subject_id: int, actor: Actor, now: dt.datetime) -> Rendered | None:
    """Who is there for this firm. The firm sees name and number of its officer (SVC-02), and who stands in while he is away."""
    if not (actor.may("firm.read") or actor.may("visits.see")):
        return None
    today = clock.day_of(now)
    subject = subject_of(subject_id)
    if subject is None:
        return None
    officer = officer_of(subject_id)
    standing = stand_in(officer, today) if officer else None
    numbers = numbers_of(standing or officer) if officer else ()
    return "helping/panel.html", {
        "officer": officer,
        "standing": standing,
        "numbers": [one for one in numbers if one.channel == Contact.Channel.SMS],
        "charges": Charge.objects.filter(subject=subject, ends_on=None).select_related("team__leader__person", "team__lead"),
        "stations": Station.objects.filter(subject=subject, ends_on=None).select_related("post__person", "post__organisation"),
        "powers": PowerOfAttorney.objects.filter(subject=subject, revoked_at=None, ends_on__gte=today).select_related(
            "agent__person"
        ),
        "firm_package": package_of(subject, today),
        "subject": subject,
    }
