"""What a person should look at first on the desk 疑点: the most doubtful first, then in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from songda.deliveries.policy.library.models import Annotation, Document, OpenCondition
from songda.deliveries.policy.library.queries.desk import Desk, DeskArticle, DeskMeasure
from songda.deliveries.policy.library.rules.judgement import needs_judgement
from songda.deliveries.policy.library.states import Standing
from songda.registry.organisations.models import Organisation

OPEN, JUDGED, PROPOSED = 6, 7, 3
LACKING, UNKNOWN_UNIT, BARE, MISCOUNTED, LOST = 2, 4, 5, 8, 7


@dataclass(frozen=True, slots=True)
class DeskDoubt:
    """One thing to look at. `anchor`: the element of the page: c condition, v version, r article, d doubt of the reader,
    n annotation, each with its number; `package` for the document's counts. weight 1 (glance) … 9 (likely wrong)."""

    anchor: str
    weight: int
    kind: str
    sentence: str
    start: int


def doubts_of(desk: Desk, document: Document) -> list[DeskDoubt]:
    """Everything on the desk that waits for a person. Three queries, however long the document is."""
    found = [
        *_miscounted(desk, document),
        *(doubt for row in desk.articles for doubt in _of_article(row)),
        *(doubt for measure in _measures(desk) for doubt in _of_measure(measure)),
        *_unknown_units(desk),
        *_of_reader(document),
        *_lost(document),
    ]
    return sorted(found, key=lambda one: (-one.weight, one.start, one.anchor))


def _measures(desk: Desk) -> list[DeskMeasure]:
    return list({one.version.pk: one for row in desk.articles for one in row.measures}.values())


def _of_article(row: DeskArticle) -> Iterator[DeskDoubt]:
    if not row.covered:
        sentence = _("“%(article)s”既无措施也未说明理由。") % {"article": row.article}
        yield DeskDoubt(f"r{row.article.pk}", BARE, "article", sentence, row.article.start)


def _of_measure(one: DeskMeasure) -> Iterator[DeskDoubt]:
    if one.version.state != "draft":
        return
    for condition in one.conditions:
        if not condition.settled:
            yield _of_condition(condition)
    # Unsettled conditions are told one by one above, and a rule is written from them.
    lacks = [sentence for field, sentence in one.lacks.items() if field not in ("conditions", "rule")]
    if lacks:
        start = one.sources[0].start if one.sources else 0
        yield DeskDoubt(f"v{one.version.pk}", LACKING, "lacks", f"“{one.version.title}”{''.join(lacks)}", start)


def _of_condition(condition: OpenCondition) -> DeskDoubt:
    anchor, quote = f"c{condition.pk}", {"quote": condition.quote}
    if condition.proposal:
        return DeskDoubt(anchor, PROPOSED, "proposal", _("请核对“%(quote)s”的建议规则。") % quote, condition.start)
    if needs_judgement(condition.quote):
        sentence = _("“%(quote)s”须人来判断：请写明以什么事实判定，或说明不作判定。") % quote
        return DeskDoubt(anchor, JUDGED, "judgement", sentence, condition.start)
    return DeskDoubt(anchor, OPEN, "condition", _("“%(quote)s”还没有写成规则。") % quote, condition.start)


def _unknown_units(desk: Desk) -> Iterator[DeskDoubt]:
    """Units that articles name and the tree does not know by this name: typing mistakes, or units to be entered."""
    named = {name for row in desk.articles for name in row.article.departments}
    rows = Organisation.objects.filter(Q(name__in=named) | Q(short_name__in=named), ends_on=None)
    known = {name for both in rows.values_list("name", "short_name") for name in both}
    for row in desk.articles:
        strange = [name for name in row.article.departments if name not in known]
        if strange:
            sentence = _("机构库中没有“%(names)s”，请核对名称。") % {"names": "”“".join(strange)}
            yield DeskDoubt(f"r{row.article.pk}", UNKNOWN_UNIT, "department", sentence, row.article.start)


def _miscounted(desk: Desk, document: Document) -> Iterable[DeskDoubt]:
    counted = (
        (document.claims_articles, len(desk.articles), _("文件自称 %(said)d 条，读出 %(found)d 条。")),
        (document.claims_measures, len(_measures(desk)), _("文件自称 %(said)d 项举措，现有 %(found)d 项。")),
    )
    return [
        DeskDoubt("package", MISCOUNTED, "count", sentence % {"said": said, "found": found}, 0)
        for said, found, sentence in counted
        if said is not None and said != found
    ]


def _of_reader(document: Document) -> Iterable[DeskDoubt]:
    return [
        DeskDoubt(f"d{one.pk}", one.weight, one.kind, one.message, one.start) for one in document.doubts.all() if not one.settled
    ]


def _lost(document: Document) -> Iterator[DeskDoubt]:
    for one in Annotation.objects.filter(document=document, standing=Standing.LOST, withdrawn_at=None):
        values = {"kind": one.get_kind_display(), "quote": one.quote[:60]}
        sentence = _("前一版的%(kind)s“%(quote)s”在新文本中找不到：请重新选取，或撤销。") % values
        yield DeskDoubt(f"n{one.pk}", LOST, "annotation", sentence, 0)
