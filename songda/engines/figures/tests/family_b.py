"""Wordings of the second family, held out: nobody looks at single sentences of it when the reader is tuned."""

from __future__ import annotations

from decimal import Decimal

from songda.engines.figures.tests.generator import DONE, THINGS, Desk, base

NOISE = (
    "真正做到有求必应、无事不扰，当好金牌“店小二”。",
    "依据《关于支持中小企业的二十条措施》和豫财〔2022〕103号文，资金直达快享。",
    "昨日，三号院、六一路沿线两百余家门店陆续开门，市场人气渐旺。",
    "工作组八仙过海、各显神通，用心打通最后一公里。",
    "请于4月15日17时前将台账发至联系人，手机13800000000。",
    "双方签订了为期三年的合作协议，拟建设二期工程。",
    "截至目前，4支党员突击队、近百名志愿者坚守一线。",
    "万众一心加油干，越是艰险越向前。",
    "现场调配防护服50余套、测温仪17台，发布短视频20多条。",
    "分包领导每周到联系企业不少于1次，形成问题清单、责任清单“两张清单”。",
    "A股上市公司、5G基站和1号楼改造等事项由专人盯办。",
)


def listed(desk: Desk) -> str:
    noun, unit, kinds = desk.draw.choice(THINGS)
    values = [desk.count() for _ in kinds]
    total = desk.printed(sum(values))
    desk.plant("sum", base(total, unit), *(base(one, unit) for one in values))
    parts = "，".join(f"{kind}{desk.say(one)}{unit}" for kind, one in zip(kinds, values, strict=True))
    return f"从类型看，{parts}，{len(kinds)}项{noun}加起来共{desk.say(total)}{unit}。"


def opened(desk: Desk) -> str:
    noun, unit, kinds = desk.draw.choice(THINGS)
    values = [desk.count() for _ in kinds]
    total = desk.printed(sum(values))
    desk.plant("sum", base(total, unit), *(base(one, unit) for one in values))
    parts = "；".join(f"{kind}{noun}{desk.say(one)}{unit}" for kind, one in zip(kinds, values, strict=True))
    return f"今年以来累计对接{noun}{desk.say(total)}{unit}，包括{parts}。"


def by_part(desk: Desk) -> str:
    noun, unit, kinds = desk.draw.choice(THINGS)
    values = [desk.count() for _ in kinds]
    total = desk.printed(sum(values))
    desk.plant("sum", base(total, unit), *(base(one, unit) for one in values))
    parts = "，".join(f"{kind}{noun}有{desk.say(one)}{unit}" for kind, one in zip(kinds, values, strict=True))
    return f"我县纳入监测的{noun}总数为{desk.say(total)}{unit}。其中，{parts}。"


def reached(desk: Desk) -> str:
    word = desk.pick(*DONE)
    bottom = desk.count(100, 900)
    top = desk.count(bottom // 2, bottom - 1)
    share = desk.share(top, bottom)
    desk.plant("ratio", share, top, bottom)
    return f"在册的{desk.say(bottom)}户企业中，有{desk.say(top)}户实现{word}，{word}比例约占{share}%。".replace("约", "")


def weighed(desk: Desk) -> str:
    bottom = desk.count(200, 900)
    top = desk.count(bottom // 4, bottom - 1)
    share = desk.share(top, bottom)
    desk.plant("ratio", share, top, bottom)
    return f"县里共有建筑工地{desk.say(bottom)}处，{desk.say(top)}处已进场施工，占全部工地的{share}%。"


def bracketed(desk: Desk) -> str:
    bottom = desk.count(200, 900)
    top = desk.count(bottom // 4, bottom - 1)
    share = desk.share(top, bottom)
    desk.plant("ratio", share, top, bottom)
    return f"问卷共收回{desk.say(bottom)}份，表示满意的{desk.say(top)}份（占{share}%）。"


def year(desk: Desk) -> str:
    before, now = desk.count(100, 500), desk.count(520, 900)
    grown = desk.share(now - before, before)
    desk.plant("growth", grown, base(now, "万元"), base(before, "万元"))
    return f"上年同期投放信贷{desk.say(before)}万元，今年达到{desk.say(now)}万元，增幅{grown}%。"


def fell(desk: Desk) -> str:
    before, now = desk.count(520, 900), desk.count(100, 500)
    drop = desk.share(before - now, before)
    desk.plant("growth", drop, now, before)
    return f"办理事项平均材料数由{desk.say(before)}件压缩至{desk.say(now)}件，下降{drop}%。"


def compared(desk: Desk) -> str:
    before, now = desk.count(100, 500), desk.count(520, 900)
    step = desk.printed(now - before)
    desk.plant("difference", now, before, step)
    return f"本周复市摊位{desk.say(now)}个，上周为{desk.say(before)}个，比上周多{desk.say(step)}个。"


def priced(desk: Desk) -> str:
    price, many = desk.count(2, 30) * 100, desk.count(11, 200)
    total = desk.printed(price * many)
    desk.plant("product", price, many, total)
    return f"对{desk.say(many)}家小微企业每家奖励{desk.say(price)}元，合计兑现{desk.say(total)}元。"


def head(desk: Desk) -> str:
    many, each = desk.count(11, 90), desk.count(20, 400)
    told = desk.printed(each)
    desk.plant("average", many, many * each * 10, told * 10)
    return f"春耕期间向{desk.say(many)}名种植户发放化肥{desk.say(many * each * 10)}公斤，人均{desk.say(told * 10)}公斤。"


def left(desk: Desk) -> str:
    whole, part = desk.count(300, 900), desk.count(100, 250)
    rest = desk.printed(whole - part)
    desk.plant("sum", whole, part, rest)
    return f"全年计划改造老旧厂房{desk.say(whole)}栋，完成{desk.say(part)}栋，还有{desk.say(rest)}栋未动工。"


def within(desk: Desk) -> str:
    whole = desk.count(300, 600)
    part = desk.count(700, 900) if desk.wrong else desk.count(40, 280)
    desk.plant("subset", part, whole)
    return f"专场招聘会达成意向{desk.say(whole)}人，其中高校毕业生{desk.say(part)}人。"


def full(desk: Desk) -> str:
    share = Decimal(desk.count(1040, 1900)) / 10 if desk.wrong else Decimal(desk.count(600, 990)) / 10
    if desk.wrong:
        desk.told.odd.append(f"{share}%")
        desk.told.clean = False
    return f"重点产业链企业用工返岗比例{share}%，惠企资金拨付进度居全市前列。"


def twice(desk: Desk) -> str:
    first = desk.count(1000, 9000)
    second = first + desk.count(11, 90) if desk.wrong else first
    if desk.wrong:
        desk.told.odd.append(f"{second}家")
        desk.told.clean = False
    return f"全市累计走访企业{first}家，建立了问题台账。\n综合各专班报送情况，全市累计走访企业{second}家，企业满意度明显提升。"


FAMILY = (
    listed, opened, by_part, reached, weighed, bracketed, year, fell, compared, priced, head, left, within, full, twice,
)  # fmt: skip
