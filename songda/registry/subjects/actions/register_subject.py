"""Enter a subject."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import actions as audit
from songda.kernel.errors import Conflict, Invalid, NotFound
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.subjects import access
from songda.registry.subjects.models import Subject
from songda.registry.subjects.rules import names, uscc


@dataclass(frozen=True, slots=True)
class NewSubject:
    """What is needed to enter a subject: a kind, a name and a home; a firm's code, or a number of its own.

    `home_id` is the organisation (district, zone, street) it belongs to. A subject with neither code nor number gets a number.
    """

    kind: str
    name: str
    home_id: int
    uscc: str = ""
    local_number: str = ""
    address: str = ""
    founded_on: dt.date | None = None
    demonstration: bool = False


@transaction.atomic
def register_subject(given: NewSubject, *, by: Actor, now: dt.datetime) -> Subject:
    """Enter a subject within the actor's area. Invalid for a wrong code or kind, Conflict for a code that is taken."""
    home = Organisation.objects.filter(pk=given.home_id).first()
    if home is None:
        raise NotFound(_("没有所选的辖区机构。"))
    access.check_area(home.area_path, by)
    code, name = checked_code(given.uscc), checked_name(given.name)
    if given.kind not in Subject.Kind.values:
        raise Invalid(_("主体类型“%(kind)s”未登记。") % {"kind": given.kind}, fields={"kind": _("请从列表中选择。")})
    made = Subject(
        kind=given.kind, uscc=code or None, local_number=given.local_number or None, name=name, name_key=names.key_of(name),
        name_core=names.core_of(name), home=home, area_path=home.area_path, address=given.address,
        founded_on=given.founded_on, demonstration=given.demonstration, registered_at=now,
    )  # fmt: skip
    _keep(made)
    if not code and not given.local_number:
        made.local_number = f"{given.kind[:1].upper()}{made.pk:07d}"
        made.save(update_fields=["local_number"])
    audit.record("subject.register", made, by=by, now=now, after={"name": name, "uscc": code, "home": home.code})
    return made


def checked_code(text: str) -> str:
    """A code as typed, normalised; Invalid with the reason when it is wrong, empty when there is none."""
    code = uscc.normalise(text)
    why = uscc.problem(code) if code else ""
    if why:
        raise Invalid(why, fields={"uscc": why})
    return code


def checked_name(text: str) -> str:
    """A name as typed, tidied; Invalid when nothing is left or it is too long."""
    name = names.tidy(text)
    if not 1 < len(name) <= 160:
        raise Invalid(_("名称应为2至160个字。"), fields={"name": _("名称应为2至160个字。")})
    return name


def _keep(made: Subject) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as cause:
        number = made.uscc or made.local_number
        raise Conflict(
            _("代码“%(number)s”已经登记。") % {"number": number}, advice=_("请按代码查找该主体；名称不同的，登记为别名。")
        ) from cause
