from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from songda.kernel.errors import SongdaError
from songda.registry.facts.tests.cast import catalogue
from songda.registry.intake.commands import import_group
from songda.registry.intake.tests.rosters import row, workbook
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
