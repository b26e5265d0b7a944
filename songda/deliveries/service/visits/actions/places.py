"""Taking a place of a firm's month 计入次数: the only way a contact is counted."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.service.visits.models import Approach
from songda.deliveries.service.visits.rules.budget import BUDGET, extra_place, first_of_month, free_place
from songda.kernel.errors import Conflict
from songda.registry.subjects.models import Subject

TRIES = 5


def counted_in(subject_id: int, month: dt.date) -> QuerySet[Approach]:
    """The contacts that hold a place of a firm's month."""
    return Approach.objects.filter(subject_id=subject_id, month=month, ended_at=None).exclude(place=None)


def count_it(approach: Approach, *, extra: bool = False) -> None:
    """Save a contact with the lowest free place of its month. Beyond the budget: a place of its own when approved (`extra`), none
    while a reason asks for the dispatcher's word, and Conflict without a reason. Somebody faster costs another try, not the rule.
    """
    approach.month = first_of_month(approach.on)
    if not approach.counted:
        approach.place = None
        approach.save()
        return
    for _try in range(TRIES):
        others = counted_in(approach.subject_id, approach.month).exclude(pk=approach.pk)
        taken = [one.place for one in others if one.place is not None]
        approach.place = free_place(taken) or (extra_place(taken) if extra else None)
        if approach.place is None and not approach.extra_reason:
            raise over_budget(approach.subject, approach.month)
        try:
            with transaction.atomic():
                approach.save()
            return
        except IntegrityError:  # another department took it between the two statements
            continue
    raise Conflict(_("多个部门正在同时预约该企业。"), advice=_("请稍后再试。"))


def over_budget(subject: Subject, month: dt.date) -> Conflict:
    """The refusal of one contact too many: who comes already, and what can be done."""
    coming = [f"{one.unit} {one.on:%m-%d}" for one in counted_in(subject.pk, month).select_related("unit").order_by("on", "pk")]
    message = _("“%(firm)s”%(month)d月已有 %(n)d 次联系（%(who)s），达到上限。") % {
        "firm": subject.name, "month": month.month, "n": len(coming), "who": "、".join(coming),
    }  # fmt: skip
    advice = _("请与上述单位联合走访，或写明理由报统筹调度员批准（每户每月 %(n)d 次）。") % {"n": BUDGET.contacts}
    return Conflict(message, advice=advice, code="contact_budget", fields={"extra_reason": f"{message}{advice}"})


def give_back(approaches: QuerySet[Approach], *, now: dt.datetime) -> int:
    """End contacts that will not happen; their places are free again."""
    return approaches.filter(ended_at=None).update(ended_at=now)
