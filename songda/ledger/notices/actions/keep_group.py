"""Groups 群: entering one, and counting its members again."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, NotPermitted
from songda.ledger.notices.models import Group
from songda.ledger.notices.states import GROUP_CHANNELS
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class GroupGiven:
    """A group as a person enters it. `code` is the one under which the channels file has its robot."""

    code: str
    name: str
    channel: str
    members: int
    counted_on: dt.date
    area_path: str


@transaction.atomic
def keep_group(given: GroupGiven, *, by: Actor, now: dt.datetime) -> Group:
    """Enter a group, or change name, members and day of count of one that is there. Messages sent keep the count of their day."""
    known = Group.objects.filter(code=given.code).first()
    for path in {given.area_path, known.area_path if known else given.area_path}:
        if not by.may("push.send") or not path.startswith(by.area_paths):
            raise NotPermitted(_("您当前的岗位不能维护该辖区的群。"), advice=_("请由该辖区有推送权限的岗位办理。"))
    if given.members < 1 or given.channel not in GROUP_CHANNELS:
        raise Invalid(_("请填写群人数，并选择群所在的渠道。"), fields={"members": _("至少 1 人")})
    before = {"name": known.name, "members": known.members, "counted_on": str(known.counted_on)} if known else None
    group, _made = Group.objects.update_or_create(code=given.code, defaults=asdict(given))
    after = {"name": group.name, "members": group.members, "counted_on": str(group.counted_on)}
    record("notices.group", group, by=by, now=now, before=before, after=after)
    return group
