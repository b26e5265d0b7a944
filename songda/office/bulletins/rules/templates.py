"""A template 模板 of bulletins or news items as its pack declares it. Plain data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from songda.engines.printing import chinese
from songda.office.bulletins.rules.places import PlaceError, pieces, places_in
from songda.office.bulletins.rules.rendering import Part, Section, sections_of
from songda.office.bulletins.rules.unbound import unbound_in

_OPEN = re.compile(r"\{(\w+)\}")
_STANDIN = "甲"


class TemplateFaultError(ValueError):
    """A template that does not hold together; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template, whole.

    `unit`: the code of the unit in whose name it is written, empty: any. `series` and `number`: the name of the series and how a
    number of it reads ('第{n}期', '（{cn}）' in Chinese numerals); counted by unit and year. News items have none of these two but
    a `kicker` and the papers' usual `reporters`. `readers`: office, or public.
    """

    code: str
    label: str
    sort: str
    kind: str
    title: str
    sections: tuple[Section, ...]
    unit: str = ""
    masthead: str = ""
    issuer: str = ""
    series: str = ""
    number: str = ""
    copies_to: str = ""
    kicker: str = ""
    readers: str = "office"
    retention: int = 30


def template_of(data: Mapping[str, Any]) -> Template:
    """A template as read from its pack; TemplateFaultError where it does not hold together."""
    template = Template(**{**data, "sections": sections_of(data["sections"])})
    for fault in _faults(template):
        raise TemplateFaultError(f"{template.label}：{fault}")
    return template


def faults_of(data: Mapping[str, Any], indicators: Collection[str], units: Collection[str]) -> Iterator[str]:
    """Everything wrong with a template of a pack: also places that name no indicator (`indicators`) or no unit of it."""
    try:
        template = template_of(data)
    except (TemplateFaultError, PlaceError) as error:
        yield str(error)
        return
    for text in (template.title, *(one.text for one in template.sections)):
        for place in places_in(text):
            if place.name not in indicators:
                yield f"没有指标 {place.name}"
            if place.unit and place.unit not in units:
                yield f"没有机构 {place.unit}"
    named = [template.unit, *(one.unit for one in template.sections)]
    yield from (f"没有机构 {code}" for code in named if code and code not in units)


def numbered(template: Template, ordinal: int, year: int) -> str:
    """The number of an issue as it reads."""
    return template.number.format(n=ordinal, cn=chinese(ordinal), year=year)


def _faults(template: Template) -> Iterator[str]:
    news = template.sort == "news"
    if news and (template.number or template.masthead):
        yield "新闻稿不编号，也没有报头"
    if not news and not (template.masthead and template.number):
        yield "简报须写明报头（masthead）和编号式样（number）"
    opened = _OPEN.findall(template.number)
    if not news and (set(opened) - {"n", "cn", "year"} or len({"n", "cn"} & set(opened)) != 1):
        yield "编号式样须含 {n} 或 {cn} 之一，此外只可含 {year}"
    for text in (template.title, template.kicker, *(one.text for one in template.sections)):
        yield from (f"“{one.clause}”里的“{one.quote}”是写死的数，应改为占位" for one in unbound_in([tuple(_sample(text))]))


def _sample(text: str) -> Iterator[Part]:
    for one in pieces(text):
        if isinstance(one, str):
            yield Part(one)
        else:
            yield Part(_STANDIN, one.token)
