from __future__ import annotations

import pytest
from django.http import QueryDict
from django_tasks_db.models import DBTaskResult

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid
from songda.ledger.cases.jobs import verify_clocks
from songda.ledger.cases.models import KindVersion
from songda.office.bulletins.models import TemplateVersion
from songda.portal.administration.forms.entry import EntryForm
from songda.portal.administration.forms.fields import RowsField
from songda.portal.administration.forms.fields import shown as as_cell
from songda.portal.administration.forms.shapes import parts_of
from songda.portal.administration.naming import fixed_parts
from songda.portal.administration.tests.ground import NOW
from songda.portal.administration.viewing import entry_for
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.changing import carry_out, prospect
from songda.portal.packs.checking import check_pack
from songda.portal.packs.comparing import compared
from songda.portal.packs.editing import Edit, mark_of
from songda.portal.packs.entries import entries_of
from songda.portal.packs.exporting import export_pack
from songda.portal.packs.reading import read_pack
from songda.portal.packs.sections import EDITED
from songda.registry.actors import system
from songda.registry.calendars.models import SpecialDay
from songda.registry.campaigns.models import Campaign, SheetVersion
from songda.registry.codes.queries import edition_in_force
from songda.registry.facts.models import FactDefinition


def edit(ground, section, name, /, **changes):
    """An edit of an entry as it stands."""
    _section, _sheet, held = entry_for(section, name, ground.admin)
    return [Edit(name, {**held.value, **changes}, mark_of(held))]


def change(ground, section, name, /, **changes):
    return carry_out(section, edit(ground, section, name, **changes), "口径统一", by=ground.admin, now=NOW)


def text_of(path, file):
    return (path / file).read_text(encoding="utf-8")


def test_what_would_come_of_an_edit_is_shown_and_nothing_is_written(ground):
    before = AuditEntry.objects.count(), SheetVersion.objects.count()
    found = prospect("facts", edit(ground, "facts", "facts.size", description="按上年末划型"), by=ground.admin, now=NOW)
    assert found.problems == () and [row.action for row in found.rows] == ["facts.define"]
    assert [one.entry for one in found.laid.changes] == ["facts.size"]
    assert (AuditEntry.objects.count(), SheetVersion.objects.count()) == before
    assert FactDefinition.objects.get(code="size").description != "按上年末划型"


def test_an_edit_is_entered_by_the_loader_of_packs_and_leaves_who_when_why(ground):
    version = change(ground, "facts", "facts.size", name="企业划分")
    size = FactDefinition.objects.get(code="size")
    assert size.name == "企业划分" and "企业规模" in size.aliases  # rules written with the old name are still read
    assert (version.number, version.origin, version.reason, version.changed_name) == (2, "page", "口径统一", ground.admin.name)
    entry = AuditEntry.objects.get(action="campaign.edit")
    assert entry.post_id == ground.admin.post_id and entry.after["reason"] == "口径统一"
    assert "企业规模" in entry.before["text"] and "企业划分" in entry.after["text"]
    assert Campaign.objects.get().digest != check_pack(ground.pack).digest


def test_the_export_holds_what_pages_changed_and_the_comments_and_applying_it_changes_nothing(ground, tmp_path):
    change(ground, "calendar", "days.2026-10-10", name="国庆节、中秋节")
    export_pack("tiny", tmp_path / "out")
    before, after = text_of(ground.pack, "calendar.yaml"), text_of(tmp_path / "out", "calendar.yaml")
    assert "# 2026年" in after and "# 工作日历：本市自己的说明" in after
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "  - {day: '2026-10-10', working: true, name: 国庆节、中秋节}"
    ]
    assert check_pack(tmp_path / "out").problems == ()
    assert apply_pack(tmp_path / "out", by=system(), now=NOW).changed == {}


def test_a_folder_without_the_change_is_told_entry_by_entry(ground):
    change(ground, "channels", "channels.sms", weekly=1)
    (told,) = compared(read_pack(ground.pack), "tiny")
    assert (told.file, told.entry, told.on_page) == ("channels.yaml", "channels.sms", True)
    assert "weekly: 1" in told.database and "weekly: 2" in told.folder and "管理页面" in told.sentence


def test_a_kind_and_a_template_get_a_new_version(ground):
    change(ground, "kind", "errand", automatic=True)
    assert KindVersion.objects.filter(kind__code="errand").count() == 2
    change(ground, "bulletin", "note", title="到岗日报")
    assert [one.body["title"] for one in TemplateVersion.objects.order_by("number")] == ["到岗简报", "到岗日报"]


def test_a_changed_dictionary_is_a_new_edition_and_an_old_folder_cannot_take_it_back(ground):
    change(ground, "dictionary", "sizes.large", label_en="Large firm")
    assert edition_in_force("sizes").edition == "2"
    assert edition_in_force("sizes").entries.get(code="large").label_en == "Large firm"
    with pytest.raises(Conflict, match="更新的版次 2"):
        apply_pack(ground.pack, by=system(), now=NOW, over=True)


def test_a_day_taken_out_follows_its_week_again_and_clocks_are_proven(ground):
    _section, _sheet, held = entry_for("calendar", "days.2026-10-10", ground.admin)
    carry_out("calendar", [Edit(held.name, None, mark_of(held))], "通知更正", by=ground.admin, now=NOW)
    assert not SpecialDay.objects.filter(day="2026-10-10").exists()
    assert DBTaskResult.objects.filter(task_path=verify_clocks.module_path).count() == 1


def test_days_entered_stand_in_order(ground, tmp_path):
    new = [Edit("days.2026-10-05", {"day": "2026-10-05", "working": False, "name": "国庆节"})]
    carry_out("calendar", new, "补登", by=ground.admin, now=NOW)
    export_pack("tiny", tmp_path / "out")
    days = [line for line in text_of(tmp_path / "out", "calendar.yaml").splitlines() if "day:" in line]
    assert [line.split("2026-")[1][:5] for line in days] == ["10-01", "10-05", "10-10"]


def test_what_was_wrong_before_keeps_nobody_from_mending_something_else(ground):
    version = SheetVersion.objects.get(file="measures/sample-10-01.yaml")
    wrong = SheetVersion(
        campaign="tiny", file=version.file, number=2, text=version.text.replace("expect: 否", "expect: 是"), digest="x",
        origin="pack", changed_at=NOW, changed_name="装载",
    )  # fmt: skip
    wrong.save()
    assert prospect("facts", edit(ground, "facts", "facts.size", description="新"), by=ground.admin, now=NOW).problems == ()
    found = prospect("facts", edit(ground, "facts", "facts.size", code_list="measure-classes"), by=ground.admin, now=NOW)
    assert found.problems


def test_the_kind_of_a_fact_never_changes(ground):
    with pytest.raises(Conflict, match="不可由"):
        change(ground, "facts", "facts.headcount", unit="户")


def test_nothing_changed_is_no_version(ground):
    with pytest.raises(Invalid, match="没有变化"):
        change(ground, "channels", "channels.sms")


def test_a_form_that_was_not_touched_says_what_the_file_says(ground):
    pack = read_pack(ground.pack)
    looked = 0
    for section in EDITED:
        for sheet in pack.of(section.name):
            for entry in entries_of(section.name, sheet.file, sheet.data):
                parts, fixed = parts_of(section, entry.name), fixed_parts(section, entry.name)
                form = EntryForm(as_sent(EntryForm(None, parts, entry.value, fixed=fixed)), parts, entry.value, fixed=fixed)
                assert form.is_valid(), (entry.name, form.errors)
                assert form.value() == entry.value
                looked += 1
    assert looked > 40


def as_sent(form):
    """What a browser sends of a form as it was shown."""
    sent = QueryDict(mutable=True)
    for name, field in form.fields.items():
        shown = form[name].value()
        if isinstance(field, RowsField):
            for at, row in enumerate(shown or ()):
                for column in field.columns:
                    sent[f"{name}-{at}-{column.path[-1]}"] = as_cell(row.get(column.path[-1]))
        elif isinstance(shown, list):
            sent.setlist(name, shown)
        elif shown is not None:
            sent[name] = str(shown)
    return sent
