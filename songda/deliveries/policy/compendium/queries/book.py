"""The book 成书: cover, contents by category with counts, then each policy on a page of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from songda.deliveries.policy.compendium.models import Edition, EditionEntry
from songda.deliveries.policy.compendium.queries.editions import Shelf, contents_of, is_unchanged, text_of_entry
from songda.deliveries.policy.compendium.rules.contents import Chapter
from songda.engines.printing import BOOK, Align, Block, Contents, Heading, PageBreak, Paper, Paragraph, Table, chinese, paragraphs
from songda.kernel.errors import Conflict

LAYOUT = BOOK


def paper_of(edition: Edition) -> Paper:
    """The edition as a document tree; Conflict where a published one is no longer what was published."""
    if not is_unchanged(edition):
        raise Conflict(_("汇编内容与发布时不符，不能排印。"), advice=_("请系统管理员核对审计留痕。"), code="edition_changed")
    shelf = contents_of(edition)
    texts = {entry.ordinal: entry for entry in edition.entries.select_related("document")}
    return Paper(
        title=edition.title,
        number=edition.number,
        issuer=edition.issuer,
        date=day(edition.as_of),
        blocks=tuple(_blocks(shelf, texts)),
        stamp=_("演示数据") if edition.demonstration else "",
    )


def day(on: dt.date | None) -> str:
    """A day as documents write it; a dash for none."""
    return f"{on.year}年{on.month}月{on.day}日" if on else "—"


def term(first: dt.date | None, last: dt.date | None) -> str:
    """From a day to a day, as far as they are known."""
    parts = [f"{day(first)}起" if first else "", f"至{day(last)}" if last else ""]
    return "".join(parts) or "—"


def _blocks(shelf: Shelf, texts: dict[int, EditionEntry]) -> Iterator[Block]:
    yield Heading(_("分类目录"), listed=False)
    yield _counts(shelf)
    yield Paragraph(
        _("本期收录政策 %(distinct)d 份。一份政策可归入几类，各类合计 %(filed)d 份次。")
        % {"distinct": shelf.distinct, "filed": shelf.filed}
    )
    yield PageBreak()
    yield Contents(depth=2)
    for place, chapter in enumerate(shelf.chapters, 1):
        yield from _chapter(place, chapter, texts)


def _counts(shelf: Shelf) -> Table:
    rows = tuple((str(place), one.label, str(len(one.ordinals))) for place, one in enumerate(shelf.chapters, 1))
    head = (_("序号"), _("类别"), _("份数"))
    return Table(head, rows or (("—", "—", "0"),), widths=(1, 6, 1), aligns=(Align.CENTRE, Align.LEFT, Align.RIGHT))


def _chapter(place: int, chapter: Chapter, texts: dict[int, EditionEntry]) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(f"{chinese(place)}、{chapter.label}（{len(chapter.ordinals)}份）")
    rows = tuple((str(ordinal), texts[ordinal].title, texts[ordinal].number or "—") for ordinal in chapter.ordinals)
    yield Table((_("编号"), _("政策"), _("发文字号")), rows, widths=(1, 7, 3), aligns=(Align.CENTRE, Align.LEFT, Align.LEFT))
    for ordinal in chapter.first:
        yield PageBreak()
        yield from _policy(texts[ordinal])


def _policy(entry: EditionEntry) -> Iterator[Block]:
    yield Heading(f"{entry.ordinal}. {entry.title}", level=2)
    yield Table(
        (),
        (
            (_("发文字号"), entry.number or "—", _("文种"), entry.kind or "—"),
            (_("发文机关"), entry.issuer or "—", _("层级"), str(entry.get_level_display())),
            (
                _("发文日期"),
                day(entry.issued_on),
                _("有效期"),
                entry.validity_text or term(entry.valid_from, entry.valid_until),
            ),
        ),
        widths=(2, 6, 2, 6),
    )
    yield from paragraphs(text_of_entry(entry))
