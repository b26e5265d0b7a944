"""Sorts of benefit 支持方式: which words in a sentence promise an enterprise something, and what sort of thing."""

from __future__ import annotations

import re

_INSURANCES = r"(?:社会保险|社保|养老保险|医疗保险|工伤保险|失业保险|医保|公积金)(?!缴费工资|保障)"
# In order: the first that matches names the sort. Words as policies write them.
_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sort, re.compile(pattern))
    for sort, pattern in (
        ("interest_subsidy", r"贴息"),
        (
            "talent",
            r"入学|学位|子女就读|购房补贴|安家|(?:人才|企业家|高管|高级管理人员)[^。；;]{0,30}(?:补贴|奖励|优先|推荐|支持|资助)",
        ),
        (
            "rent",
            r"(?:房租|租金|场租|房屋租赁|租赁费)(?!利息|罚息)[^。；;]{0,14}(?:减|免|补贴|补助|支持|优惠)|(?:减|免)[^。；;]{0,10}(?:房租|租金(?!利息|罚息|月))|贴租|租房补贴|租赁补[助贴]",
        ),
        (
            "tax_defer",
            r"(?:延期|延长|缓缴|展期|顺延)[^。；;]{0,14}(?:纳税|申报|税款|缴税|税费)|(?:纳税|申报|税款|税费)[^。；;]{0,14}(?:延期|延长|顺延|展期|缓)|税款滞纳金|定期定额|定额[”户]",
        ),
        (
            "social_insurance",
            rf"{_INSURANCES}[^。；;]{{0,30}}(?:缓|减征|减半|减按|免|延期|延长|降)|{_INSURANCES}费?[^。；;，、]{{0,12}}补[贴助]|(?:缓缴|减征|免征|延期|延迟|降低|补贴)[^。；;]{{0,20}}(?:{_INSURANCES}|保险费)",
        ),
        ("refund", r"返还|退还|稳岗(?:补贴|返还)"),
        ("guarantee", r"(?<!创业)担保(?!贷款|放行)"),
        ("tax", r"税[^。；;]{0,20}(?:减|免|优惠|扣除|抵)|(?:减|免征|免)[^。；;]{0,16}税|加计扣除|退税|留抵|先征后[补返]"),
        (
            "fee_waiver",
            r"(?:停征|免征|免收|减收|减免|免除|缓收|降低|减半|暂停征收)[^。；;]{0,16}(?:费|押金|保证金)(?!率|用成本)|(?:费|价)[^。；;]{0,12}(?:减免|免收|减半|下浮|降低)|免费(?!为|办理|培训|提供|开放|发放|咨询|技术|职业)|零收费",
        ),
        (
            "insurance",
            r"(?:信用|农业|政策性|责任)?保险[^。；;]{0,16}(?:支持|理赔|赔付|保费|试点|全额)|保费|理赔|赔款|核赔|应赔尽赔|应保尽保|保险[^。；;]{0,12}核定",
        ),
        ("fund", r"(?:设立|安排|统筹|下达|兑现|列支)[^。；;，]{0,24}(?:基金|资金池|资金)(?!补助|补贴|奖励|支持企业|给予)"),
        ("reward", r"奖励|奖补|奖金|嘉奖|激励资金|奖\d"),
        (
            "subsidy",
            r"补助|补贴|资助|(?:资金|财政|经费|全额)[^。；;，]{0,6}支持|(?:%|元)[^。；;，]{0,6}(?:给予|予以)[^。；;，]{0,6}支持|配套(?:资金|补助|经费)|补偿|扶持资金|代金券|服务券|创新券|消费券|经费[^。；;，]{0,12}安排|安排[^。；;，]{0,12}经费",
        ),
        (
            "procurement",
            r"兜底采购|(?:予以|临时|实行|扩大)收储|首购|订购|(?:加大|扩大)政府采购|采购[^。；;]{0,16}(?:倾斜|预留|份额|金额|比例)",
        ),
        (
            "loan",
            r"贷款|信贷|续贷|授信|融资|利率|展期|抽贷|征信|信用记录|信用评级|信用降级|增信|贴现|杠杆|还款|罚息|租金利息|低成本资金",
        ),
        ("fund", r"(?:基金|专项资金|引导资金|资金池)"),
        (
            "service",
            r"绿色通道|服务(?!业)|简化|优先(?:办理|审批|便捷|通行|保障通行|组织)|便利|免申即享|不见面|协调|对接|培训|(?<!主动)指导|保障[^。；;，]{0,16}(?:通行|供应|运输|用工|物资)|办理|协助|帮助|援助|暂不|容缺|惠企|诉求|通关|放行|包保|帮扶|审批|审核|调运",
        ),
        (
            "other",
            r"扶持|支持|鼓励|优先|保障|准予|允许|延长|提醒|优惠|享受|可以?申请|不得|实行|从轻|免罚|免予处罚|缓缴|支付[^。；;，]{0,6}(?:账款|款项)|账款|农业生产用电",
        ),
    )
)
_CITED = re.compile(r"《[^《》]*》")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]|《[^《》]*》|除享受[^，。；]*外")
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
    r"给予(?!处分|处罚|警告|通报|批评|行政|相应处)|予以(?!公[示布告]|处罚|处分|警告|通报|取消|撤销|追)|奖励|奖补|奖金|嘉奖|激励资金|补助|补贴|资助|贴息|减免(?!企业对象|范围|时限|情况)|免收|免征|免除|免予|减半|减征|减收|减按|返还|退还|退税"
    r"|享受|优惠|缓缴|扣除|优先|延期|展期|顺延|补偿|全额|停征|不予计征|下浮|应[保赔]尽[保赔]|预付赔款|续保|续贷|先登记|即到即提|一事一议"
    r"|(?:降低|压降|取消)[^，。；;]{0,14}(?:费|利率|价格|租金|税|门槛|要求|限制|审批)|配套(?:资金|补助|奖励|经费)|(?:加快|提前|及时|足额)支付|不(?:抽贷|断贷|压贷)|不得(?:盲目)?(?:抽贷|断贷|压贷)"
    r"|(?:经费|资金)[^，。；;]{0,12}安排|(?:设立|安排)[^，。；;]{0,30}(?:资金|基金)|提高[^，。；;]{0,6}补助|信用降级"
)
_SERVES = re.compile(
    r"提供[^，。；;]{0,24}(?:服务|援助|保障|便利|支持|资金)|绿色通道|简化|开通|开辟|专席|热线|不见面|零延时|放行|准予|允许|可以?(?:适用|延缓|延长|申请|通过)"
    r"|协助|帮助|援助|包保|容缺|代办|免申|便利|直通车|“一对一”|专窗|办理"
)
_MOVES = re.compile(
    r"贴息|利率|费率|下浮|降低|减免|减半|免收|补贴|补助|奖|补偿|全额|优惠|支持|赔|保费|\d\s*(?:%|万|元|亿|个?基点|个?百分点)"
)
_MONEY = re.compile(r"补贴|补助|资助|奖金|奖励[^，。；;]{0,6}\d|\d[\d.]*\s*万?元|安家|贡献")
_HOLDERS = re.compile(
    r"企业(?!职工基本|所得税|年金债)|个体|商户|业主|市场主体|经营主体|用人单位|参保单位|纳税人|缴费人|机构|项目|园区|基地|孵化|协会|农户|合作社|农场|经营者|单位|人员|人才|劳动者|创业者|毕业生|公司|门店|商贸|载体|平台|租户|法人|团体|团队|产业|种植|养殖|渔船|专利|商标|产品|品牌|展会|贷款|融资|信贷"
)


def benefit_of(said: str) -> str:
    """The sort of benefit a sentence speaks of, or an empty string."""
    said = without_asides(said)
    return next((name for name, pattern in _SORTS if pattern.search(said)), "")


def kind_of(benefit: str, said: str) -> str:
    """`fund` 资金奖补 where money or its price moves, else `service` 优化服务."""
    if benefit == "talent":
        return "fund" if _MONEY.search(said) else "service"
    moves = benefit not in ("loan", "guarantee", "insurance") or _MOVES.search(said) is not None
    return "fund" if benefit in _FUNDED and moves else "service"


def promises(said: str) -> bool:
    """Does the sentence promise something (给予, 减免, 优先 …), and not only state a duty?"""
    return _PROMISE.search(without_titles(said)) is not None


def without_asides(said: str) -> str:
    """The words without brackets, titles of documents and what is given by others (除享受…外)."""
    return _ASIDE.sub("", said)


def without_titles(said: str) -> str:
    """The words without the titles of documents in them (《…补贴办法》 promises nothing)."""
    return _CITED.sub("《》", said) if "《" in said else said


def serves(said: str) -> bool:
    """Does the sentence promise a service one can name (绿色通道, 提供…服务, 简化…), and not only an aim?"""
    return _SERVES.search(said) is not None


def has_holder(said: str) -> bool:
    """Does the sentence name anyone who could hold the benefit?"""
    return _HOLDERS.search(said) is not None
