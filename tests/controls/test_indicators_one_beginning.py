"""Controls: a figure begins once, and is corrected only with a reason, whatever code writes it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from songda.office.indicators.models import Observation, SourceText
from songda.registry.people.tests.cast import NOW
from tests.controls.opened import check_off, unique_off

pytestmark = pytest.mark.django_db


def source() -> SourceText:
    return SourceText.objects.create(code="sample", title="示例文本", issuer="示例", recorded_at=NOW)


def figure(of: SourceText, **more: object) -> Observation:
    plain = {
        "label": "示例数",
        "indicator": "sample",
        "kind": "measure",
        "unit": "家",
        "quote": "示例9家",
        "line_from": 1,
        "line_to": 1,
    }
    return Observation.objects.create(source=of, code="sample", value=9, recorded_at=NOW, **plain, **more)


def test_a_figure_cannot_begin_twice():
    text = source()
    figure(text)
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(text)
    with unique_off(Observation, "observation_begins_once"):
        figure(text)
    assert Observation.objects.filter(replaced_by=None).count() == 2


def test_a_figure_cannot_be_replaced_without_a_reason():
    text = source()
    first = figure(text)
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(text, replaces=first)
    with check_off(Observation, "observation_replaced_with_a_reason"):
        assert figure(text, replaces=first).reason == ""
