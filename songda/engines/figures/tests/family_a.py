"""Wordings of the first family, which the tuning of the reader may look at."""

from __future__ import annotations

from decimal import Decimal

from songda.engines.figures.tests.generator import DONE, THINGS, Desk, base

NOISE = (
    "各部门千方百计稳岗位，坚持一企一策、“一对一”帮扶。",
    "有关政策见青政办〔2021〕18号文件，咨询电话0399-6612345。",
    "第一批名单已经公示，“十四五”规划同步推进。",
    "会议指出，一是要加强调度，二是要压实责任，三是要强化督导。",
    "专班深入企业四十余次，发放宣传册约3000份。",
    "3月12日上午，区领导到第二实验小学、五里桥村调研。",
    "热线12345全天候受理，做到“三个不让”。",
    "全区上下一心，八方支援，打好“5+2”攻坚战。",
    "帮助购置84消毒液200公斤，协调口罩2.5万只。",
    "已有6家单位报送信息12条，其余单位正在整理。",
    "培训骨干35名，选派干部128人驻点服务。",
)


def sum_after(desk: Desk) -> str:
    noun, unit, kinds = desk.draw.choice(THINGS)
    values = [desk.count() for _ in kinds]
    total = desk.printed(sum(values))
    desk.plant("sum", base(total, unit), *(base(one, unit) for one in values))
    parts = "、".join(f"{kind}{noun}{desk.say(one)}{unit}" for kind, one in zip(kinds, values, strict=True))
    return f"其间，服务{parts}，{desk.pick('合计', '共计', '总计')}{desk.say(total)}{unit}。"


def sum_before(desk: Desk) -> str:
    noun, unit, kinds = desk.draw.choice(THINGS)
    values = [desk.count() for _ in kinds]
    total = desk.printed(sum(values))
    desk.plant("sum", base(total, unit), *(base(one, unit) for one in values))
    parts = "、".join(f"{kind}{desk.say(one)}{unit}" for kind, one in zip(kinds, values, strict=True))
    return f"截至3月底，全区共有在库{noun}{desk.say(total)}{unit}，其中{parts}。"


def sum_respectively(desk: Desk) -> str:
    noun, unit, kinds = desk.draw.choice(THINGS)
    values = [desk.count() for _ in kinds]
    total = desk.printed(sum(values))
    desk.plant("sum", base(total, unit), *(base(one, unit) for one in values))
    return f"本月新增{noun}{desk.say(total)}{unit}，{'、'.join(kinds)}分别为{'、'.join(desk.say(one) + unit for one in values)}。"


def rate(desk: Desk) -> str:
    word = desk.pick(*DONE)
    bottom = desk.count(100, 900)
    top = desk.count(bottom // 2, bottom - 1)
    share = desk.share(top, bottom)
    desk.plant("ratio", share, top, bottom)
    return f"全区应{word}企业{desk.say(bottom)}家，已{word}{desk.say(top)}家，{word}率{desk.pick('为', '达', '达到')}{share}%。"


def share_of(desk: Desk) -> str:
    noun, unit, kinds = desk.draw.choice(THINGS)
    bottom = desk.count(100, 900)
    top = desk.count(bottom // 4, bottom - 1)
    share = desk.share(top, bottom)
    desk.plant("ratio", share, base(top, unit), base(bottom, unit))
    return f"累计受理{noun}{desk.say(bottom)}{unit}，其中{kinds[0]}{desk.say(top)}{unit}，占{desk.pick('', '总数的', '比')}{share}%。"


def growth(desk: Desk) -> str:
    before, now = desk.count(100, 500), desk.count(520, 900)
    grown = desk.share(now - before, before)
    desk.plant("growth", grown, now, before)
    return f"一季度实现入库税收{desk.say(now)}万元，去年同期为{desk.say(before)}万元，同比增长{grown}%。".replace(
        "万元", "亩" if desk.count() % 2 else "吨"
    )


def risen(desk: Desk) -> str:
    before, now = desk.count(100, 500), desk.count(520, 900)
    step = desk.printed(now - before)
    desk.plant("difference", now, before, step)
    return f"用工缺口登记人数由{desk.say(before)}人{desk.pick('增加', '增长', '上升')}到{desk.say(now)}人，{desk.pick('净增', '增加')}{desk.say(step)}人。"


def fallen(desk: Desk) -> str:
    before, now = desk.count(520, 900), desk.count(100, 500)
    step = desk.printed(before - now)
    desk.plant("difference", now, before, step)
    return f"积压订单从{desk.say(before)}单降至{desk.say(now)}单，减少{desk.say(step)}单。"


def points(desk: Desk) -> str:
    before, now = desk.count(40, 60), desk.count(70, 95)
    step = desk.printed(now - before)
    desk.plant("difference", now, before, step)
    return f"达产率由月初的{before}%提高到{now}%，提高{step}个百分点。"


def product(desk: Desk) -> str:
    price, many = desk.count(2, 30) * 100, desk.count(11, 200)
    total = desk.printed(price * many)
    desk.plant("product", price, many, total)
    return f"按照每人{desk.say(price)}元的标准，向{desk.say(many)}人发放补贴，共计{desk.say(total)}元。"


def mean(desk: Desk) -> str:
    many, each = desk.count(11, 90), desk.count(20, 400)
    told = desk.printed(each)
    desk.plant("average", many, base(many * each, "万元"), base(told, "万元"))
    return f"共为{desk.say(many)}户商户授信{desk.say(many * each)}万元，户均{desk.say(told)}万元。"


def remainder(desk: Desk) -> str:
    whole = desk.count(300, 900)
    part = desk.count(100, 250)
    rest = desk.printed(whole - part)
    desk.plant("sum", whole, part, rest)
    return f"收到企业反映问题{desk.say(whole)}个，已解决{desk.say(part)}个，剩余{desk.say(rest)}个正在协调。"


def subset(desk: Desk) -> str:
    whole = desk.count(300, 600)
    part = desk.count(700, 900) if desk.wrong else desk.count(40, 280)
    desk.plant("subset", part, whole)
    return f"全区摸排规上企业{desk.say(whole)}家，其中外资企业{desk.say(part)}家。"


def above(desk: Desk) -> str:
    share = Decimal(desk.count(1040, 1900)) / 10 if desk.wrong else Decimal(desk.count(600, 990)) / 10
    if desk.wrong:
        desk.told.odd.append(f"{share}%")
        desk.told.clean = False
    return f"目前辖区限上商贸企业复工率已达{share}%，员工到岗情况良好。"


def slip(desk: Desk) -> str:
    first, second, third = desk.count(), desk.count(), desk.count(1001, 9000)
    if desk.wrong:
        desk.told.odd.append(f"{third}万户")
        desk.told.clean = False
    return f"联系个体工商户{third}{'万' if desk.wrong else ''}户，走访市场{first % 50 + 2}处，张贴告示{second}张。"


FAMILY = (
    sum_after, sum_before, sum_respectively, rate, share_of, growth, risen, fallen, points, product, mean, remainder, subset, above, slip,
)  # fmt: skip
