"""Explaining a value 说明: why a rate is above 100 %, why a number jumps. Once; what was said stands."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.office.indicators import access
from songda.office.indicators.models import Value
from songda.registry.actors import Actor

LONGEST = 500


@transaction.atomic
def explain_value(value_id: int, text: str, *, by: Actor, now: dt.datetime) -> Value:
    """Add the explanation that is printed with it. Conflict where one stands already or the value was replaced."""
    value = access.value_to_explain(value_id, by)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Invalid(_("请写明说明，不超过 %(n)d 字。") % {"n": LONGEST}, fields={"text": _("必填")})
    if hasattr(value, "replaced_by"):
        raise Conflict(_("该值已被更正。"), advice=_("请到更正后的值上说明。"))
    if not Value.objects.filter(pk=value.pk, explanation="").update(explanation=text):
        raise Conflict(_("该值已有说明。"), advice=_("说明只写一次；确需改变的，请更正该值。"))
    record("value.explain", value, by=by, now=now, after={"code": value.code, "explanation": text})
    value.explanation = text
    return value
