"""Firms, projects and markets are counted apart, whatever the rows are (Appendix G 3 of the mission)."""

from __future__ import annotations

import pytest

from songda.ledger.notices.models import Notice, NoticeDelivery
from songda.office.indicators.rules.sources import source_of
from songda.registry.people.models import Contact
from songda.registry.people.tests.cast import DAY, NOW
from songda.registry.subjects.models import Subject

pytestmark = pytest.mark.django_db


def reach(subject):
    notice = Notice.objects.create(
        subject=subject, area_path=subject.area_path, cause="push:1", title="通知", body_digest="c" * 64, created_at=NOW
    )
    contact = Contact.objects.create(subject=subject, channel="inbox", address=str(subject.pk), starts_on=DAY)
    NoticeDelivery.objects.create(
        notice=notice, contact=contact, channel="inbox", area_path=subject.area_path, key=str(subject.pk), state="delivered",
        next_at=NOW, sent_at=NOW, delivered_at=NOW, link_digest=str(subject.pk),
    )  # fmt: skip


def test_a_project_that_was_told_is_no_firm_reached(cast):
    reach(cast.firm)
    Subject.objects.filter(pk=cast.neighbour.pk).update(kind="project")
    reach(cast.neighbour)
    asked = {"since": None, "as_of": NOW}
    assert source_of("firms-reached").count()({}, cast.city.area_path, **asked) == 1
    assert source_of("deliveries").count()({}, cast.city.area_path, **asked) == 2
