from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from songda.kernel.errors import NotPermitted
from songda.portal.cli.demo import refuse_real_mode
from songda.portal.cli.init import init, open_administrators, refuse_demonstration
from songda.portal.cli.pack import pack
from songda.portal.packs.beginning import begin_pack
from songda.portal.packs.tests.packs import PACK, declared
from songda.registry.people.models import Account, Post
from songda.registry.people.states import ADMINISTRATORS


def test_check_prints_one_json_object_and_exits_0():
    done = CliRunner().invoke(pack, ["check", str(PACK), "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["ok"] is True and told["counts"]["measures"] == len(declared("measures"))


def test_check_exits_1_and_names_the_file(tmp_path):
    (tmp_path / "pack.yaml").write_text("code: x\n", encoding="utf-8")
    done = CliRunner().invoke(pack, ["check", str(tmp_path)])
    assert done.exit_code == 1
    assert "pack.yaml:1" in done.stdout


def test_a_demonstration_needs_demonstration_mode_and_a_real_place_none(settings, tmp_path):
    settings.DEMONSTRATION = False
    with pytest.raises(NotPermitted):
        refuse_real_mode()
    with pytest.raises(NotPermitted):
        refuse_demonstration(PACK)
    begin_pack(tmp_path / "mine", PACK, code="mine", name="本地活动")
    refuse_demonstration(tmp_path / "mine")
    settings.DEMONSTRATION = True
    with pytest.raises(NotPermitted):
        refuse_demonstration(tmp_path / "mine")


@pytest.mark.django_db
def test_init_opens_three_separated_administrators_once(settings, tmp_path):
    settings.DEMONSTRATION = False
    begin_pack(tmp_path / "mine", PACK, code="mine", name="本地活动")
    done = CliRunner().invoke(init, ["--pack", str(tmp_path / "mine"), "--json"], catch_exceptions=False)
    told = json.loads(done.stdout)
    assert set(Post.objects.values_list("role", flat=True)) == set(ADMINISTRATORS)
    account = Account.objects.get(username="audit-admin")
    assert account.must_change_password and account.check_password(told["accounts"]["audit-admin"])
    Account.objects.filter(pk=account.pk).update(last_login=account.created_at)
    with pytest.raises(Exception, match="已有账号"):
        open_administrators("410100")
