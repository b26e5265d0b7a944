"""Issue a paper 编号制发: freeze it, give it its number, all in one transaction."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.kernel.machines import move
from songda.ledger.papers.access import paper_to_work, spec_of
from songda.ledger.papers.actions.draft_paper import title_of
from songda.ledger.papers.actions.index import index_paper
from songda.ledger.papers.actions.numbers import next_ordinal, series_for
from songda.ledger.papers.models import Paper, PaperRow
from songda.ledger.papers.queries.content import rows_now
from songda.ledger.papers.rules.kinds import PaperKind, kept_until, number_in
from songda.ledger.papers.states import PAPER
from songda.registry.actors import Actor


@transaction.atomic
def issue_paper(paper_id: int, *, by: Actor, now: dt.datetime) -> Paper:
    """Give a draft its number and close it. A list keeps the rows its query gives now, as the issuer sees them.

    NotPermitted where the kind asks for a second person and the issuer wrote on it; Invalid where a field is lacking; Conflict
    where somebody was faster. Then no number is used.
    """
    paper = paper_to_work(paper_id, by, "issue")
    kind = spec_of(paper.kind)
    check_second_person(paper, kind, by)
    check_whole(paper, kind)
    on = clock.day_of(now)
    changes: dict[str, object] = {"title": title_of(paper, kind, now), "keep_until": kept_until(kind, on)}
    if kind.source:
        changes |= freeze(paper, kind.source, by, now)
    # Last of all: from here to the end of the transaction other issuers of the series wait.
    series = series_for(kind, paper.unit, on.year)
    ordinal = next_ordinal(series)
    changes |= {"series": series, "ordinal": ordinal, "number": number_in(series, ordinal)}
    changes |= {"issued_at": now, "issued_on": on, "issued_name": by.name}
    # `written_at` as it was read: what was written meanwhile has been seen by nobody.
    move(PAPER, paper, "issue", {"written_at": paper.written_at}, **changes)
    index_paper(paper, kind)
    record("paper.issue", paper, by=by, now=now, after={"number": paper.number, "title": paper.title, "digest": paper.digest})
    return paper


def check_second_person(paper: Paper, kind: PaperKind, by: Actor) -> None:
    """Refuse who drafted or last wrote, where the kind takes two persons."""
    if kind.two_persons and by.account_id in (paper.drafted_by, paper.written_by):
        raise NotPermitted(
            _("“%(kind)s”须由起草人以外的人签发。") % {"kind": kind.label}, advice=_("请交有签发权限的另一人办理。")
        )


def check_whole(paper: Paper, kind: PaperKind) -> None:
    """Refuse a paper with a field that must not be empty."""
    lacking = {one.key: _("请填写。") for one in kind.fields if one.required and not paper.fields.get(one.key)}
    if lacking:
        labels = "、".join(one.label for one in kind.fields if one.key in lacking)
        raise Invalid(_("还缺：%(labels)s。") % {"labels": labels}, advice=_("请补齐后再制发。"), fields=lacking)


def freeze(paper: Paper, source: str, by: Actor, now: dt.datetime) -> dict[str, object]:
    """Keep the rows of a list as they are now."""
    rows = rows_now(source, paper.area_path, by, now)
    if PaperRow.objects.filter(paper=paper).exists():
        raise Conflict(_("这份清单已经制发。"), advice=_("请刷新页面查看。"))
    PaperRow.objects.bulk_create(
        [PaperRow(paper=paper, ordinal=at, cells=list(cells)) for at, cells in enumerate(rows.rows, 1)], batch_size=500
    )
    widths = rows.widths or (3,) * len(rows.head)
    columns = [list(one) for one in zip(rows.head, widths, strict=True)]
    return {"columns": columns, "as_of": now, "digest": rows.digest(now.isoformat())}
