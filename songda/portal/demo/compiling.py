"""The compendium of the demonstration: one edition drafted by the editor and published by another; a worker prints its books."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.deliveries.policy.compendium.actions import draft_edition, publish_edition
from songda.deliveries.policy.compendium.actions.draft_edition import NewEdition
from songda.deliveries.policy.compendium.models import Edition
from songda.kernel import clock
from songda.registry.actors import Actor
from songda.registry.organisations import queries as organisations


def compile_edition(area: str, editor: Actor, publisher: Actor, now: dt.datetime) -> Edition:
    """All filed policies of the pack, as the zone would bind them."""
    unit = organisations.by_code(area)
    new = NewEdition(_("第1期"), _("支持企业政策汇编"), unit.name, unit.area_path, clock.day_of(now), demonstration=True)
    return publish_edition(draft_edition(new, by=editor, now=now).pk, by=publisher, now=now)
