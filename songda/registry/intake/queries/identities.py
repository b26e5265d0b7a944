"""Who the rows of a roster are: known subjects, new ones, or rows that cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from songda.registry.intake.queries.areas import homes_below
from songda.registry.intake.rules.headings import Target
from songda.registry.intake.rules.table import Cell, text_of
from songda.registry.organisations.models import Organisation
from songda.registry.subjects.models import Subject
from songda.registry.subjects.queries import merged_by
from songda.registry.subjects.rules import names, uscc

BATCH = 5000  # codes a query
LONGEST = {"name": 160, "address": 200, "local_number": 40}


@dataclass(frozen=True, slots=True)
class RowError:
    """A wrong cell: its row and column (places in the table, from 0; −1: the row as a whole) and what is wrong."""

    row: int
    column: int
    sentence: str


@dataclass(slots=True)
class Person:
    """Who a row is about. `subject_id` is None for a subject that is not in the register yet; `old_name` where it is renamed."""

    row: int
    code: str
    number: str
    name: str
    kind: str
    address: str
    home: Organisation
    subject_id: int | None = None
    old_name: str = ""
    moved: bool = False


@dataclass
class Identities:
    """The rows that could be told, and what is wrong with the others."""

    people: list[Person] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def identify(
    rows: Sequence[Sequence[Cell]], targets: Sequence[Target], area: Organisation, kinds: Sequence[str] | None
) -> Identities:
    """Tell each row's subject by its code or number; names are never keys. `kinds`: codes of 主体类型, where a column has them."""
    found = Identities()
    places = {target.place: place for place, target in enumerate(targets) if target.place}
    homes, labels = _homes(area), _kinds()
    seen: dict[str, int] = {}
    for row, cells in enumerate(rows):
        told = {name: text_of(cells[place]) if place < len(cells) else "" for name, place in places.items()}
        kind = labels.get((kinds[row] if kinds else "") or told.get("kind", ""), "")
        wrong = list(_problems(told, places, homes, seen))
        if not kind:
            wrong.append((places.get("kind", -1), _("主体类型“%(kind)s”未登记。") % {"kind": told.get("kind", "")}))
        if wrong:
            found.errors += [RowError(row, place, text) for place, text in wrong]
            continue
        code, number = uscc.normalise(told.get("uscc", "")), told.get("local_number", "")
        seen[code or number] = row
        home = homes.get(told.get("home", ""), area)
        found.people.append(Person(row, code, number, names.tidy(told["name"]), kind, told.get("address", ""), home))
    _match(found, area)
    return found


def _problems(
    told: dict[str, str], places: dict[str, int], homes: dict[str, Organisation], seen: dict[str, int]
) -> Iterator[tuple[int, str]]:
    """What is wrong with a row's own columns: (column, sentence)."""
    code, number = uscc.normalise(told.get("uscc", "")), told.get("local_number", "")
    if not code and not number:
        yield places.get("uscc", places.get("local_number", -1)), _("缺少统一社会信用代码（或本地编号）。")
    elif code and (why := uscc.problem(code)):
        yield places["uscc"], why
    elif (code or number) in seen:
        row = seen[code or number]
        yield places.get("uscc", places.get("local_number", -1)), _("与第%(n)d条数据的代码重复。") % {"n": row + 1}
    if len(names.tidy(told.get("name", ""))) < 2:
        yield places["name"], _("缺少名称。")
    for name, longest in LONGEST.items():
        if len(told.get(name, "")) > longest:
            yield places[name], _("超过%(n)d个字。") % {"n": longest}
    if told.get("home") and told["home"] not in homes:
        yield places["home"], _("“%(home)s”不是本辖区的街道、乡镇或园区。") % {"home": told["home"]}


def _kinds() -> dict[str, str]:
    """Kinds by their code and by their label; an enterprise where none is said."""
    labels = {str(label): value for value, label in Subject.Kind.choices}
    return {"": Subject.Kind.ENTERPRISE.value, **labels, **{value: value for value in labels.values()}}


def _homes(area: Organisation) -> dict[str, Organisation]:
    """Names, short names and codes of the places at or below an area. Of two with one name, neither."""
    found: dict[str, Organisation] = {}
    clashes = set()
    for one in homes_below((area.area_path,)):
        for name in {one.name, one.short_name, one.code}:
            if name in found and found[name].pk != one.pk:
                clashes.add(name)
            found[name] = one
    return {name: one for name, one in found.items() if name not in clashes}


def _match(found: Identities, area: Organisation) -> None:
    """Find the rows' subjects in the register; those registered elsewhere are errors."""
    merged = merged_by()
    known = {key: row for row in _known(found.people) for key in (row[1], row[2]) if key}
    kept = []
    for one in found.people:
        row = known.get(one.code or one.number)
        if row is None:
            kept.append(one)
        elif not row[5].startswith(area.area_path):
            found.errors.append(RowError(one.row, -1, _("该主体登记在其他辖区，请先办理迁移。")))
        else:
            one.subject_id = merged.get(row[0], row[0])
            one.old_name = row[3] if row[3] != one.name and row[0] not in merged else ""
            one.moved = bool(one.address) and one.address != row[4]
            kept.append(one)
    found.people = kept


def _known(people: Sequence[Person]) -> Iterator[tuple[int, str | None, str | None, str, str, str]]:
    columns = ("pk", "uscc", "local_number", "name", "address", "area_path")
    codes = {"uscc": [one.code for one in people if one.code], "local_number": [one.number for one in people if not one.code]}
    for column, values in codes.items():
        for start in range(0, len(values), BATCH):
            yield from Subject.objects.filter(**{f"{column}__in": values[start : start + BATCH]}).values_list(*columns)
