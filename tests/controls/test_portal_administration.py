"""Controls of administration: each refuses while it stands, and lets the bad thing happen when it is taken away."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from django.core import signing
from django.db import IntegrityError, transaction

from songda.kernel.errors import Conflict, Invalid, NotPermitted
from songda.ledger.notices.models import ChannelTerms
from songda.portal.administration import proposals
from songda.portal.administration.tests.conftest import ground
from songda.portal.administration.tests.ground import NOW
from songda.portal.administration.viewing import entry_for
from songda.portal.packs import applying, changing, editing
from songda.portal.packs.editing import Edit, mark_of
from songda.registry.actors import system
from songda.registry.campaigns import actions as campaigns
from songda.registry.campaigns.models import SheetVersion
from songda.registry.codes.models import Entry
from songda.registry.organisations.queries import by_code
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import enter, hire

__all__ = ["ground"]
pytestmark = pytest.mark.django_db


def edits(ground, section, name, /, **changes):
    """An edit of an entry as it stands."""
    _section, _sheet, held = entry_for(section, name, ground.admin)
    return [Edit(name, {**held.value, **changes}, mark_of(held))]


def carried(ground, section, given, by=None):
    return changing.carry_out(section, given, "理由", by=by or ground.admin, now=NOW)


def weekly() -> int:
    return ChannelTerms.objects.get(code="sms").weekly


def test_only_who_keeps_the_system_changes_what_the_pack_declares(ground, client, monkeypatch):
    others = [
        hire(role, at=by_code("990100")) for role in (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.POLICY_EDITOR, Role.DISPATCHER)
    ]
    for other in others:
        assert enter(client, other).get("/administration/channels/").status_code == 403
        with pytest.raises(NotPermitted):
            carried(ground, "channels", edits(ground, "channels", "channels.sms", weekly=9), by=other)
    assert weekly() == 2
    monkeypatch.setattr(editing, "require", lambda *_given: None)
    carried(ground, "channels", edits(ground, "channels", "channels.sms", weekly=9), by=others[0])
    assert weekly() == 9
    assert enter(client, ground.admin).get("/administration/channels/").status_code == 200


def test_dictionaries_want_their_own_right(ground):
    without = replace(ground.admin, permissions=ground.admin.permissions - {"codes.edit"})
    given = edits(ground, "dictionary", "sizes.large", label_en="Large")
    with pytest.raises(NotPermitted):
        carried(ground, "dictionary", given, by=without)
    carried(ground, "dictionary", given)
    assert Entry.objects.get(label_en="Large").code == "large"


def test_what_takes_two_persons_is_not_changed_here(ground, client):
    for section in ("measure", "document", "implementing", "plan", "pack"):
        assert enter(client, ground.admin).get(f"/administration/{section}/").status_code == 404


def test_a_folder_overwrites_no_page_but_on_purpose(ground, tmp_path, monkeypatch):
    carried(ground, "channels", edits(ground, "channels", "channels.sms", weekly=1))
    shutil.copytree(ground.pack, tmp_path / "again")
    file = tmp_path / "again" / "sources.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("公开报道", "公开的报道"), encoding="utf-8")
    with pytest.raises(Conflict) as refused:
        applying.apply_pack(tmp_path / "again", by=system(), now=NOW)
    assert list(refused.value.fields) == ["channels.yaml channels.sms"] and weekly() == 1
    with monkeypatch.context() as open_door, transaction.atomic():
        open_door.setattr(applying, "refuse_overwriting", lambda *_given: None)
        applying.apply_pack(tmp_path / "again", by=system(), now=NOW)
        assert weekly() == 2  # gone without a word
        transaction.set_rollback(True)
    applying.apply_pack(tmp_path / "again", by=system(), now=NOW, over=True)
    assert weekly() == 2
    assert applying.apply_pack(tmp_path / "again", by=system(), now=NOW).changed == {}


def test_an_entry_that_was_changed_meanwhile_is_not_overwritten(ground, client, monkeypatch):
    first, second = (edits(ground, "channels", "channels.sms", weekly=n) for n in (5, 7))
    other = edits(ground, "channels", "channels.email", weekly=4)
    carried(ground, "channels", first)
    carried(ground, "channels", other)  # another entry of the same file is nobody's loss
    with pytest.raises(Conflict, match="已被别人改过"):
        carried(ground, "channels", second)
    sent = {"proposal": proposals.sealed("channels", second, ground.admin), "reason": "理由"}
    assert enter(client, ground.admin).post("/administration/confirm/", sent).status_code == 409
    assert weekly() == 5
    monkeypatch.setattr(editing, "mark_of", lambda _entry: second[0].seen)
    carried(ground, "channels", second)
    assert weekly() == 7  # the first one's change is lost


def test_of_two_at_the_same_moment_one_is_refused_by_the_index(ground):
    sheet = campaigns.NewSheet("channels.yaml", "channels: []\n", number=1)
    campaigns.edit_sheet("tiny", sheet, "一", by=ground.admin, now=NOW)
    with pytest.raises(Conflict, match="刚刚被别人改过"):
        campaigns.edit_sheet("tiny", sheet, "二", by=ground.admin, now=NOW)
    assert SheetVersion.objects.filter(file="channels.yaml").count() == 2


def test_a_version_is_never_changed(ground):
    version = SheetVersion.objects.get(file="channels.yaml")
    version.text = "channels: []\n"
    for change in (version.save, version.delete, SheetVersion.objects.all().delete, lambda: SheetVersion.objects.update(text="")):
        with pytest.raises(TypeError, match="appended"):
            change()


def test_an_unknown_field_is_refused_by_the_check_alone(ground, monkeypatch):
    given = edits(ground, "sources", "sources.tax", phone="0000")
    with pytest.raises(Invalid) as refused:
        carried(ground, "sources", given)
    assert any("phone" in said for said in refused.value.fields.values())
    monkeypatch.setattr(changing, "new_problems", lambda _laid: ())
    assert "phone" in carried(ground, "sources", given).text


def test_a_dictionary_that_would_break_a_rule_is_refused_by_the_check_alone(ground, monkeypatch):
    given = edits(ground, "dictionary", "sizes.small", label="小微型")
    with pytest.raises(Invalid) as refused:
        carried(ground, "dictionary", given)
    assert any("measures/sample-10-01.yaml" in said and "小型" in said for said in refused.value.fields.values())
    monkeypatch.setattr(changing, "new_problems", lambda _laid: ())
    carried(ground, "dictionary", given)  # and the measure's rule can no longer be read
    assert Entry.objects.filter(label="小微型").exists()


def test_a_proposal_is_ones_own_and_is_not_made_up(ground, client, monkeypatch):
    given = edits(ground, "channels", "channels.sms", weekly=3)
    colleague = hire(Role.SYSTEM_ADMIN, at=by_code("990100"))
    theirs = proposals.sealed("channels", given, colleague)
    forged = signing.dumps({"section": "channels", "post": ground.admin.post_id, "edits": []}, key="another", salt=proposals.SALT)
    keeper = enter(client, ground.admin)
    for text in (theirs, forged, "x"):
        assert keeper.post("/administration/confirm/", {"proposal": text, "reason": "理由"}).status_code == 409
    own = proposals.sealed("channels", given, ground.admin)
    with monkeypatch.context() as late:
        late.setattr(proposals, "GOOD_FOR", -1)
        assert keeper.post("/administration/confirm/", {"proposal": own, "reason": "理由"}).status_code == 409
    assert weekly() == 2
    assert keeper.post("/administration/confirm/", {"proposal": own, "reason": "理由"}).status_code == 302
    assert weekly() == 3


def test_the_same_number_twice_is_refused_by_the_database(ground):
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetVersion(
            campaign="tiny", file="channels.yaml", number=1, text="", digest="", origin="page", changed_at=NOW, changed_name="x"
        ).save()
