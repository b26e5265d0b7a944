"""Reads of the room."""

from __future__ import annotations

from songda.deliveries.service.demands.queries.choices import (
    Laden,
    categories,
    channels,
    choices,
    kinds_filed_by,
    main_clock,
    posts_of,
    units_for,
    units_near,
)
from songda.deliveries.service.demands.queries.desks import (
    Asked,
    Waiting,
    appealable,
    appeals,
    disputed,
    extensions,
    groupable,
    groups,
    handed_over,
    mine,
    own_demands,
    pool,
    pool_size,
    supporting,
    to_close,
    to_revisit,
    told_of,
    uncovered,
    uncovered_for,
    words_of,
)
from songda.deliveries.service.demands.queries.fitness import why_not
from songda.deliveries.service.demands.queries.history import (
    extension_asked,
    fault_of_handler,
    fault_of_holder,
    fruitless,
    handlers_of,
    latest,
    word_to_appeal,
)
from songda.deliveries.service.demands.queries.panel import policy_problems
from songda.deliveries.service.demands.queries.routing import Suggestion, names, suggest, suggestions

__all__ = [
    "Asked", "Laden", "Suggestion", "Waiting", "appealable", "appeals", "categories", "channels", "choices", "disputed",
    "extension_asked", "extensions", "fault_of_handler", "fault_of_holder", "fruitless", "groupable", "groups",
    "handed_over", "handlers_of", "kinds_filed_by", "latest", "main_clock", "mine", "names", "own_demands",
    "policy_problems", "pool", "pool_size", "posts_of", "suggest", "suggestions", "supporting", "to_close", "to_revisit",
    "told_of", "uncovered", "uncovered_for", "units_for", "units_near", "why_not", "word_to_appeal", "words_of",
]  # fmt: skip
