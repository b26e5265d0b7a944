"""Declining bulk messages 退订 from a message itself: whoever holds its signed link speaks for that one address, and no other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict
from songda.ledger.notices.access import delivery_of_link
from songda.registry.actors import system
from songda.registry.people.actions import set_declined
from songda.registry.people.models import Contact


@transaction.atomic
def decline_by_link(token: str, *, now: dt.datetime) -> Contact:
    """No more bulk messages to the address that this link was sent to. NotFound for a link that is not valid."""
    delivery = delivery_of_link(token, now=now)
    if delivery.contact is None:
        raise Conflict(_("群消息不能退订。"))
    return set_declined(delivery.contact, now, by=replace(system(), name=_("收件人")), now=now)
