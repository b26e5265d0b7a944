"""A bulletin handed in to the statistician 简报读数: some figures taken, an idiom left out, a wrong sum and a rate above 100 % still waiting.

The bulletin and every number in it are invented.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.clock import day_of
from songda.kernel.errors import NotPermitted
from songda.office.indicators import actions
from songda.office.indicators.models import Reading
from songda.registry.actors import Actor

TEXT = """（演示）全区复工复产情况简报
截至3月15日17时，全区应复工规模以上工业企业224家，已复工219家，复工率97.77%；到岗职工4.12万人，占应到岗4.68万人的88.03%。
本周全区共受理企业诉求1286件，其中用工310件、资金402件、运输268件、防疫物资326件。
重点建设项目应到岗1850人，当前到岗2146人，到岗比例116%。
各级干部“一竿子插到底”，近百人驻企服务，协调发放口罩12.5万余只，真是三下五除二解了企业的燃眉之急。"""


def bulletin_read() -> bool:
    """Whether it was done before."""
    return Reading.objects.filter(source__demonstration=True).exists()


@transaction.atomic
def read_one(by: Actor, *, demonstration: bool, now: dt.datetime) -> Reading:
    """Hand the bulletin in and judge the first of its figures. Demonstration mode only."""
    if not demonstration or by.organisation_id is None:
        raise NotPermitted(_("演示简报只能在演示环境中读取。"))
    handed = actions.Handed(TEXT, by.organisation_id, issued_on=day_of(now), demonstration=True)
    reading = actions.read_bulletin(handed, by=by, now=now)
    sound = [row.number for row in reading.figures.filter(weight="").order_by("number") if row.as_of and row.scope]
    actions.accept_figures(reading.pk, sound, actions.Choice(by.organisation_id), by=by, now=now)
    people = reading.figures.filter(value="100", unit="人").values_list("number", flat=True)
    actions.reject_figures(reading.pk, list(people), "rhetorical", by=by, now=now)
    return reading
