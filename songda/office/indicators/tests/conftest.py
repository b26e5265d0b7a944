"""The bundled pack's figures as files, and loaded."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from songda.engines.rules.catalogue_files import PlainLoader
from songda.office.indicators.actions import load_figures
from songda.registry.actors import system
from songda.registry.organisations.models import Organisation
from songda.registry.people.tests.cast import NOW

FOLDER = Path(__file__).resolve().parents[4] / "packs" / "zhengzhou-2020" / "figures"
AREAS = {"410100": "郑州市", "410103": "二七区", "410106": "上街区", "410108": "惠济区", "410172": "高新区"}


def read_files() -> list[dict[str, Any]]:
    import yaml

    return [yaml.load(file.read_text(encoding="utf-8"), PlainLoader) for file in sorted(FOLDER.glob("*.yaml"))]


FILES = read_files()


@pytest.fixture
def files() -> list[dict[str, Any]]:
    return copy.deepcopy(FILES)


@pytest.fixture
def areas(db: None) -> None:
    for code, name in AREAS.items():
        Organisation.objects.create(code=code, name=name, short_name=name, kind="district", area_path=f"{code}/")


@pytest.fixture
def load(areas: None) -> Callable[..., int]:
    return lambda files, by=None, now=NOW: load_figures(files, by=by or system("装载"), now=now)


@pytest.fixture
def loaded(load, files) -> list[dict[str, Any]]:
    load(files)
    return files


def item(files: list[dict[str, Any]], code: str, key: str = "figures") -> dict[str, Any]:
    return next(one for file in files for one in file[key] if one["code"] == code)
