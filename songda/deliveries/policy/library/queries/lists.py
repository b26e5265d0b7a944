"""Lists of the library for papers 清单: whom to ask, what to bring, what not to do; each as it holds in a territory on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.access import reaching
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.queries.annotations import red_lines
from songda.deliveries.policy.library.queries.contacts import contacts_for
from songda.kernel import clock
from songda.kernel.paths import above
from songda.ledger.papers.rules.list_sources import MOST, ListRows
from songda.registry.actors import Actor


def contacts(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """联系人公布: the valid card of every measure in force; a measure without one says so."""
    day = clock.day_of(now)
    versions = list(_in_force(area_path, actor, day)[: MOST + 1])
    cards = contacts_for([one.measure_id for one in versions], area_path, day)
    head = (_("措施"), _("联系科室"), _("联系人"), _("电话"))
    told = ((one, cards.get(one.measure_id)) for one in versions)
    rows = tuple(
        (one.title, card.section, card.who, card.phone) if card else (one.title, _("待公布"), "—", "—") for one, card in told
    )
    return ListRows(head, rows, (6, 4, 4, 4))


def materials(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """材料清单: what to bring for every measure in force that asks for papers."""
    versions = _in_force(area_path, actor, clock.day_of(now))[: MOST + 1]
    rows = tuple((one.title, _in_a_line(one.papers)) for one in versions if one.papers)
    return ListRows((_("措施"), _("申报材料")), rows, (4, 8))


def negative(area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """负面清单: the red lines of documents that hold in the territory, in their own words."""
    del actor  # red lines of documents in force are public
    lines = red_lines(area_path, on=clock.day_of(now))[: MOST + 1]
    rows = tuple((one.document.title, one.quote, one.note or "—") for one in lines)
    return ListRows((_("文件"), _("原文"), _("说明")), rows, (4, 7, 4))


def _in_force(area_path: str, actor: Actor, day: dt.date) -> QuerySet[MeasureVersion]:
    open_now = Q(closes_on=None) | Q(closes_on__gte=day)
    rows = MeasureVersion.objects.filter(reaching(actor), open_now, state="published", area_path__in=above([area_path]))
    return rows.select_related("measure").order_by("measure__code", "pk")


def _in_a_line(papers: object) -> str:
    return "、".join(str(one) for one in papers) if isinstance(papers, list) else str(papers)
