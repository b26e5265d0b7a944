"""The four measures of the invented package, in force, each with a rule of its own."""

from __future__ import annotations

from songda.deliveries.policy.library.actions import confirm_measure, publish_measure, revise_measure, write_rule
from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.library.tests.texts import completed, drafts_of, received
from songda.registry.people.tests.cast import DAY, NOW, Cast

TEXTS = (
    "行业 属于 制造业 且 用工人数 ≥ 10人",
    "行业 属于 医药制造业 且 用工人数 ≥ 10人",
    "工业企业 且 用工人数 ≥ 10人",
    "用工人数 ≥ 10人",
)
"""Open to making and medicine; to both, through medicine; to both, through the fact that holds there alone; to all."""


def cases_for(text: str) -> list[dict[str, object]]:
    """是, 否, a boundary and 待核 for these rules."""
    given = {"用工人数": "10人"}
    if "行业" in text:
        given["行业"] = "医药制造业"
    if "工业企业" in text:
        given["工业企业"] = "是"
    return [
        {"name": "符合", "on": DAY, "given": {**given, "用工人数": "20人"}, "expect": "是"},
        {"name": "正好", "on": DAY, "given": given, "expect": "是", "boundary": True},
        {"name": "不足", "on": DAY, "given": {**given, "用工人数": "9人"}, "expect": "否"},
        {
            "name": "未报",
            "on": DAY,
            "given": {name: value for name, value in given.items() if name != "用工人数"},
            "expect": "待核",
        },
    ]


def in_force(cast: Cast) -> list[MeasureVersion]:
    """The four, published."""
    drafts = drafts_of(received(cast.editor, cast.zone.area_path))
    return [published(completed(draft, cast.editor), text, cast) for draft, text in zip(drafts, TEXTS, strict=True)]


def published(draft: MeasureVersion, text: str, cast: Cast) -> MeasureVersion:
    """A draft with this rule, in force."""
    write_rule(draft.pk, text=text, amount_text="", cases=cases_for(text), by=cast.editor, now=NOW)
    confirm_measure(draft.pk, by=cast.editor, now=NOW)
    return publish_measure(draft.pk, by=cast.publisher, now=NOW)


def changed(version: MeasureVersion, text: str, cast: Cast) -> MeasureVersion:
    """The next version of a measure, with another rule."""
    return published(revise_measure(version.pk, by=cast.editor, now=NOW), text, cast)
