"""Invented names 编造的名称: syllables that make brands, and the words of a trade. No real firm, no person."""

from __future__ import annotations

import random
from collections.abc import Iterator

SYLLABLES = "澜禾拓沐岚翊霖曜恺砚璟骁朔珩汀越祺弘皓晟洛瀚谦泽屹衡钧熙沅楷彦凌弈歆璇珂逸沛涵昀辰翰栩萱槿蔚岑峤荃汐澄泓"
TRADES: dict[str, tuple[str, ...]] = {
    "13": ("粮油食品", "农产品加工"), "14": ("食品", "烘焙食品"), "17": ("纺织", "无纺材料"), "18": ("服饰", "制衣"),
    "22": ("纸业", "包装制品"), "23": ("印务", "彩印包装"), "26": ("新材料", "化工材料"), "27": ("医药", "生物制药"),
    "29": ("塑业", "橡塑制品"), "30": ("耐火材料", "建材"), "32": ("铝业", "有色金属材料"), "33": ("金属制品", "模具"),
    "34": ("机械制造", "通用设备"), "35": ("装备制造", "医疗器械"), "36": ("汽车零部件", "车辆装备"), "38": ("电气", "电力设备"),
    "39": ("电子科技", "通信设备"), "40": ("仪器仪表", "传感技术"), "47": ("建筑工程", "建设工程"), "48": ("市政工程", "路桥工程"),
    "49": ("机电安装", "消防工程"), "50": ("装饰工程", "幕墙工程"), "51": ("商贸", "供应链管理"), "52": ("百货", "电子商务"),
    "54": ("物流", "运输"), "59": ("仓储服务", "冷链仓储"), "60": ("快递服务", "速递"), "61": ("酒店管理", "宾馆"),
    "62": ("餐饮管理", "餐饮服务"), "64": ("网络科技", "互联网信息服务"), "65": ("软件", "信息技术"), "70": ("物业服务", "房产经纪"),
    "71": ("设备租赁", "汽车租赁"), "72": ("企业管理咨询", "人力资源服务"), "73": ("科技研发", "生物技术研究"),
    "74": ("检测技术", "工程设计"), "75": ("科技服务", "技术推广"), "77": ("环保科技", "环境治理"), "80": ("家政服务", "美容美发"),
    "81": ("汽车维修", "电器维修"), "82": ("保洁服务", "生活服务"), "83": ("教育咨询", "培训"), "87": ("影视文化", "广告传媒"),
    "88": ("文化传播", "文化创意"), "89": ("体育健身", "体育文化"), "90": ("文化娱乐", "休闲娱乐"),
}  # fmt: skip
FORMS = ("有限公司",) * 88 + ("有限责任公司",) * 6 + ("股份有限公司",) * 4 + ("（有限合伙）",) * 2
FORM_CODES = {"有限公司": "limited", "有限责任公司": "limited", "股份有限公司": "joint-stock", "（有限合伙）": "partnership"}
PROJECTS = (
    "厂房",
    "产业园",
    "安置区",
    "道路工程",
    "商务中心",
    "学校",
    "综合楼",
    "住宅小区",
    "污水处理厂",
    "研发中心",
    "仓储中心",
    "医院扩建工程",
)
MARKETS = ("农贸市场", "建材市场", "粮油市场", "五金机电市场", "家居市场", "小商品市场")


def brands(rng: random.Random) -> Iterator[str]:
    """Brands of three syllables, none twice: 140,608 there are, in an order that the seed decides."""
    size = len(SYLLABLES)
    step, start = 70_657, rng.randrange(size**3)  # a step that shares no factor with size³ visits every brand once
    for turn in range(size**3):
        at = (start + turn * step) % size**3
        yield SYLLABLES[at % size] + SYLLABLES[at // size % size] + SYLLABLES[at // size**2]


def firm_name(brand: str, division: str, rng: random.Random) -> tuple[str, str]:
    """A firm's invented name and the code of its legal form."""
    form = rng.choice(FORMS)
    return f"{'郑州' if rng.random() < 0.72 else '河南'}{brand}{rng.choice(TRADES[division])}{form}", FORM_CODES[form]


def site_name(brand: str, kind: str, rng: random.Random) -> str:
    """The invented name of a project or a market."""
    return f"{brand}{rng.choice(MARKETS)}" if kind == "market" else f"{brand}{rng.choice(PROJECTS)}项目"
