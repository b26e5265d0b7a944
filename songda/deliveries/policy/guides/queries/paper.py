"""Guides and red lines as papers to print 排印."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from songda.deliveries.policy.guides.models import GuideVersion
from songda.deliveries.policy.guides.queries.contents import Item
from songda.deliveries.policy.guides.queries.lists import RedLine
from songda.engines.printing import Block, Form, Heading, Listing, Paper, Paragraph, Table, numbered
from songda.kernel import clock
from songda.kernel.screens.templatetags.screens import day
from songda.registry.organisations.models import Organisation


def guide_paper(version: GuideVersion, items: Sequence[Item], *, current: bool) -> Paper:
    """A guide as issued. One that is no longer what would be made today says so across every page."""
    group = version.guide.group
    demonstration = any(one.measure.measure.demonstration for one in items)
    stamps = [*([] if current else [_("已过期，待重新发布")]), *([_("演示数据")] if demonstration else [])]
    told = _("%(area)s。第 %(number)d 版，%(day)s发布，共 %(n)d 项措施。") % {
        "area": place_of(version.guide.area_path), "number": version.number, "day": day(clock.day_of(version.issued_at)),
        "n": len(items),
    }  # fmt: skip
    blocks: list[Block] = [Paragraph(told)]
    for one in items:
        blocks += _item(one)
    return Paper(
        title=_("%(group)s操作指南") % {"group": group.name}, date=day(clock.day_of(version.issued_at)), form=Form.PLAIN,
        stamp=" ".join(stamps), blocks=tuple(numbered(blocks)),
    )  # fmt: skip


def red_line_paper(lines: Sequence[RedLine], *, area: str, industry: str, on: dt.date) -> Paper:
    """The list of red lines to inspect by, with room for what was found."""
    rows = tuple(
        (str(place), one.mark.note, one.mark.quote, str(one.mark.document), _("□ 符合　□ 不符合"))
        for place, one in enumerate(lines, 1)
    )
    head = (_("序号"), _("红线"), _("原文"), _("出处"), _("检查结果"))
    told = _("辖区：%(area)s　行业：%(industry)s　%(day)s　共 %(n)d 条") % {
        "area": area, "industry": industry, "day": day(on), "n": len(rows),
    }  # fmt: skip
    demonstration = any(one.mark.document.demonstration for one in lines)
    table = (Table(head, rows, widths=(1, 4, 5, 3, 3)),) if rows else (Paragraph(_("没有红线。")),)
    return Paper(
        title=_("政策红线检查清单"),
        form=Form.PLAIN,
        stamp=_("演示数据") if demonstration else "",
        blocks=(Paragraph(told, indent=False), *table),
    )


def place_of(area_path: str) -> str:
    """A territory's name."""
    found = Organisation.objects.filter(area_path=area_path, kind__in=("city", "district", "zone", "street")).first()
    return found.name if found else _("全市")


def _item(one: Item) -> Iterator[Block]:
    measure, rule, card = one.measure, one.implementing, one.card
    yield Heading(measure.title)
    yield Paragraph(measure.benefit)
    if measure.rule_version:
        yield Paragraph(_("谁可以享受：%(rule)s。") % {"rule": measure.rule_version.text})
    papers, steps = (rule.papers, rule.steps) if rule else (measure.papers, [])
    yield Heading(_("申报材料"), 2)
    yield Listing(tuple(papers) or (_("以受理单位告知为准。"),), numbered=bool(papers))
    yield Heading(_("办理步骤"), 2)
    yield Listing(tuple(steps) or (_("没有现行的实施细则，暂不能网上申报。"),), numbered=bool(steps))
    yield Heading(_("渠道、时限与联系"), 2)
    days = rule.time_limit_days if rule else measure.time_limit_days
    said = [
        _("办理渠道：%(text)s") % {"text": measure.channel or "—"},
        _("办理时限：%(n)s 个工作日") % {"n": days} if days else _("办理时限：未定"),
        _("受理至：%(day)s") % {"day": day(measure.closes_on)} if measure.closes_on else _("受理期：不限"),
        _("联系：%(section)s %(who)s，电话 %(phone)s") % {"section": card.section, "who": card.who, "phone": card.phone}
        if card
        else _("联系：暂无有效联系卡"),
    ]
    yield Listing(tuple(said))
