"""A catalogue from files 事实目录文件: `facts.yaml` and the dictionaries it names, without a database.

The shapes of the files are those of a pack 活动包 (packs/README.md); a pack's check reads the same entries with the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind


class PlainLoader(yaml.CSafeLoader):
    """YAML with the plain words of version 1.2: `on` and `no` are words, `0111` and `2020-03-18` are text."""


PlainLoader.yaml_implicit_resolvers = {}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


def catalogue_at(folder: Path) -> Catalogue:
    """The catalogue in a folder with `facts.yaml` and `dictionaries/`; only dictionaries that a fact names are read.

    Raises OSError where the files cannot be read and ValueError, with the file's name, where they are no catalogue.
    """
    file = folder / "facts.yaml"
    try:
        facts = [fact_kind(item) for item in _data(file).get("facts", ())]
        wanted = {fact.code_list for fact in facts if fact.code_list}
        file = folder / "dictionaries"
        return Catalogue.of(facts, [code_list(_data(file / f"{name}.yaml")) for name in sorted(wanted)])
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as error:
        raise ValueError(f"{file} 不是事实目录：{error}") from error


def fact_kind(item: Mapping[str, Any]) -> FactKind:
    """One entry of facts.yaml."""
    return FactKind(
        code=item["code"],
        name=item["name"],
        kind=Kind(item["kind"]),
        unit=item.get("unit", ""),
        code_list=item.get("code_list", ""),
        aliases=tuple(item.get("aliases", ())),
        owner=item.get("owner", ""),
        freshness_days=item.get("freshness_days"),
        personal=item.get("personal", False),
        fixed=item.get("fixed", False),
        judgement=item.get("judgement", False),
    )


def code_list(data: Mapping[str, Any]) -> CodeList:
    """A dictionary file as a code list."""
    entries = data.get("entries", ())
    return CodeList(
        data["code"],
        {entry["code"]: entry["label"] for entry in entries},
        {entry["code"]: entry.get("parent") for entry in entries},
    )


def _data(file: Path) -> dict[str, Any]:
    loader = PlainLoader(file.read_text(encoding="utf-8"))
    found: dict[str, Any] = loader.get_single_data()
    return found
