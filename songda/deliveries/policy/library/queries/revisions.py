"""Revisions that a later version of a document brings about 修订稿."""

from __future__ import annotations

from django.db.models import QuerySet

from songda.deliveries.policy.library.access import measures_visible_to
from songda.deliveries.policy.library.models import Document, MeasureVersion
from songda.registry.actors import Actor


def revisions_in(document: Document, actor: Actor) -> QuerySet[MeasureVersion]:
    """Later versions of measures which stand on this document and are not in force yet."""
    waiting = measures_visible_to(actor).filter(number__gt=1, state__in=("draft", "reviewed"))
    return waiting.filter(sources__article__document=document).distinct().order_by("pk")
