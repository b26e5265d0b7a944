"""Static files of a release: compressed, named by content, served for ever; of this version only."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test import Client, override_settings

import songda
from songda.portal.cli.static import static

SETTINGS = str(Path(__file__).parents[2] / "settings.py")


@pytest.fixture
def released(tmp_path, settings, monkeypatch):
    """A home in which `songda static` has run, and the settings it leads to."""
    settings.STATIC_ROOT = tmp_path / "static" / songda.__version__
    told = json.loads(CliRunner().invoke(static, ["--json"]).output)
    for name, value in {"SONGDA_HOME": str(tmp_path), "SONGDA_DEMO": "no", "SONGDA_DEBUG": "no"}.items():
        monkeypatch.setenv(name, value)
    return told, runpy.run_path(SETTINGS)


@pytest.mark.django_db
def test_a_release_serves_compressed_files_that_browsers_keep(released) -> None:
    told, found = released
    assert (found["RELEASED"], found["WHITENOISE_USE_FINDERS"]) == (True, False)
    assert told["compressed"] >= 4
    manifest = json.loads((Path(told["place"]) / "staticfiles.json").read_text())["paths"]
    assert manifest["songda/songda.css"] != "songda/songda.css"
    with override_settings(STORAGES=found["STORAGES"], STATIC_ROOT=Path(told["place"]), WHITENOISE_USE_FINDERS=False):
        client = Client()
        client.handler._middleware_chain = None
        page = client.get("/sign-in/").content.decode()
        address = f"/static/{manifest['songda/songda.css']}"
        assert address in page
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
        assert "immutable" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content)[:2] == b"\x1f\x8b"


def test_nothing_is_compressed_before_the_command_has_run(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("SONGDA_HOME", str(tmp_path))
    found = runpy.run_path(SETTINGS)
    assert (found["RELEASED"], found["WHITENOISE_USE_FINDERS"]) == (False, True)
    assert found["STORAGES"]["staticfiles"]["BACKEND"].endswith(StaticFilesStorage.__name__)
