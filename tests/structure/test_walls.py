"""The walls that an import linter cannot see: foreign keys in quotes, shelves, sizes, names, readmes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SONGDA = ROOT / "songda"
FLOORS = ("engines", "kernel", "registry", "ledger", "deliveries", "office", "portal")
ENGINES = ("rules", "clocks", "match", "reading", "printing", "timetable", "figures", "rollup")
REGISTRY = (
    "campaigns",
    "codes",
    "calendars",
    "organisations",
    "subjects",
    "people",
    "places",
    "facts",
    "rulebook",
    "intake",
    "programs",
    "identities",
)
POLICY = ("library", "compendium", "plans", "guides", "matching", "receipts", "push", "watch", "briefings")
SERVICE = ("demands", "visits", "helping", "markets")
LEDGER = ("notices", "evidence", "papers", "cases", "mirrors", "alarms")
OFFICE = ("indicators", "resumption", "returns", "economy", "bulletins", "dispatch", "retention")
SHELVES = {
    "states", "rules", "models", "access", "queries", "actions", "packs", "forms", "pages", "api", "jobs", "commands", "urls",
    "admin", "apps", "templates", "templatetags", "static", "migrations", "tests", "__init__",
}  # fmt: skip
ATTICS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "tools", "stuff", "lib"}


def sources(*, tests: bool = False) -> list[Path]:
    return [
        path for path in sorted(SONGDA.rglob("*.py")) if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    ]


def rooms() -> list[Path]:
    """Every folder that Django knows as an app, but the roof."""
    return [
        Path(config.path) for config in apps.get_app_configs() if config.name.startswith("songda.") and config.label != "portal"
    ]


def floor_and_room(model: type) -> tuple[tuple[int, int], str] | None:
    """How high a model stands (floor, place on it) and its room; None for models of others."""
    parts = model.__module__.split(".")
    if parts[0] != "songda":
        return None
    room = ".".join(parts[1 : parts.index("models")] if "models" in parts else parts[1:-1])
    order = {"registry": REGISTRY, "ledger": LEDGER, "deliveries": (*POLICY, *SERVICE), "office": OFFICE}.get(parts[1], ())
    inner = next((order.index(part) for part in parts if part in order), 0)
    return (FLOORS.index(parts[1]), inner), room


def test_foreign_keys_point_down() -> None:
    upward = []
    for model in apps.get_models(include_auto_created=True):
        here = floor_and_room(model)
        for field in model._meta.get_fields():
            if here and field.concrete and field.is_relation and field.related_model:
                there = floor_and_room(field.related_model)
                if there and there[1] != here[1] and there[0] >= here[0]:
                    upward.append(f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}")
    assert upward == []


def test_the_foreign_key_wall_sees_an_upward_key() -> None:
    class Upward:
        __module__ = "songda.registry.codes.models"

    class Above:
        __module__ = "songda.deliveries.policy.push.models"

    assert floor_and_room(Above)[0] > floor_and_room(Upward)[0]


@pytest.mark.parametrize("room", rooms(), ids=lambda path: path.relative_to(SONGDA).as_posix())
def test_a_room_holds_only_the_agreed_shelves(room: Path) -> None:
    found = {path.stem for path in room.iterdir() if path.name not in ("__pycache__", "README.md")}
    extra = found - SHELVES - ({"assets", "paging", "refusals", "steps", "widgets"} if room.name == "screens" else set())
    assert extra == set()


@pytest.mark.parametrize("room", [*rooms(), *(SONGDA / "engines" / name for name in ENGINES)], ids=lambda p: p.name)
def test_a_room_says_what_it_is_for(room: Path) -> None:
    text = (room / "README.md").read_text(encoding="utf8")
    assert len(text.splitlines()) >= 5, f"{room}/README.md says too little"


def test_no_attics() -> None:
    named = [path for path in sources(tests=True) if path.stem in ATTICS or path.parent.name in ATTICS]
    assert named == []


def test_files_stay_small() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): n
        for path in sources()
        if (n := len(path.read_text(encoding="utf8").splitlines())) > 400
    }
    assert long == {}


def test_functions_stay_small() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 50
    ]
    assert long == []


def test_nobody_assigns_a_state() -> None:
    """States move through `kernel.machines.move` alone; a birth state is a keyword of create, not an assignment."""
    strays = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            strays += [
                f"{path.relative_to(ROOT)}:{node.lineno}"
                for target in targets
                if isinstance(target, ast.Attribute) and target.attr in ("state", "status")
            ]
    assert strays == []


def test_marks_are_few() -> None:
    text = "\n".join(path.read_text(encoding="utf8") for path in sources())
    marks = len(re.findall(r"# ?noqa|# ?type: ?ignore|\b(?:TODO|FIXME|XXX)\b", text))
    thousands = sum(1 for line in text.splitlines() if line.strip()) / 1000
    assert marks / thousands <= 0.5, f"{marks} marks in {thousands:.1f} thousand lines"


def test_rooms_have_no_circles() -> None:
    """The first two parts of a module's path are its room; rooms never import each other in a circle."""
    edges: dict[str, set[str]] = {}
    names = {".".join(path.relative_to(SONGDA).with_suffix("").parts[:2]).removesuffix(".__init__") for path in sources()}
    for path in sources():
        here = ".".join(path.relative_to(SONGDA).with_suffix("").parts[:2]).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            modules = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if isinstance(node, ast.ImportFrom) and node.module
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for module in modules:
                there = ".".join(module.split(".")[1:3])
                if module.startswith("songda.") and there in names and there != here:
                    edges.setdefault(here, set()).add(there)
    seen: set[str] = set()

    def walk(room: str, trail: tuple[str, ...]) -> None:
        assert room not in trail, f"circle: {' → '.join((*trail[trail.index(room) :], room))}"
        if room in seen:
            return
        for other in sorted(edges.get(room, ())):
            walk(other, (*trail, room))
        seen.add(room)

    for room in sorted(edges):
        walk(room, ())
