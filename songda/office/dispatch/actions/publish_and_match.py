"""Publish a measure, or all confirmed measures of a document, and match at once against all firms of its area."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from songda.deliveries.policy.library.actions import publish_measure, publish_package
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.matching.actions import match_one_version
from songda.deliveries.policy.matching.models import MatchRun
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version and its first run."""

    version: MeasureVersion
    run: MatchRun


def publish_and_match(version_id: int, *, by: Actor, now: dt.datetime) -> Publication:
    """Publish (by a second person; the library checks) and match. Two transactions: a published measure stays published if
    matching fails, and the nightly run matches it then.
    """
    version = publish_measure(version_id, by=by, now=now)
    return Publication(version, match_one_version(version.pk, by=by, now=now))


def publish_package_and_match(document_id: int, *, by: Actor, now: dt.datetime) -> list[Publication]:
    """Publish all confirmed measures of a document in one transaction, then match each, on the same snapshot."""
    versions = publish_package(document_id, by=by, now=now)
    return [Publication(version, match_one_version(version.pk, by=by, now=now)) for version in versions]
