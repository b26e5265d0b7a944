from __future__ import annotations

import datetime as dt

import pytest

from songda.kernel.audit.models import AuditEntry
from songda.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from songda.registry.subjects import access, queries
from songda.registry.subjects.actions import NewSubject, add_alias, register_subject, rename_subject
from songda.registry.subjects.rules import uscc
from songda.registry.subjects.tests.cast import NOW, clerk, firm, place

pytestmark = pytest.mark.django_db
CODE = uscc.complete("91990100MA000001")


@pytest.mark.row("SUP-01")
def test_a_code_is_entered_once_and_normalised():
    here = place()
    made = firm("示例机械有限公司", here.erqi, f" {CODE.lower()} ")
    assert (made.uscc, made.area_path, made.registered_at) == (CODE, "4101/03/", NOW)
    assert AuditEntry.objects.get().action == "subject.register"
    with pytest.raises(Conflict):
        firm("示例食品有限公司", here.gaoxin, CODE)


def test_names_are_not_keys():
    here = place()
    assert firm("同名商行", here.erqi, kind="merchant").pk != firm("同名商行", here.erqi, kind="merchant").pk


def test_wrong_codes_kinds_and_areas_are_refused():
    here = place()
    with pytest.raises(Invalid, match="末位"):
        firm("示例机械有限公司", here.erqi, CODE[:17] + ("0" if CODE[17] != "0" else "1"))
    with pytest.raises(Invalid):
        firm("示例机械有限公司", here.erqi, kind="spaceship")
    with pytest.raises(NotPermitted):
        register_subject(NewSubject("enterprise", "示例机械有限公司", here.erqi.pk), by=clerk("4101/72/"), now=NOW)
    with pytest.raises(NotFound):
        register_subject(NewSubject("enterprise", "示例机械有限公司", 999), by=clerk("4101/"), now=NOW)


def test_without_a_code_it_gets_a_number_of_its_own():
    made = firm("示例农场", place().erqi, kind="farm")
    assert made.uscc is None
    assert made.local_number == f"F{made.pk:07d}"
    assert queries.by_code(made.local_number) == made


def test_the_old_name_is_kept_when_a_firm_is_renamed():
    here = place()
    made = firm("示例机械有限公司", here.erqi)
    rename_subject(made.pk, name="示例重工（集团）有限公司", on=dt.date(2020, 3, 1), by=clerk("4101/03/"), now=NOW)
    add_alias(made.pk, name="示例重工", kind="short", by=clerk("4101/03/"), now=NOW)
    assert {one.name for one in queries.aliases_of(made)} == {"示例重工", "示例机械有限公司"}
    assert made.aliases.get(kind="former").until == dt.date(2020, 3, 1)
    assert [one.subject.pk for one in queries.likely_duplicates("郑州示例机械有限公司")] == [made.pk]
    rename_subject(made.pk, name="示例机械有限公司", on=dt.date(2020, 3, 5), by=clerk("4101/03/"), now=NOW)
    assert {one.name for one in queries.aliases_of(made)} == {"示例重工", "示例重工（集团）有限公司"}


def test_each_actor_sees_a_scope(django_assert_num_queries):
    here = place()
    one, two = firm("甲示例厂", here.erqi), firm("乙示例厂", here.gaoxin)
    seen = {
        "street": clerk("4101/03/"),
        "force": clerk("4101/03/", "4101/72/"),
        "city": clerk("4101/"),
        "nobody": clerk(),
        "firm": clerk(subject_id=two.pk),
        "officer": clerk("4101/", assigned_only=True),
    }
    with django_assert_num_queries(len(seen) - 1):  # nobody's list asks nothing
        found = {name: {row.pk for row in access.visible_to(actor)} for name, actor in seen.items()}
    both = {one.pk, two.pk}
    assert found == {"street": {one.pk}, "force": both, "city": both, "nobody": set(), "firm": {two.pk}, "officer": set()}
    with pytest.raises(NotFound):
        access.subject_for(two.pk, clerk("4101/03/"))


def test_the_list_filters_and_finds_by_name_code_alias_and_pinyin():
    here = place()
    made = firm("示例机械有限公司", here.erqi, CODE)
    type(made).objects.filter(pk=made.pk).update(industry="3711", size="small", above_scale=True)
    firm("另一食品厂", here.gaoxin)
    add_alias(made.pk, name="老机械厂", kind="variant", by=clerk("4101/"), now=NOW)
    city = clerk("4101/")

    def ask(**wanted):
        return [one.pk for one in queries.listed(city, queries.Wanted(**wanted))]

    hits = [{"text": "机械"}, {"text": CODE}, {"text": CODE[:8].lower()}, {"text": "老机械"}, {"text": "shi li"},
            {"section": "C"}, {"size": "small"}, {"above_scale": "yes"}, {"area": "erqi"}]  # fmt: skip
    assert [ask(**wanted) for wanted in hits] == [[made.pk]] * len(hits)
    assert ask(section="B") == ask(text="没有") == []
    assert len(ask()) == 2
