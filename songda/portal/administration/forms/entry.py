"""The form of an entry, made from what the schema says of it, and the entry made of what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songda.kernel.screens.widgets import DAY
from songda.portal.administration.forms.fields import LinesField, NumbersField, RowsField, YamlField
from songda.portal.administration.forms.shapes import Part
from songda.portal.packs.problem import PackProblem

Data = dict[str, Any]
FLAG = (("true", _("是")), ("false", _("否")))
UNSAID = ("", _("不写明"))
ABSENT = object()
LEAST_ROWS, MOST_ROWS = 3, 24
MOST_PROBLEMS = 12


class EntryForm(forms.Form):
    """One entry. `fixed` are the names of values that make its name: they are shown and not changed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, parts: Iterable[Part], value: Data, *, seen: str = "", fixed: Iterable[str] = ()
    ) -> None:
        self.parts, self.before, self.fixed = tuple(parts), value, frozenset(fixed)
        initial = {part.name: found for part in self.parts if (found := _at(value, part.path)) is not ABSENT}
        super().__init__(data, initial={**{name: _said(one) for name, one in initial.items()}, "seen": seen})
        for part in self.parts:
            made = MAKERS[part.kind](part)
            made.label, made.help_text, made.required = part.label, part.hint, part.required
            made.disabled = part.name in self.fixed
            if isinstance(made.widget, forms.Textarea):
                text = str(made.prepare_value(self.get_initial_for_field(made, part.name)) or "")
                made.widget.attrs["rows"] = min(max(text.count("\n") + 2, LEAST_ROWS), MOST_ROWS)
            self.fields[part.name] = made

    def value(self) -> Data:
        """The entry as it was filled in: what stood keeps its place, what is empty is left out."""
        found: Data = {}
        for part in self.parts:
            given = self._given(part)
            if given is not ABSENT:
                _put(found, part.path, given)
        kept = {key: found[key] for key in self.before if key in found}
        return {**kept, **found}

    def show_problems(self, problems: Iterable[PackProblem], file: str, place: str) -> None:
        """What the check of the pack found: beside the field it is about, the rest above with file and line."""
        told = tuple(problems)
        for one in told[:MOST_PROBLEMS]:
            steps = one.where.removeprefix(place).strip(".").replace("[", ".").split(".") if one.where.startswith(place) else [""]
            name = next((name for name in ("__".join(steps[:2]), steps[0]) if name in self.fields), None)
            inside = one.file == file and name is not None
            self.add_error(name if inside else None, f"{one.message}{one.advice and f'（{one.advice}）'}" if inside else str(one))
        if len(told) > MOST_PROBLEMS:
            self.add_error(None, _("另有 %(n)d 处，未一一列出。") % {"n": len(told) - MOST_PROBLEMS})

    def _given(self, part: Part) -> Any:
        if part.name in self.fixed:
            return _at(self.before, part.path)
        given, old = self.cleaned_data.get(part.name), _at(self.before, part.path)
        if given is None or given in ("", []):
            return old if old in ("", []) else ABSENT
        return _plain(part, given, old)


def _plain(part: Part, given: Any, old: Any) -> Any:
    if part.kind == "flag":
        return given == "true"
    if part.kind == "day":
        return given.isoformat()
    if part.kind == "words" and isinstance(old, list) and set(old) == set(given):
        return old
    return settled(given, old)


def settled(given: Any, old: Any) -> Any:
    """What was filled in; a text that differs from the old one only in the ends of its lines is the old one."""
    if isinstance(given, str):
        text = given.replace("\r\n", "\n")
        return old if isinstance(old, str) and old.strip() == text.strip() else text
    if isinstance(given, list) and isinstance(old, list):
        return [settled(one, old[at]) if at < len(old) else settled(one, None) for at, one in enumerate(given)]
    if isinstance(given, dict):
        return {key: settled(one, old.get(key) if isinstance(old, dict) else None) for key, one in given.items()}
    return given


def _said(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return ABSENT
        value = value[step]
    return value


def _put(value: Data, path: tuple[str, ...], given: Any) -> None:
    for step in path[:-1]:
        value = value.setdefault(step, {})
    value[path[-1]] = given


def _choice(part: Part) -> forms.Field:
    return forms.ChoiceField(choices=part.choices if part.required else (UNSAID, *part.choices))


def _flag(part: Part) -> forms.Field:
    return forms.ChoiceField(choices=FLAG if part.required else (UNSAID, *FLAG))


def _number(part: Part) -> forms.Field:
    return forms.IntegerField(min_value=part.limits.get("minimum"), max_value=part.limits.get("maximum"))


def _text(part: Part) -> forms.Field:
    return forms.CharField(max_length=part.limits.get("maxLength"))


def _long(part: Part) -> forms.Field:
    return forms.CharField(max_length=part.limits.get("maxLength"), widget=forms.Textarea)


MAKERS: Mapping[str, Callable[[Part], forms.Field]] = {
    "text": _text,
    "long": _long,
    "day": lambda _part: forms.DateField(widget=DAY),
    "number": _number,
    "flag": _flag,
    "choice": _choice,
    "words": lambda part: forms.MultipleChoiceField(choices=part.choices, widget=forms.CheckboxSelectMultiple),
    "lines": lambda _part: LinesField(),
    "numbers": lambda _part: NumbersField(),
    "rows": lambda part: RowsField(part.columns),
    "either": lambda _part: YamlField(widget=forms.TextInput),
    "yaml": lambda _part: YamlField(widget=forms.Textarea(attrs={"class": "yaml", "spellcheck": "false"})),
}
