"""Carry measures into a later version of their document 承接措施: same words, other words, new words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from songda.deliveries.policy.library.access import within
from songda.deliveries.policy.library.actions import store_reading as store
from songda.deliveries.policy.library.actions.reread_document import redraft
from songda.deliveries.policy.library.actions.revise_measure import begin_revision
from songda.deliveries.policy.library.actions.split_measure import settle_words
from songda.deliveries.policy.library.models import Article, Document, MeasureSource, MeasureVersion, OpenCondition
from songda.deliveries.policy.library.rules.rereading import Blocked
from songda.deliveries.policy.library.states import SourceRole
from songda.engines.reading.align import Carried, Piece, align, carry
from songda.engines.reading.document import Quote
from songda.kernel.audit.actions import record
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Crossing:
    """From one text to the next: the new articles, the promises read in them, and what became of each former article.

    `became`: former article → new one (no entry: gone); `was`: the former articles; `same`: new articles with equal words.
    """

    former: Document
    document: Document
    articles: Sequence[Article]
    found: Sequence[store.Found]
    became: Mapping[int, Article]
    was: Mapping[int, Article]
    same: frozenset[int]

    def place_of(self, start: int, end: int, article_id: int | None) -> Carried | None:
        """Where a piece of the former text stands in the new one: in what became of its article, before or after them all."""
        old, new = self.was.get(article_id or 0), self.became.get(article_id or 0)
        if old is not None:
            around, within = (old.start, old.end), (new.start, new.end) if new else None
        else:
            after = bool(self.was) and start >= min(one.start for one in self.was.values())
            around, within = (
                edge_of(self.former, self.was.values(), after=after),
                edge_of(self.document, self.articles, after=after),
            )
        return carry((start, end), self.former.text, self.document.text, around=around, within=within)


@dataclass(slots=True)
class Standing:
    """One version on its way: sources whose words stand unchanged in the new text, and those that do not.

    `renewed` holds, for a changed source, its new piece and the promise read there (None: only its words were found).
    """

    version: MeasureVersion
    exact: list[tuple[MeasureSource, Quote]] = field(default_factory=list)
    open: list[tuple[MeasureSource, Quote | None]] = field(default_factory=list)
    renewed: list[tuple[MeasureSource, Quote, store.Found | None]] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether every clause of it stands unchanged."""
        return not self.open


def edge_of(document: Document, articles: Collection[Article], *, after: bool) -> tuple[int, int]:
    """The text before the first article, or that after the last."""
    if after:
        return max((one.end for one in articles), default=0), len(document.text)
    return 0, min((one.start for one in articles), default=len(document.text))


def carry_measures(crossing: Crossing, by: Actor, now: dt.datetime) -> dict[str, int]:
    """Carry every version within the actor's scope that stands on the former text; how many stood, changed, are new or gone."""
    standings = [standing_of(version, crossing) for version in versions_on(crossing.former, by)]
    taken = [(quote.start, quote.end) for one in standings for _source, quote in one.exact]
    live = [one for one in standings if one.version.state != "withdrawn"]
    taken += renew([one for one in live if one.open], crossing, Blocked(taken))
    stand_on_both([one for one in live if one.stands], crossing)
    for one in live:
        if one.open and (one.renewed or one.exact):
            change(one, crossing, by, now)
    blocked = Blocked(taken)
    fresh = [
        one
        for one in crossing.found
        if one.article.pk not in crossing.same and not blocked.meets(one.read.quote.start, one.read.quote.end)
    ]
    store.store_drafts(crossing.document, fresh, crossing.articles, now)
    changed = sum(1 for one in live if one.open and (one.renewed or one.exact))
    same = sum(1 for one in live if one.stands)
    return {"same": same, "changed": changed, "new": len(fresh), "gone": len(live) - same - changed}


def versions_on(former: Document, by: Actor) -> list[MeasureVersion]:
    """Versions that stand on the former text and still count: live ones, and those that a person withdrew."""
    cited = MeasureSource.objects.filter(article__document=former, role=SourceRole.CLAUSE).values("version_id")
    rows = MeasureVersion.objects.filter(within(by), pk__in=cited).exclude(state="superseded").order_by("pk")
    rows = rows.select_related("measure", "rule_version", "department").prefetch_related("sources__article", "open_conditions")
    return [one for one in rows if one.state != "withdrawn" or one.touched]


def standing_of(version: MeasureVersion, crossing: Crossing) -> Standing:
    """How the sources of a version fare in the new text. A definition that is no longer there is left behind."""
    found = Standing(version)
    for source in version.sources.all():
        if source.article.document_id != crossing.former.pk:
            continue
        place = crossing.place_of(source.start, source.end, source.article_id)
        quote = Quote(place.start, place.end, crossing.document.text[place.start : place.end]) if place else None
        if quote is not None and (place and place.exact):
            found.exact.append((source, quote))
        elif source.role == SourceRole.CLAUSE:
            found.open.append((source, quote))
    return found


def renew(changed: Sequence[Standing], crossing: Crossing, blocked: Blocked) -> list[tuple[int, int]]:
    """Find for each changed clause the promise it became, among those read in its article; the places taken."""
    spoken = [(one, source, quote) for one in changed for source, quote in one.open]
    taken: list[tuple[int, int]] = []
    for article_id, article in crossing.became.items():
        here = [row for row in spoken if row[1].article_id == article_id]
        free = [
            one
            for one in crossing.found
            if one.article.pk == article.pk and not blocked.meets(one.read.quote.start, one.read.quote.end)
        ]
        became = promises_of([row[1] for row in here], free)
        for standing, source, carried in here:
            found = became.get(source.pk)
            quote = found.read.quote if found else carried
            if quote is not None:
                standing.renewed.append((source, quote, found))
                taken.append((quote.start, quote.end))
    return taken


def promises_of(sources: Sequence[MeasureSource], free: Sequence[store.Found]) -> dict[int, store.Found]:
    """Changed clauses with the promises they became, by the id of the source. Clauses with equal words share one."""
    words = list(dict.fromkeys(one.quote for one in sources))
    pairs = align([Piece("", "", one) for one in words], [Piece("", "", one.read.quote.text) for one in free])
    became = {words[one.former]: free[one.latter] for one in pairs if one.former is not None and one.latter is not None}
    return {one.pk: became[one.quote] for one in sources if one.quote in became}


def stand_on_both(standings: Sequence[Standing], crossing: Crossing) -> None:
    """The words are the same: versions stand on both texts, and the open conditions of drafts are asked on the new one."""
    MeasureSource.objects.bulk_create(row for one in standings for row in new_sources(one, one.version, crossing))
    carry_conditions([one.version for one in standings if one.version.state == "draft"], crossing)


def change(one: Standing, crossing: Crossing, by: Actor, now: dt.datetime) -> None:
    """The words changed: a draft now stands on the new ones; of what somebody stood for a revision begins, once."""
    version = one.version
    if version.state == "draft":
        redirect(one, crossing)
        return
    if MeasureVersion.objects.filter(measure=version.measure_id, state="draft").exists():
        return  # a revision is under way, which stands on the former text too and is carried by itself
    others = [source for source in version.sources.all() if source.article.document_id != crossing.former.pk]
    draft = begin_revision(version, [*others, *new_sources(one, version, crossing)], by=by, now=now)
    reword(draft, one)
    conditions = [row for source, _quote, found in one.renewed for row in new_conditions(draft, source, found, crossing)]
    OpenCondition.objects.bulk_create(conditions)
    record("policy.revise_for", draft, by=by, now=now, after={"document": crossing.document.pk, "from": version.pk})


def redirect(one: Standing, crossing: Crossing) -> None:
    """A draft on the new words: as read there where nobody touched it, else its own with the sources replaced."""
    version, former = one.version, crossing.former
    found = next((found for _source, _quote, found in one.renewed if found), None)
    alone = found is not None and not version.touched and len(one.renewed) == 1 and not one.exact
    if found is not None and alone and redraft(version, found, columns_of(found, crossing), crossing.articles):
        version.open_conditions.filter(document=former).delete()
    else:
        MeasureSource.objects.bulk_create(new_sources(one, version, crossing))
        reword(version, one)
        carry_conditions([version], crossing)
    version.sources.filter(article__document=former).delete()


def columns_of(found: store.Found, crossing: Crossing) -> dict[str, object]:
    """A promise as read in the new text."""
    return store.measure_columns(crossing.document, found, store.units_named([found]))


def new_sources(one: Standing, version: MeasureVersion, crossing: Crossing) -> list[MeasureSource]:
    """The pieces of the new text that the version stands on, not saved."""
    pieces = [*one.exact, *((source, quote) for source, quote, _found in one.renewed)]
    held = {(source.article_id, source.start, source.end) for source in version.sources.all()}
    rows = []
    for source, quote in pieces:
        article = store.article_at(crossing.articles, quote)
        if article is not None and (article.pk, quote.start, quote.end) not in held:
            held.add((article.pk, quote.start, quote.end))
            rows.append(
                MeasureSource(
                    version=version, article=article, start=quote.start, end=quote.end, quote=quote.text, role=source.role
                )
            )
    return rows


def reword(version: MeasureVersion, one: Standing) -> None:
    """A benefit that was the text itself follows the text."""
    for source, quote, _found in one.renewed:
        settle_words(version, source.quote, quote.text)


def new_conditions(
    draft: MeasureVersion, source: MeasureSource, found: store.Found | None, crossing: Crossing
) -> Iterable[OpenCondition]:
    """Phrases of the new words that the old did not have: a person must say what they mean for the rule."""
    if found is None:
        return []
    return [one for one in store.conditions_of(draft, crossing.document, found) if one.quote not in source.quote]


def carry_conditions(versions: Sequence[MeasureVersion], crossing: Crossing) -> None:
    """Open conditions ask about the new text; those whose words changed or are gone are open again."""
    moved = [
        carried_condition(one, version, crossing)
        for version in versions
        for one in version.open_conditions.all()
        if one.document_id == crossing.former.pk
    ]
    OpenCondition.objects.bulk_update(moved, ["document", "start", "end", "quote", "settled"], batch_size=500)


def carried_condition(one: OpenCondition, version: MeasureVersion, crossing: Crossing) -> OpenCondition:
    """A condition with its place in the new text, not saved; without document and place where its words are gone."""
    homes = (
        held.article_id
        for held in version.sources.all()
        if held.article_id in crossing.was and held.start <= one.start < held.end
    )
    place = crossing.place_of(one.start, one.end, next(homes, None))
    if place is None or not place.exact:
        one.settled = ""
    if place is None:
        one.document, one.start, one.end = None, 0, 0
    else:
        one.document, one.start, one.end = crossing.document, place.start, place.end
        one.quote = crossing.document.text[place.start : place.end][:400]
    return one
