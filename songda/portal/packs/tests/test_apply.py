from __future__ import annotations

import datetime as dt
import shutil

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Invalid
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.beginning import begin_pack
from songda.portal.packs.checking import check_pack
from songda.portal.packs.tests.packs import PACK, declared
from songda.registry.actors import system
from songda.registry.campaigns.models import Campaign
from songda.registry.organisations.models import Organisation

NOW = dt.datetime(2020, 3, 18, 1, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def apply(path=PACK, **more):
    return apply_pack(path, by=system("装载"), now=NOW, **more)


def test_applying_twice_changes_nothing_the_second_time():
    assert apply().changed["measures"] == len(declared("measures"))
    entries = AuditEntry.objects.count()
    assert apply().changed == {}
    assert AuditEntry.objects.count() == entries
    assert Campaign.objects.get().digest == check_pack(PACK).digest


def test_a_dry_run_leaves_nothing_behind(tmp_path):
    begin_pack(tmp_path / "small", PACK, code="small", name="演示活动")
    small = tmp_path / "small"
    assert apply(small, dry=True).changed["organisations"] == check_pack(small).counts["organisations"]
    assert not Organisation.objects.exists() and not Campaign.objects.exists()


def test_a_faulty_pack_writes_nothing(tmp_path):
    shutil.copytree(PACK, tmp_path / "pack")
    (tmp_path / "pack" / "sources.yaml").write_text("sources: []\nmore: 1\n", encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        apply(tmp_path / "pack")
    assert "sources.yaml:2" in refused.value.fields
    assert not Organisation.objects.exists()


def test_a_new_pack_begins_without_policies_and_for_real_use(tmp_path):
    begin_pack(tmp_path / "mine", PACK, code="our-place-2026", name="本地活动")
    report = check_pack(tmp_path / "mine")
    assert report.problems == ()
    assert (report.counts["measures"], report.counts["facts"]) == (0, check_pack(PACK).counts["facts"])
