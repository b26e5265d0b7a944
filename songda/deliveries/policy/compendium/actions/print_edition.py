"""Print the books of a published edition 排印: each form once; a second run finds the work done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db.models import Count

from songda.deliveries.policy.compendium.models import Edition, EditionBook
from songda.deliveries.policy.compendium.queries import LAYOUT, is_unchanged, paper_of
from songda.deliveries.policy.compendium.states import BookForm
from songda.engines.printing import Paper
from songda.kernel.prints import to_docx, to_html, to_pdf

PRINTERS: Mapping[str, Callable[[Paper], bytes]] = {
    BookForm.PDF: lambda paper: to_pdf(paper, layout=LAYOUT),
    BookForm.DOCX: lambda paper: to_docx(paper, layout=LAYOUT),
    BookForm.HTML: lambda paper: to_html(paper, layout=LAYOUT).encode(),
}


def print_waiting(*, now: dt.datetime) -> int:
    """Print the books that published editions still lack; how many. An edition changed behind its back is left alone."""
    published = Edition.objects.filter(state="published").annotate(printed=Count("books"))
    waiting = published.filter(printed__lt=len(BookForm.values)).order_by("pk")
    return sum(print_edition(one.pk, now=now) for one in waiting if is_unchanged(one))


def print_edition(edition_id: int, *, now: dt.datetime) -> int:
    """Print what is not printed yet; how many books that were. Each is stored as soon as it is there, so that a page can tell."""
    edition = Edition.objects.filter(pk=edition_id, state="published").first()
    printed = 0
    if edition is None:
        return printed
    missing = [form for form in BookForm.values if not edition.books.filter(form=form).exists()]
    paper = paper_of(edition) if missing else None
    for form in missing:
        if paper is not None:
            _, made = EditionBook.objects.get_or_create(
                edition=edition, form=form, defaults={"data": PRINTERS[form](paper), "printed_at": now}
            )
            printed += made
    return printed
