"""Problems of a rule text 规则有误, in the shapes the page and the error tree need: where, what was expected, what was meant."""

from __future__ import annotations

from dataclasses import dataclass

from songda.engines.rules.problem import Problem, RuleError
from songda.kernel.errors import Invalid
from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Spot:
    """A problem with the text around it: `before` the wrong part, `wrong` itself (may be empty: at the end), `after` it."""

    before: str
    wrong: str
    after: str
    problem: Problem


def spot(text: str, problem: Problem) -> Spot:
    """The problem in its text."""
    start, end = min(problem.start, len(text)), min(max(problem.end, problem.start), len(text))
    return Spot(text[:start], text[start:end], text[end:], problem)


def refusal_of(error: RuleError, text: str, field: str) -> Invalid:
    """The first problem as an Invalid: the sentence with its place, and position, found, nearest among the fields."""
    problem = error.problems[0]
    place = _("第 %(at)d 字起") % {"at": problem.start + 1} if problem.start < len(text) else _("末尾")
    near = "、".join(problem.nearest)
    fields = {
        field: f"{place}：{problem.message}",
        "position": f"{problem.start}-{problem.end}",
        "found": problem.found,
        "nearest": near,
    }
    advice = _("相近的名称：%(near)s。") % {"near": near} if near else _("请按提示修改规则文本。")
    return Invalid(fields[field], advice=advice, fields={key: value for key, value in fields.items() if value}, code="not_a_rule")
