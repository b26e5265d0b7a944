"""What a rule sees of one subject on one day: usable values, or the gap that stands in their place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from songda.engines.rules.catalogue import Catalogue
from songda.engines.rules.facts import Facts, Plain
from songda.engines.rules.tell import tell
from songda.engines.rules.verdict import Cause, Used


@dataclass(frozen=True, slots=True)
class Gap:
    """Why there is no value, and whose it is."""

    cause: Cause
    fact: str


class Sight:
    """One subject's facts as of `on`, each looked at once.

    `strictly` refuses stale values (已过期), `as_it_stands` takes them (以最近值计).
    """

    def __init__(self, facts: Facts, on: dt.date, catalogue: Catalogue) -> None:
        self.facts = facts
        self.on = on
        self.catalogue = catalogue
        self._strict: dict[str, Plain | Gap] = {}
        self._used: dict[tuple[str, Cause], Used] = {}

    def strictly(self, fact: str) -> Any:
        """The value of a fact if it is known and fresh, else a `Gap`."""
        found = self._strict.get(fact)
        if found is None:
            found = self._strict[fact] = self._look(fact)
        return found

    def as_it_stands(self, fact: str) -> Any:
        """The value of a fact if it is known, however old, else a `Gap`."""
        datum = self.facts.get(fact)
        return Gap(Cause.MISSING, fact) if datum is None else datum.value

    def used(self, fact: str, cause: Cause) -> Used:
        """The record that a condition looked at this fact, with what was wrong with it."""
        key = fact, cause
        found = self._used.get(key)
        if found is None:
            found = self._used[key] = self._record(fact, cause)
        return found

    def _look(self, fact: str) -> Plain | Gap:
        datum = self.facts.get(fact)
        if datum is None:
            return Gap(Cause.MISSING, fact)
        fresh = self.catalogue.by_code[fact].freshness_days
        if fresh is not None and datum.as_of is not None and (self.on - datum.as_of).days > fresh:
            return Gap(Cause.STALE, fact)
        return datum.value

    def _record(self, fact: str, cause: Cause) -> Used:
        entry, datum = self.catalogue.by_code[fact], self.facts.get(fact)
        if datum is None:
            return Used(fact, entry.name, "", None, "", cause)
        return Used(fact, entry.name, tell(datum.value, entry, self.catalogue, self.on), datum.as_of, datum.source, cause)
