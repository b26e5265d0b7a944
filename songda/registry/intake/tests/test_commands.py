from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from songda.kernel.errors import Conflict, SongdaError
from songda.registry.facts.tests.cast import catalogue
from songda.registry.intake.commands import import_group
from songda.registry.intake.tests.rosters import HEADINGS, row, workbook
from songda.registry.subjects.models import Subject
from songda.registry.subjects.tests.cast import place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    catalogue()
    return place()


def run(path, *options, area="gaoxin"):
    """Exit code and the JSON object; a refusal is the error that `songda` turns into its own exit code."""
    done = CliRunner().invoke(import_group, ["roster", str(path), "--area", area, "--as-of", "2020-03-01", "--json", *options])
    if isinstance(done.exception, SongdaError):
        return done.exception.exit_code, done.exception.as_dict()
    return done.exit_code, json.loads(done.stdout) if done.stdout else {}


def test_exit_codes_and_the_one_json_object(tmp_path):
    good = workbook(tmp_path / "a.xlsx", [row(1), row(2)])
    code, told = run(good, "--dry-run")
    assert (code, told["state"], told["created"], Subject.objects.count()) == (0, "checked", 2, 0)
    code, told = run(good)
    assert (code, told["state"], told["created"], told["facts"]) == (0, "taken", 2, 14)
    code, told = run(good)
    assert (code, told["unchanged"]) == (0, True)
    code, told = run(workbook(tmp_path / "b.xlsx", [row(3, staff="很多"), row(4)]))
    assert (code, told["errors"], told["created"]) == (3, 1, 1)
    assert told["returned"].endswith(".xlsx")
    code, told = run(good, area="nowhere")
    assert (code, told["code"]) == (1, "invalid")
    code, _told = run(tmp_path / "missing.xlsx")
    assert code == 2


def test_columns_that_were_not_recognised_are_named_with_what_they_look_like(tmp_path):
    heads = [*HEADINGS[:5], "用工人（人）", *HEADINGS[6:]]
    book = workbook(tmp_path / "a.xlsx", [row(1), row(2, odd=""), row(3, odd="")], headings=heads)
    code, told = run(book, "--dry-run")
    assert code == 0 and told["unknown"] == [
        {"heading": "用工人（人）", "near": "用工人数", "cells": 3},
        {"heading": "奇怪的列", "near": "", "cells": 1},
    ]
    said = CliRunner().invoke(import_group, ["roster", str(book), "--area", "gaoxin", "--as-of", "2020-03-01"]).stdout
    assert "没有认出的列：“用工人（人）”（是不是“用工人数”？）、“奇怪的列”。这些列的 4 格没有导入" in said
    known = [place for place, title in enumerate(HEADINGS) if title != "奇怪的列"]
    clean = workbook(tmp_path / "b.xlsx", [[row(4)[at] for at in known]], headings=[HEADINGS[at] for at in known])
    assert run(clean)[1]["unknown"] == []


def test_the_template_of_the_page_is_written_by_the_command_and_never_over_a_file(tmp_path):
    path = tmp_path / "t.xlsx"
    done = CliRunner().invoke(import_group, ["roster", "--template", str(path)], catch_exceptions=False)
    assert done.exit_code == 0 and str(path) in done.stdout
    heads = [cell.value for cell in openpyxl.load_workbook(path)["名册"][1]]
    assert heads[:3] == ["统一社会信用代码", "企业名称", "所属街道"] and "用工人数（人）" in heads
    again = CliRunner().invoke(import_group, ["roster", "--template", str(path)])
    assert isinstance(again.exception, Conflict) and openpyxl.load_workbook(path)["名册"]
