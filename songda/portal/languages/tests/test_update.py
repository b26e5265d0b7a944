"""What is found in the sources, and what becomes of the catalogue when they change."""

from __future__ import annotations

import gettext

import pytest

from songda.kernel.errors import Invalid
from songda.portal.languages import catalogue
from songda.portal.languages.extracting import in_module, in_template, messages_under

MODULE = """
from django.utils.translation import gettext as _, gettext_lazy as _lazy, ngettext
LABEL = _lazy("企业")
def say(n):
    return _("共" "一行") + ngettext("%(n)d 家", "%(n)d 家们", n) + other("不译") + _(n)[:0]
"""


def test_a_module_gives_what_it_passes_to_gettext_under_any_name() -> None:
    source = MODULE.replace(" + _(n)[:0]", "")
    assert set(in_module(source, "m.py")) == {("企业",), ("共一行",), ("%(n)d 家", "%(n)d 家们")}


def test_an_underscore_that_is_not_gettext_is_left_alone() -> None:
    assert list(in_module("for _ in rows: _('不译')", "m.py")) == []


@pytest.mark.parametrize("argument", ["f'共 {n} 条'", "'共' + n", "n"])
def test_a_sentence_put_together_before_translating_is_refused(argument: str) -> None:
    with pytest.raises(Invalid, match=r"m.py 第 2 行"):
        list(in_module(f"from songda.kernel.words import gettext as _\n_({argument})", "m.py"))


def test_a_template_gives_tags_filters_blocks_and_plurals() -> None:
    source = """{% load i18n %}
      <p title="{% translate '标题 100%' %}">{{ x|default:_("无") }} {% include "a.html" with label=_("名称") %}</p>
      {% blocktranslate trimmed with n=rows|length %}
         共 {{ n }} 条
         记录
      {% endblocktranslate %}{% blocktranslate count n=n %}一家{% plural %}{{ n }} 家{% endblocktranslate %}
      {# {% translate "注释" %} #}"""
    expected = {("标题 100%%",), ("无",), ("名称",), ("共 %(n)s 条 记录",), ("一家", "%(n)s 家")}
    assert set(in_template(source, "t.html")) == expected


def test_tests_and_engines_say_nothing_to_translate(tmp_path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(MODULE, encoding="utf8")
    assert messages_under(tmp_path) == set()


def test_updating_keeps_adds_and_drops(tmp_path) -> None:
    old = catalogue.updated(catalogue.Catalog(locale="en"), [("甲",), ("乙",)])
    old["甲"].string = "first"
    catalogue.write(old, tmp_path / "a.po")
    new = catalogue.updated(catalogue.read(tmp_path / "a.po"), [("丙",), ("甲",), ("一家", "%(n)s 家")])
    assert [message.id for message in new if message.id] == [("一家", "%(n)s 家"), "丙", "甲"]
    assert new["甲"].string == "first"
    assert catalogue.untranslated(new) == ["一家", "丙"]


def test_writing_twice_gives_the_same_bytes(tmp_path) -> None:
    catalogue.write(catalogue.read(), tmp_path / "a.po")
    assert (tmp_path / "a.po").read_bytes() == catalogue.PO.read_bytes()


def test_a_lost_or_invented_placeholder_is_seen() -> None:
    found = catalogue.updated(
        catalogue.Catalog(locale="en"), [("共 %(n)d 条",), ("{name} 好",), ("100%% %(n)s",), ("一家", "%(n)s 家")]
    )
    for source, said in (("共 %(n)d 条", "some"), ("{name} 好", "hello {nom}"), ("100%% %(n)s", "%(n)s, 100%%")):
        found[source].string = said
    found["一家"].string = ("one firm", "%(n)s firms")
    assert set(catalogue.broken(found)) == {"共 %(n)d 条", "{name} 好"}


def test_what_is_compiled_can_be_read(tmp_path) -> None:
    catalogue.compile_to(tmp_path / "django.mo")
    with (tmp_path / "django.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("待核") == "Unknown"
    assert words.gettext("从未见过的话") == "从未见过的话"
