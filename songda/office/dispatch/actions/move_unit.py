"""A unit that moves in the tree takes along what lies in its territory, in every room (SUP-02)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from songda.deliveries.policy.guides.models import Guide
from songda.deliveries.policy.library.models import ContactCard, Document, GapAssignment, ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.matching.models import Match
from songda.deliveries.policy.plans.models import Plan
from songda.deliveries.policy.push.models import Push
from songda.deliveries.service.helping.models import Enquiry, Feedback, Hotline, Knowledge, ServicePackage, Team
from songda.deliveries.service.visits.models import Approach, Stop
from songda.kernel.paths import repath
from songda.ledger.cases.models import Alert, Case, Group
from songda.ledger.evidence.models import Evidence
from songda.ledger.notices.models import Group as ChatGroup
from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.office.dispatch.models import Meeting, SpecialCase
from songda.registry.actors import Actor
from songda.registry.facts.models import Coverage
from songda.registry.intake.models import Intake
from songda.registry.organisations.actions import move_organisation
from songda.registry.places.models import Place
from songda.registry.subjects.models import Subject

COPIES = (
    Subject, Place, Coverage, Intake, Evidence, Notice, NoticeDelivery, ChatGroup, Case, Group, Alert, Document, MeasureVersion,
    ImplementingRuleVersion, GapAssignment, ContactCard, Plan, Guide, Match, Push, Stop, Approach, Team, Enquiry, Knowledge, Hotline,
    Feedback, ServicePackage, Meeting, SpecialCase,
)  # fmt: skip
"""Tables whose rows stand where their territory stands now. Snapshots, the audit trail and the unit's own history keep the
path of their day."""


@transaction.atomic
def move_unit(organisation_id: int, parent_code: str, *, on: dt.date, by: Actor, now: dt.datetime) -> int:
    """Move a unit under another one, with everything below it; how many rows of other rooms went along."""
    paths = move_organisation(organisation_id, parent_code, on=on, by=by, now=now)
    return sum(repath(model, old, new) for old, new in paths.items() for model in COPIES)
