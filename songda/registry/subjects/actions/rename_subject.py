"""Change a subject's name, or add another it is known by. The old name stays as a former one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit import actions as audit
from songda.kernel.errors import Invalid
from songda.registry.actors import Actor
from songda.registry.subjects import access
from songda.registry.subjects.actions.register_subject import checked_name
from songda.registry.subjects.models import Alias, Subject
from songda.registry.subjects.rules import names


@transaction.atomic
def rename_subject(subject_id: int, *, name: str, on: dt.date, by: Actor, now: dt.datetime) -> Subject:
    """Give a subject a new name from `on`; the old one is kept as 曾用名 until then. The same name again changes nothing."""
    subject = access.subject_for(subject_id, by)
    old, new = subject.name, checked_name(name)
    if old == new:
        return subject
    subject.aliases.filter(name=new).delete()  # a name taken up again is no longer a former one
    keep_alias(subject, old, Alias.Kind.FORMER, until=on)
    subject.name, subject.name_key, subject.name_core = new, names.key_of(new), names.core_of(new)
    subject.save(update_fields=["name", "name_key", "name_core"])
    audit.record("subject.rename", subject, by=by, now=now, before={"name": old}, after={"name": new, "on": on.isoformat()})
    return subject


@transaction.atomic
def add_alias(subject_id: int, *, name: str, kind: str, source: str = "", by: Actor, now: dt.datetime) -> Alias:
    """Add a short or variant name under which people look for the subject."""
    subject = access.subject_for(subject_id, by)
    plain = checked_name(name)
    if plain == subject.name or kind not in Alias.Kind.values:
        raise Invalid(_("别名应与现名不同，并注明类别。"), fields={"name": _("别名应与现名不同。")})
    made = keep_alias(subject, plain, kind, source=source)
    audit.record("subject.alias", subject, by=by, now=now, after={"alias": plain, "kind": kind})
    return made


def keep_alias(subject: Subject, name: str, kind: str, *, until: dt.date | None = None, source: str = "") -> Alias:
    """Write an alias once; one that is there already keeps its source."""
    made, _new = Alias.objects.get_or_create(
        subject=subject, name=name, defaults={"name_core": names.core_of(name), "kind": kind, "until": until, "source": source}
    )
    return made
