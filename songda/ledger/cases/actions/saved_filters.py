"""Filters a person keeps 常用筛选. Nothing of the ledger changes; no sight is granted."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from songda.kernel.errors import Invalid, NotFound
from songda.ledger.cases.models import SavedFilter
from songda.registry.actors import Actor

MOST = 20


def keep_filter(name: str, query: str, *, by: Actor, now: dt.datetime) -> SavedFilter:
    """Keep a query of the list under a name; the same name again replaces it."""
    if by.person_id is None or not name.strip():
        raise Invalid(_("请给筛选条件起个名字。"), fields={"name": _("例如“我的超期件”。")})
    mine = SavedFilter.objects.filter(person_id=by.person_id)
    if mine.exclude(name=name.strip()).count() >= MOST:
        raise Invalid(_("常用筛选最多%(n)d个。") % {"n": MOST}, advice=_("请先删除不用的。"))
    kept, _new = SavedFilter.objects.update_or_create(
        person_id=by.person_id, name=name.strip()[:30], defaults={"query": query[:400], "at": now}
    )
    return kept


def drop_filter(filter_id: int, *, by: Actor) -> None:
    """Forget one of one's own; NotFound for another's."""
    if not SavedFilter.objects.filter(pk=filter_id, person_id=by.person_id or 0).delete()[0]:
        raise NotFound(_("没有这个常用筛选。"))
