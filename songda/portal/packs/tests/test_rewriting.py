"""Files rewritten by lines: only what differs is written anew, and what comes out always says what it should."""

from __future__ import annotations

import copy
import random

import pytest

from songda.portal.packs.reading import Sheet, parse_sheet
from songda.portal.packs.rewriting import rewritten, written
from songda.portal.packs.tests.packs import PACK

TEXT = """# 说明
code: sample   # 代码
label: {zh: 示例, en: Sample}
days:
  # 第一年
  - {day: "2026-01-01", working: false} # 元旦

  # 第二年
  - {day: "2027-01-01", working: false}
rules:
  - code: one
    text: |
      第一行
      第二行
  - code: two
    text: 短
# 末尾
"""


def sheet(text: str = TEXT) -> Sheet:
    found = parse_sheet(text, "sample.yaml", "kind")
    assert isinstance(found, Sheet)
    return found


def after(change) -> tuple[list[str], list[str]]:
    """The lines that go and that come when `change` is done to the data."""
    before = sheet()
    wanted = copy.deepcopy(before.data)
    change(wanted)
    text, kept = rewritten(before, wanted)
    assert kept and sheet(text).data == wanted
    old, new = TEXT.splitlines(), text.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_a_value_deep_inside_changes_its_own_lines():
    assert after(lambda data: data["days"][1].update(working=True)) == (
        ['  - {day: "2027-01-01", working: false}'],
        ["  - {day: '2027-01-01', working: true}"],
    )
    assert after(lambda data: data["rules"][0].update(text="一行")) == (
        ["    text: |", "      第一行", "      第二行"],
        ["    text: 一行"],
    )
    assert after(lambda data: data["label"].update(zh="样子")) == (
        ["label: {zh: 示例, en: Sample}"],
        ["label: {zh: 样子, en: Sample}"],
    )


def test_what_is_added_and_taken_out():
    assert after(lambda data: data["days"].insert(1, {"day": "2026-05-01", "working": False})) == (
        [],
        ["  - {day: '2026-05-01', working: false}"],
    )
    assert after(lambda data: data["rules"].pop())[0] == ["  - code: two", "    text: 短"]
    assert after(lambda data: data.update(more=[{"a": "1"}])) == ([], ["more:", "  - {a: '1'}"])
    assert after(lambda data: data.pop("label")) == (["label: {zh: 示例, en: Sample}"], [])


def test_what_cannot_be_told_apart_is_written_whole_and_says_so():
    before = sheet()
    text, kept = rewritten(before, {"label": before.data["label"]})
    assert not kept and sheet(text).data == {"label": before.data["label"]}


@pytest.mark.parametrize(
    "value", ["on", "no", "1.5", "2026-01-01", "~", "a: b", "# x", "- x", "长\n文\n", " x", "'", '"', "{}", "*a", "!x", ""]
)
def test_every_text_comes_back_as_it_was(value):
    data = {"x": value, "y": [{"z": value}]}
    assert sheet(written(data)).data == data
    assert sheet(f"v: {written(data, flow=True)}").data == {"v": data}


def test_hundreds_of_random_changes_to_real_files_say_what_they_should():
    dice, lost = random.Random(7), 0
    files = [file for file in sorted(PACK.rglob("*.yaml")) if file.stat().st_size < 8_000]
    for file in files[::3]:
        before = sheet(file.read_text(encoding="utf-8"))
        wanted = spoiled(copy.deepcopy(before.data), dice)
        text, kept = rewritten(before, wanted)
        assert sheet(text).data == wanted
        lost += not kept
    assert len(files[::3]) > 100 and lost < len(files[::3]) / 20


def spoiled(value, dice):
    """Something in a value changed, added or taken out."""
    if isinstance(value, dict):
        key = dice.choice(list(value))
        return {**value, key: spoiled(value[key], dice)}
    if isinstance(value, list) and value:
        at = dice.randrange(len(value))
        new = [[spoiled(value[at], dice)], [], [value[at], "新的"]][dice.randrange(3)]
        return [*value[:at], *new, *value[at + 1 :]]
    return not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}改"
