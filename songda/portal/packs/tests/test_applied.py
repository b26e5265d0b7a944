from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter

import pytest

from songda.deliveries.policy.library.actions import (
    confirm_implementing_rule,
    confirm_measure,
    publish_implementing_rule,
    publish_measure,
)
from songda.deliveries.policy.library.models import Document, ImplementingRuleVersion, MeasureVersion
from songda.deliveries.policy.library.queries import (
    class_labels,
    clauses_above,
    counts_by_class,
    documents_above,
    gaps,
    may_apply,
    package,
    uncovered_articles,
)
from songda.portal.packs import catalogue_of
from songda.portal.packs.applying import apply_pack
from songda.portal.packs.checking import check_pack
from songda.portal.packs.exporting import export_pack
from songda.portal.packs.reading import SECTIONS
from songda.portal.packs.tests.packs import PACK, declared
from songda.registry.actors import system
from songda.registry.facts import queries as facts
from songda.registry.organisations.models import Organisation
from songda.registry.people.states import Role
from songda.registry.people.tests.cast import hire

NOW = dt.datetime(2020, 3, 18, 1, 0, tzinfo=dt.UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packed")]


def apply(path=PACK):
    return apply_pack(path, by=system("装载"), now=NOW)


@pytest.mark.row("POL-04")
def test_packages_count_as_their_titles_say_and_the_city_clause_is_one_step_up():
    counted = {one.short_name: package(one) for one in Document.objects.all()}
    assert (counted["省20条"].articles, counted["市30条"].articles, counted["抗疫八条"].articles) == (20, 30, 8)
    assert counted["抗疫八条"].measures == 30
    assert all(one.articles_agree and one.measures_agree for one in counted.values())
    zone = Document.objects.get(short_name="抗疫八条")
    above = clauses_above(zone.articles.all())
    assert {len(found) for found in above.values()} == {1}
    assert {found[0].document.short_name for found in above.values()} == {"市30条"}
    assert [one.upper.short_name for one in documents_above(zone)] == ["市30条", "省20条", "省20条"]


@pytest.mark.row("POL-02")
def test_every_article_is_covered_or_says_why_not():
    assert not any(uncovered_articles(one).exists() for one in Document.objects.all())
    version = MeasureVersion.objects.get(measure__code="gx-kangyi-8-20")
    source = version.sources.get()
    assert source.quote == version.benefit == source.article.document.text[source.start : source.end]


@pytest.mark.row("POL-02")
def test_counts_by_class_add_up_to_the_measures_and_nine_classes_are_used():
    counted = counts_by_class(MeasureVersion.objects.all())
    files = declared("measures")
    assert counted == dict(Counter(one["class"] for one in files))
    assert sum(counted.values()) == MeasureVersion.objects.values("measure").distinct().count() == len(files)
    assert set(counted) <= set(class_labels()) and len(class_labels()) == 9


def test_the_catalogue_in_the_database_is_the_packs():
    ours, theirs = catalogue_of(PACK), facts.catalogue()
    assert ours.facts == theirs.facts
    wanted = {one.code_list for one in ours.facts if one.code_list}
    assert all(dict(ours.code_lists[code].names) == dict(theirs.code_lists[code].names) for code in wanted)


def all_in_force(cast) -> None:
    """Every draft of the pack confirmed and published by two persons of the city."""
    editor, publisher = hire(Role.POLICY_EDITOR, at=cast), hire(Role.POLICY_PUBLISHER, at=cast)
    for version in MeasureVersion.objects.filter(state="draft"):
        confirm_measure(version.pk, by=editor, now=NOW)
        publish_measure(version.pk, by=publisher, now=NOW)
    for rules in ImplementingRuleVersion.objects.filter(state="draft"):
        confirm_implementing_rule(rules.pk, by=editor, now=NOW)
        publish_implementing_rule(rules.pk, by=publisher, now=NOW)


@pytest.mark.row("POL-03")
def test_measures_without_implementing_rules_are_the_difference_of_the_packs_own_files():
    city = Organisation.objects.get(code="410100")
    all_in_force(city)
    editor = hire(Role.POLICY_EDITOR, at=city)
    measures = {one["code"] for one in declared("measures")}
    covered = {code for one in declared("implementing") for code in one["measures"]}
    found = gaps(editor, NOW.date())
    assert len(found) == len({one.version.measure.code for one in found}) > 0
    assert {one.version.measure.code for one in found} == measures - covered
    assert covered and covered < measures
    zone = Organisation.objects.get(code="410172").area_path
    for version in MeasureVersion.objects.filter(state="published").select_related("measure"):
        opening = may_apply(version, NOW.date(), zone if version.area_path == zone else "")
        assert opening.allowed == (version.measure.code in covered)
        assert opening.allowed == (opening.rule is not None)


def test_a_changed_measure_changes_the_draft_and_only_it(tmp_path):
    copy = tmp_path / "pack"
    shutil.copytree(PACK, copy)
    file = copy / "measures" / "gx-kangyi-8-29.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("time_limit_days: 2", "time_limit_days: 1"), encoding="utf-8")
    changed = apply(copy).changed
    assert {name: count for name, count in changed.items() if count} == {"measures": 1}
    assert MeasureVersion.objects.get(measure__code="gx-kangyi-8-29").time_limit_days == 1


def test_what_is_exported_is_what_was_applied_and_applying_it_changes_nothing(tmp_path):
    assert export_pack("zhengzhou-2020", tmp_path / "out") == {"files": len(list(PACK.rglob("*.yaml"))), "measures": 0}
    assert {one.name for one in (tmp_path / "out").rglob("*.yaml")} == {one.name for one in PACK.rglob("*.yaml")}
    assert {one.stem for one in (tmp_path / "out" / "schema").iterdir()} == set(SECTIONS)
    assert check_pack(tmp_path / "out").digest == check_pack(PACK).digest
    assert apply(tmp_path / "out").changed == {}


def test_a_measure_that_was_revised_is_exported_as_it_now_stands_with_the_comments_of_its_file(tmp_path):
    MeasureVersion.objects.filter(measure__code="gx-kangyi-8-29").update(time_limit_days=1)
    assert export_pack("zhengzhou-2020", tmp_path / "out")["measures"] == 1
    before = (PACK / "measures" / "gx-kangyi-8-29.yaml").read_text(encoding="utf-8")
    after = (tmp_path / "out" / "measures" / "gx-kangyi-8-29.yaml").read_text(encoding="utf-8")
    assert after == before.replace("time_limit_days: 2", "time_limit_days: 1")
    assert not any(apply(tmp_path / "out").changed.values())
