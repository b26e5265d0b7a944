"""A pack's files as plain values that know their lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from songda.engines.rules.catalogue_files import PlainLoader
from songda.portal.packs.misreading import misread, odd_files, odd_nodes, text_in, too_deep
from songda.portal.packs.problem import PackProblem

# Where each kind of file stands. A name with a slash is a folder of files, one thing (or one sort of thing) a file.
SECTIONS: dict[str, str] = {
    "pack": "pack.yaml",
    "sources": "sources.yaml",
    "facts": "facts.yaml",
    "calendar": "calendar.yaml",
    "channels": "channels.yaml",
    "organisations": "organisations/",
    "places": "places.yaml",
    "dictionary": "dictionaries/",
    "document": "documents/",
    "measure": "measures/",
    "implementing": "implementing/",
    "kind": "kinds/",
    "indicators": "indicators.yaml",
    "figure": "figures/",
    "watch": "watch.yaml",
    "guides": "guides.yaml",
    "papers": "papers.yaml",
    "mirrors": "mirrors.yaml",
    "economy": "economy.yaml",
    "returns": "returns.yaml",
    "resumption": "resumption.yaml",
    "plan": "plans/",
    "bulletin": "bulletins/",
    "retention": "retention.yaml",
}
Where = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class Sheet:
    """One file: its name inside the pack, its section, its text, its data and the nodes the data was made of."""

    file: str
    section: str
    data: dict[str, Any]
    node: yaml.Node
    text: str = ""

    def line(self, where: Where) -> int:
        """The line of a value (or of the nearest value above it that exists)."""
        node = self.node
        for step in where:
            found = _below(node, step)
            if found is None:
                break
            node = found
        return int(node.start_mark.line) + 1

    def problem(self, where: Where, message: str, advice: str = "") -> PackProblem:
        """A problem of this file at this place."""
        return PackProblem(self.file, self.line(where), spell(where), message, advice)


@dataclass(frozen=True, eq=False)
class Pack:
    """A pack as read: its files by section, and the problems that kept a file from being read."""

    path: Path
    sheets: tuple[Sheet, ...]
    problems: tuple[PackProblem, ...] = ()

    def of(self, section: str) -> tuple[Sheet, ...]:
        """The files of one section, in the order of their names."""
        return tuple(sheet for sheet in self.sheets if sheet.section == section)

    def items(self, section: str, key: str) -> Iterator[tuple[Sheet, Where, dict[str, Any]]]:
        """Every element of the list `key` over the files of a section, with its place."""
        for sheet in self.of(section):
            for at, item in enumerate(sheet.data.get(key, ())):
                yield sheet, (key, at), item

    @cached_property
    def head(self) -> dict[str, Any]:
        """The data of pack.yaml ({} where it could not be read)."""
        return next((sheet.data for sheet in self.of("pack")), {})

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all files that could be read: the same digest, the same pack."""
        return digest_of({sheet.file: sheet.text for sheet in self.sheets})


def read_pack(path: Path) -> Pack:
    """Read every file of a pack; what cannot be read, or does not belong here, becomes a problem."""
    files = ((file.relative_to(path).as_posix(), file) for file in path.rglob("*.yaml") if file.is_file())
    found = ((name, read_sheet(file, name, section_of(name) or "")) for name, file in files)
    return _gathered(path, found, tuple(odd_files(path, frozenset(place for place in SECTIONS.values() if place[-1] == "/"))))


def pack_of(texts: Mapping[str, str]) -> Pack:
    """A pack from the texts of its files by their names: as it stands in the database."""
    return _gathered(Path(), ((name, parse_sheet(text, name, section_of(name) or "")) for name, text in texts.items()))


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256 over names and texts, in the order of the names."""
    total = hashlib.sha256()
    for name, text in sorted(texts.items()):
        total.update(name.encode() + b"\0" + text.encode() + b"\0")
    return total.hexdigest()


def _gathered(path: Path, found: Iterable[tuple[str, Sheet | PackProblem]], odd: Iterable[PackProblem] = ()) -> Pack:
    sheets: list[Sheet] = []
    problems: list[PackProblem] = list(odd)
    for name, sheet in sorted(found, key=lambda one: one[0].split("/")):
        if section_of(name) is None:
            problems.append(PackProblem(name, 0, "", "不认识的文件", "有哪些文件见 songda pack schema；别的文件请移出活动包"))
        elif isinstance(sheet, PackProblem):
            problems.append(sheet)
        else:
            sheets.append(sheet)
    if not any(sheet.section == "pack" for sheet in sheets):
        problems.append(PackProblem("pack.yaml", 0, "", "缺少 pack.yaml，或它无法读取", "请核对文件夹；新建用 songda pack new"))
    return Pack(path, tuple(sheets), tuple(problems))


def section_of(name: str) -> str | None:
    """The section a file belongs to by its name, None for a stranger."""
    for section, place in SECTIONS.items():
        if name == place or (place.endswith("/") and name.startswith(place) and name.count("/") == 1):
            return section
    return None


def read_sheet(file: Path, name: str, section: str) -> Sheet | PackProblem:
    """One file, or what is wrong with it."""
    text = text_in(file, name)
    return text if isinstance(text, PackProblem) else parse_sheet(text, name, section)


def parse_sheet(text: str, name: str, section: str) -> Sheet | PackProblem:
    """The text of one file, or what is wrong with its YAML."""
    if too_deep(text):
        return PackProblem(name, 1, "", "层级太深：活动包的文件最多三层", "请拆成几个文件")
    try:
        loader = PlainLoader(text)
        node = loader.get_single_node()
        if odd := next(odd_nodes(node, name), None) if node else None:
            return odd
        data = None if node is None else loader.construct_document(node)
    except yaml.YAMLError as error:
        return misread(error, text, name)
    if node is None or not isinstance(data, dict):
        return PackProblem(name, 1, "", "文件应为“名称: 值”的形式", "半角冒号，后面空一格；文件不能是空的")
    return Sheet(name, section, data, node, text)


def spell(where: Where) -> str:
    """A place inside a file in words: `cases[2].given`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where).lstrip(".")


def _below(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None
