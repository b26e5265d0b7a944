"""Where a firm can be told something."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.clock import day_of
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.people.access import contacts_visible_to
from songda.registry.people.models import Contact
from songda.registry.people.rules.contacts import fault_of_address
from songda.registry.subjects.access import subject_for


@dataclass(frozen=True, slots=True)
class NewContact:
    """A firm's address on a channel, and whose it is."""

    subject_id: int
    channel: str
    address: str
    holder: str = ""


@transaction.atomic
def add_contact(new: NewContact, *, by: Actor, now: dt.datetime) -> Contact:
    """Add a way to reach a firm; Conflict when it is there already, Invalid for an address of the wrong shape."""
    must_keep_contacts(by)
    subject = subject_for(new.subject_id, by)
    if new.channel not in Contact.Channel.values:
        raise Invalid(_("没有这一渠道。"), fields={"channel": "、".join(Contact.Channel.values)})
    if fault := fault_of_address(new.channel, new.address):
        raise Invalid(fault, fields={"address": fault})
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                subject=subject, channel=new.channel, address=new.address, holder=new.holder, starts_on=day_of(now)
            )
    except IntegrityError as error:
        raise Conflict(_("该联系方式已登记。")) from error
    record("contact.add", contact, by=by, now=now, after={"subject": subject.pk, "channel": new.channel, "address": new.address})
    return contact


@transaction.atomic
def end_contact(contact_id: int, *, by: Actor, now: dt.datetime) -> None:
    """Stop using an address; nothing is sent there from now on."""
    must_keep_contacts(by)
    contact = contacts_visible_to(by).filter(pk=contact_id).first()
    if contact is None or Contact.objects.filter(pk=contact.pk, ends_on=None).update(ends_on=day_of(now)) != 1:
        raise NotFound(_("没有找到这一联系方式。"), advice=_("它可能已停用。"))
    record("contact.end", contact, by=by, now=now, after={"ends_on": day_of(now)})


@transaction.atomic
def decline_bulk(contact_id: int, *, by: Actor, now: dt.datetime) -> Contact:
    """退订: no bulk messages at this address from now on. Again: nothing changes."""
    must_keep_contacts(by)
    return set_declined(_in_sight(contact_id, by), now, by=by, now=now)


@transaction.atomic
def accept_bulk(contact_id: int, *, by: Actor, now: dt.datetime) -> Contact:
    """恢复接收: bulk messages come here again."""
    must_keep_contacts(by)
    return set_declined(_in_sight(contact_id, by), None, by=by, now=now)


def set_declined(contact: Contact, at: dt.datetime | None, *, by: Actor, now: dt.datetime) -> Contact:
    """Write it where it changes, with its trail. In the caller's transaction, who has looked whether he may."""
    if Contact.objects.filter(pk=contact.pk, declined_at__isnull=at is not None).update(declined_at=at) == 1:
        record("contact.decline" if at else "contact.accept", contact, by=by, now=now, after={"channel": contact.channel})
        contact.refresh_from_db()
    return contact


def _in_sight(contact_id: int, by: Actor) -> Contact:
    return one_of(contacts_visible_to(by).filter(pk=contact_id), _("没有找到这一联系方式。"), advice=_("它可能已停用。"))


def must_keep_contacts(by: Actor) -> None:
    """Contacts are kept by who keeps the register, and by the firm itself."""
    if not (by.may("subjects.edit") or by.may("firm.act") or by.role == "system"):
        raise NotPermitted(_("您当前的岗位不能维护联系方式。"))
