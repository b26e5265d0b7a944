from __future__ import annotations

import json

import pytest

from songda.portal.cli.main import main
from songda.registry.facts.tests.cast import catalogue
from songda.registry.intake.tests.rosters import row, workbook
from songda.registry.subjects.models import Subject
from songda.registry.subjects.tests.cast import place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    catalogue()
    return place()


def run(capsys, path, *options, area="gaoxin"):
    with pytest.raises(SystemExit) as end:
        main(["import", "roster", str(path), "--area", area, "--as-of", "2020-03-01", "--json", *options])
    out = capsys.readouterr().out
    return end.value.code or 0, json.loads(out) if out else {}


def test_exit_codes_and_the_one_json_object(tmp_path, capsys):
    good = workbook(tmp_path / "a.xlsx", [row(1), row(2)])
    code, told = run(capsys, good, "--dry-run")
    assert (code, told["state"], told["created"], Subject.objects.count()) == (0, "checked", 2, 0)
    code, told = run(capsys, good)
    assert (code, told["state"], told["created"], told["facts"]) == (0, "taken", 2, 14)
    code, told = run(capsys, good)
    assert (code, told["unchanged"]) == (0, True)
    code, told = run(capsys, workbook(tmp_path / "b.xlsx", [row(3, staff="很多"), row(4)]))
    assert (code, told["errors"], told["created"]) == (3, 1, 1)
    assert told["returned"].endswith(".xlsx")
    code, told = run(capsys, good, area="nowhere")
    assert (code, told["error"]["code"]) == (1, "invalid")
    code, _told = run(capsys, tmp_path / "missing.xlsx")
    assert code == 2
