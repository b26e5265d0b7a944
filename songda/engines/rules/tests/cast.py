"""A fixed catalogue for the tests: the facts that the texts of the design speak about."""

from __future__ import annotations

from songda.engines.rules.catalogue import Catalogue, CodeList, FactKind, Kind

AREAS = CodeList(
    "area",
    {"410000": "河南省", "410100": "郑州市", "410105": "金水区", "ZZGX": "郑州高新区", "420000": "湖北省"},
    {"410100": "410000", "410105": "410100", "ZZGX": "410100"},
)
SIZES = CodeList("size", {"1": "大型", "2": "中型", "3": "小型", "4": "微型"})
INDUSTRIES = CodeList(
    "industry",
    {
        "C": "制造业",
        "C27": "医药制造业",
        "C271": "化学药品原料药制造",
        "C37": "铁路、船舶、航空航天和其他运输设备制造业",
        "C39": "计算机、通信和其他电子设备制造业",
        "C279": "其他",
        "C379": "其他",
        "I": "信息传输、软件和信息技术服务业",
        "K70": "房地产业",
    },
    {"C27": "C", "C37": "C", "C39": "C", "C271": "C27", "C279": "C27", "C379": "C37"},
)
FORMS = CodeList("form", {"1": "国有企业", "2": "民营企业", "3": "个体工商户"})
PRIZES = CodeList("prize", {"1": "国家级", "2": "省级", "3": "市级"})


def _facts() -> list[FactKind]:
    flag, num, date, code = Kind.BOOL, Kind.NUM, Kind.DATE, Kind.CODE
    return [
        FactKind("area", "注册地", code, code_list="area", fixed=True),
        FactKind("size", "企业规模", code, code_list="size", freshness_days=400),
        FactKind("industry", "所属行业", code, code_list="industry", aliases=("行业",)),
        FactKind("form", "组织形式", code, code_list="form"),
        FactKind("prize", "大赛奖次", code, code_list="prize"),
        FactKind("started", "经营起始日期", date, aliases=("经营时间",), fixed=True),
        FactKind("founded", "成立日期", date, fixed=True),
        FactKind("key", "重点保障企业", flag, freshness_days=365),
        FactKind("insured", "参保企业", flag),
        FactKind("private", "非公企业", flag),
        FactKind("public", "公企业", flag),
        FactKind("hightech", "高新技术企业", flag),
        FactKind("affected", "受疫情影响", flag, judgement=True),
        FactKind("debtfree", "有负债", flag),
        FactKind("contingent", "或有负债", num, "元"),
        FactKind("staff", "用工人数", num, "人", freshness_days=90, aliases=("职工人数",)),
        FactKind("onduty", "在职人数", num, "人"),
        FactKind("scientists", "科技人员数", num, "人"),
        FactKind("insured_staff", "参保职工人数", num, "人"),
        FactKind("hired", "招用人数", num, "人"),
        FactKind("satisfaction", "满意度", num, "%"),
        FactKind("revenue", "营业收入", num, "万元"),
        FactKind("rnd", "研发费用", num, "万元"),
        FactKind("rnd_home", "境内研发费用", num, "万元"),
        FactKind("product_income", "高新产品收入", num, "万元"),
        FactKind("profit", "利润总额", num, "万元"),
        FactKind("donation", "捐赠支出", num, "元"),
        FactKind("equipment", "设备投资额", num, "元"),
        FactKind("invested", "固定资产投资", num, "万元"),
        FactKind("output_growth", "产值增加额", num, "万元"),
        FactKind("tax_per_mu", "亩均税收", num, "万元/亩"),
        FactKind("invest_per_mu", "亩均投资", num, "万元/亩"),
        FactKind("land", "用地面积", num, "亩"),
        FactKind("premium", "失业保险费", num, "元"),
        FactKind("benefit", "月人均失业保险金", num, "元/人"),
        FactKind("refund", "返还金额", num, "元"),
        FactKind("city_grant", "市级补贴决定金额", num, "元"),
        FactKind("tests", "核酸检测人次", num, "人次"),
        FactKind("patents", "专利数", num, "项"),
        FactKind("machines", "设备台数", num, "台"),
        FactKind("layoffs", "裁员率", num, "%"),
        FactKind("income", "年营业收入", Kind.SERIES, "万元"),
        FactKind("taxes", "纳税额", Kind.SERIES, "元"),
        FactKind("discredited", "失信名单", Kind.LIST),
        FactKind("whitelist", "白名单", Kind.LIST, freshness_days=30),
        FactKind("accident", "安全事故", Kind.EVENT),
        FactKind("penalty", "环保处罚", Kind.EVENT, freshness_days=180),
    ]


CATALOGUE = Catalogue.of(_facts(), [AREAS, SIZES, INDUSTRIES, FORMS, PRIZES])
