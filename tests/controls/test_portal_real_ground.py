"""Controls of packs and of the demonstration: each refuses while it stands, and lets the bad thing happen when it is taken away."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.portal.cli import init
from songda.portal.demo import founding
from songda.portal.demo.registers import declared
from songda.portal.packs import applying
from songda.portal.packs.beginning import begin_pack
from songda.portal.packs.tests.packs import PACK
from songda.registry.actors import system
from songda.registry.facts import queries as facts
from songda.registry.facts.models import Source
from songda.registry.organisations import queries as organisations
from songda.registry.subjects.models import Subject

NOW = dt.datetime(2020, 3, 18, 1, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def small(tmp_path):
    """The bundled pack without its policies, as demonstration data: applied in a moment."""
    begin_pack(tmp_path / "small", PACK, code="small", name="演示活动")
    head = tmp_path / "small" / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("demonstration: false", "demonstration: true"), encoding="utf-8")
    return tmp_path / "small"


def test_a_faulty_pack_is_refused_only_by_its_check(small, monkeypatch):
    file = small / "sources.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("code: press,", "code: tax,"), encoding="utf-8")
    with pytest.raises(Invalid):
        applying.apply_pack(small, by=system(), now=NOW)
    assert not Source.objects.exists()
    monkeypatch.setattr(applying, "refuse_faulty", lambda _pack: None)
    applying.apply_pack(small, by=system(), now=NOW)
    assert Source.objects.get(code="tax").name == "公开报道"  # two sources had become one


def test_invented_firms_are_kept_from_real_ones_only_by_the_refusal(small, monkeypatch):
    applying.apply_pack(small, by=system(), now=NOW)
    home = organisations.by_code("410106")
    Subject.objects.create(
        kind="enterprise",
        local_number="real",
        name="真实企业",
        name_key="z",
        name_core="真实",
        home=home,
        area_path=home.area_path,
    )
    city = replace(declared(), groups=declared().groups[7:8], lists=(), tiers=(), named=())

    def found():
        return founding.found_city(city, facts.catalogue(), demonstration=True, by=system(), now=NOW)

    with pytest.raises(Conflict):
        found()
    assert Subject.objects.count() == 1
    monkeypatch.setattr(founding, "refuse_real", lambda **_mode: None)
    found()
    assert Subject.objects.count() == 1 + city.subjects


def test_a_real_place_is_kept_from_the_demonstration_only_by_the_refusal(small, settings, monkeypatch):
    settings.DEMONSTRATION = False
    with pytest.raises(NotPermitted):
        init.init.callback(path=small, passwords=None, as_json=True)
    assert not Source.objects.exists()
    monkeypatch.setattr(init, "refuse_demonstration", lambda _path: None)
    init.init.callback(path=small, passwords=None, as_json=True)
    assert Source.objects.exists()
