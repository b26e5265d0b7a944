"""Sorts of benefit 支持方式: which words in a sentence promise an enterprise something, and what sort of thing."""

from __future__ import annotations

import re

# In order: the first that matches names the sort. Words as policies write them.
_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "rent",
        re.compile(
            r"(?:房租|租金|场租|房屋租赁)[^。；;]{0,14}(?:减|免|补贴|补助|支持)|(?:减|免)[^。；;]{0,10}(?:房租|租金)|贴租|租房补贴"
        ),
    ),
    ("interest_subsidy", re.compile(r"贴息")),
    ("guarantee", re.compile(r"担保")),
    (
        "social_insurance",
        re.compile(
            r"(?:社会保险|社保|养老保险|医疗保险|工伤保险|失业保险|公积金)[^。；;]{0,30}(?:缓|减|免|补贴|补助|延期|延长|降)|(?:缓缴|减征|免征|延期缴纳|补贴)[^。；;]{0,20}(?:社会保险|社保|保险费|公积金)"
        ),
    ),
    ("refund", re.compile(r"返还|退还|稳岗补贴|退税|留抵")),
    (
        "tax_defer",
        re.compile(
            r"(?:延期|延长|缓缴|展期)[^。；;]{0,14}(?:纳税|申报|税款)|(?:纳税|申报|税款)[^。；;]{0,14}(?:延期|延长|顺延|展期|缓)"
        ),
    ),
    ("tax", re.compile(r"(?:税)[^。；;]{0,20}(?:减|免|优惠|扣除|抵)|(?:减|免征|免)[^。；;]{0,16}税|加计扣除")),
    (
        "fee_waiver",
        re.compile(
            r"(?:停征|免征|免收|减收|减免|免除|缓收|降低|减半)[^。；;]{0,16}(?:费|押金|保证金)|(?:费|价)[^。；;]{0,12}(?:减免|免收|减半|下浮|降低)|免费"
        ),
    ),
    ("talent", re.compile(r"(?:人才|职工子女|企业家|高管)[^。；;]{0,30}(?:补贴|奖励|优先|推荐|支持|资助|入学)|购房补贴|安家")),
    ("reward", re.compile(r"奖励|奖补|奖金|嘉奖")),
    ("subsidy", re.compile(r"补助|补贴|资助|资金支持|给予[^。；;]{0,16}支持|配套|风险补偿|补偿|扶持资金|代金券|服务券|创新券")),
    ("insurance", re.compile(r"保险[^。；;]{0,16}(?:支持|理赔|赔付|保费)|保费")),
    ("procurement", re.compile(r"政府采购|兜底采购|收储|首购|订购|采购[^。；;]{0,10}(?:倾斜|预留)")),
    ("loan", re.compile(r"贷款|信贷|续贷|授信|融资|利率|展期|抽贷|征信|信用记录|贴现|杠杆")),
    ("fund", re.compile(r"(?:基金|专项资金|引导资金|资金池)[^。；;]{0,20}|设立[^。；;]{0,30}(?:基金|资金)")),
    (
        "service",
        re.compile(
            r"绿色通道|服务|简化|优先|便利|免申即享|不见面|协调|对接|培训|指导|保障|办理|延长|协助|援助|准予|允许|暂不|容缺"
        ),
    ),
    ("other", re.compile(r"扶持|支持|鼓励|优惠|享受|可以?申请|不得|实行|从轻|免罚|免予处罚|缓缴")),
)
_FUNDED = frozenset(
    {
        "rent",
        "interest_subsidy",
        "social_insurance",
        "refund",
        "tax",
        "tax_defer",
        "fee_waiver",
        "reward",
        "subsidy",
        "fund",
        "insurance",
        "guarantee",
        "loan",
    }
)
_PROMISE = re.compile(
    r"给予|予以|奖|补助|补贴|资助|贴息|减免|免收|免征|免除|减半|减征|减收|减按|返还|退还|退税|享受|优惠|缓缴|扣除|优先|延期|展期|返|补偿|全额|停征|降低|下浮|配套|提高"
)
_HOLDERS = re.compile(
    r"企业(?!职工基本|所得税|年金债)|个体|商户|业主|市场主体|经营主体|用人单位|参保单位|纳税人|缴费人|机构|项目|园区|基地|孵化|协会|农户|合作社|农场|经营者|单位|人员|人才|劳动者|创业者|毕业生|公司|门店|商贸|载体|平台|租户|法人|团体|团队|产业|种植|养殖|渔船|专利|商标|产品|品牌|展会|贷款|融资|信贷"
)


def benefit_of(said: str) -> str:
    """The sort of benefit a sentence speaks of, or an empty string."""
    return next((name for name, pattern in _SORTS if pattern.search(said)), "")


def kind_of(benefit: str, said: str) -> str:
    """`fund` 资金奖补 where money or its price moves, else `service` 优化服务."""
    return (
        "fund"
        if benefit in _FUNDED and (benefit not in ("loan", "guarantee", "insurance") or _PROMISE.search(said))
        else "service"
    )


def promises(said: str) -> bool:
    """Does the sentence promise something (给予, 减免, 优先 …), and not only state a duty?"""
    return _PROMISE.search(said) is not None


def has_holder(said: str) -> bool:
    """Does the sentence name anyone who could hold the benefit?"""
    return _HOLDERS.search(said) is not None
