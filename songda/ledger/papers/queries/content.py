"""What stands in a paper: its words as printed, and a list's rows, as of now or as frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.errors import Conflict
from songda.ledger.papers.access import spec_of
from songda.ledger.papers.models import Paper
from songda.ledger.papers.rules.list_sources import MOST, SOURCES, ListRows
from songda.ledger.papers.rules.printed import Content
from songda.registry.actors import Actor

Query = Callable[[str, Actor, dt.datetime], ListRows]


def rows_now(source: str, area_path: str, actor: Actor, now: dt.datetime) -> ListRows:
    """The rows of a list as its room gives them now. Conflict where no room offers it, or for more rows than a list takes."""
    if source not in SOURCES:
        raise Conflict(_("清单来源“%(code)s”还没有业务提供数据。") % {"code": source}, advice=_("请在该业务启用后再制发。"))
    query: Query = import_string(SOURCES[source][1])
    rows = query(area_path, actor, now)
    if len(rows.rows) > MOST:
        raise Conflict(_("清单超过 %(most)d 行。") % {"most": MOST}, advice=_("请按较小的辖区分别制发，或从业务页面导出。"))
    return rows


def frozen_rows(paper: Paper) -> ListRows:
    """The rows of an issued list."""
    head = tuple(str(one[0]) for one in paper.columns)
    rows = paper.rows.order_by("ordinal").values_list("cells", flat=True)
    return ListRows(head, tuple(tuple(cells) for cells in rows), tuple(int(one[1]) for one in paper.columns))


def is_unchanged(paper: Paper, rows: ListRows) -> bool:
    """Whether the rows are those that were issued."""
    return paper.as_of is not None and rows.digest(paper.as_of.isoformat()) == paper.digest


def content_of(paper: Paper, actor: Actor, now: dt.datetime) -> Content:
    """A paper as printed: a draft with today's day and rows, an issued one as it was issued. Conflict where a frozen row was changed."""
    kind, rows, as_of = spec_of(paper.kind), None, paper.as_of or now
    if kind.source:
        rows = frozen_rows(paper) if paper.number else rows_now(kind.source, paper.area_path, actor, now)
    if rows is not None and paper.number and not is_unchanged(paper, rows):
        raise Conflict(_("清单内容与制发时的摘要不符，不予打印。"), advice=_("请联系审计管理员核查。"))
    return Content(
        title=paper.title,
        unit=paper.unit.name,
        number=paper.number or _("（制发时编号）"),
        date=in_words(paper.issued_on or clock.day_of(now)),
        fields=paper.fields,
        firm=paper.subject.name if paper.subject else "",
        stamp=stamp_of(paper),
        rows=rows,
        as_of=in_words(clock.day_of(as_of)),
        digest=paper.digest,
    )


def stamp_of(paper: Paper) -> str:
    """The words across every page."""
    state = {"draft": _("草稿"), "withdrawn": _("已撤回"), "void": _("已作废")}.get(paper.state, "")
    return "　".join(one for one in (state, _("演示数据") if paper.demonstration else "") if one)


def in_words(day: dt.date) -> str:
    """A day as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"
