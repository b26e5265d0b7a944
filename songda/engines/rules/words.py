"""Keywords 关键词 of the rule language: every accepted spelling by terminal, the printed spelling first.

Full-width forms need no entry: the scanner maps them to half width first, one character to one.
"""

from __future__ import annotations

SPELLINGS: dict[str, tuple[str, ...]] = {
    # comparisons
    "GE": ("≥", ">=", "不少于", "不低于", "不小于", "大于等于", "达到", "不早于"),
    "GE_WORD": ("至少",),
    "GT": (">", "大于", "高于", "超过", "多于", "晚于"),
    "LE": ("≤", "<=", "不超过", "不高于", "不多于", "小于等于", "不晚于"),
    "LT": ("<", "小于", "低于", "少于", "不足", "早于"),
    "NOT_FULL": ("不满", "未满"),
    "EQ": ("=", "等于"),
    "NE": ("≠", "!=", "不等于"),
    "UP_IN": ("及以上", "以上(含)", "(含)以上"),
    "UP_OUT": ("以上(不含)", "(不含)以上"),
    "DOWN_IN": ("及以下", "以下(含)", "(含)以下", "以内(含)", "(含)以内"),
    "DOWN_OUT": ("以下(不含)", "(不含)以下", "以内(不含)", "(不含)以内"),
    "IN": ("(含)",),
    "OUT": ("(不含)",),
    "BETWEEN": ("介于",),
    "TO": ("与", "至", "到", "和"),
    "BETWEEN_END": ("之间",),
    # membership
    "WITHIN": ("属于",),
    "NOT_WITHIN": ("不属于",),
    "IS": ("为",),
    "IS_NOT": ("不为",),
    "ON_LIST": ("在", "列入"),
    "OFF_LIST": ("不在", "未列入"),
    "AT": ("于",),
    # logic
    "AND": ("且", "并且", "同时", "以及"),
    "OR": ("或", "或者"),
    "NOT": ("非", "并非"),
    "ALL": ("同时满足",),
    "ANY": ("满足任一",),
    "YES": ("是",),
    "NO": ("否",),
    "KNOWN": ("已知",),
    "UNKNOWN": ("未知",),
    "LATEST": ("以最近值计",),
    # time
    "FULL": ("满",),
    "EVERY": ("每年", "各年", "均"),
    "SOME": ("任一年",),
    "INSIDE": ("内",),
    "HAVE": ("有",),
    "HAVE_NOT": ("无",),
    # numbers
    "PLUS": ("+",),
    "MINUS": ("−", "-"),
    "TIMES": ("×", "*"),
    "OVER": ("÷", "/"),
    "PICK": ("取小", "取大"),
    "SUM": ("合计",),
    "MEAN": ("平均",),
    "GROWTH": ("复合增长率", "同比增长率"),
    "TIERS": ("分档", "分段"),
    "BY_CODE": ("分类",),
    "WHOLE": ("取整",),
    "MODE": ("舍去", "进位", "四舍五入"),
    "OTHER": ("其余",),
    "CAP": ("上限", "封顶", "最高不超过", "最多不超过"),
    "FLOOR": ("下限", "保底"),
    "ROUND_TO": ("取整到",),
    "ROUND_UNIT": ("分", "元", "百元", "万元"),
    # marks
    "ARROW": ("→", "->"),
    "LPAR": ("(",),
    "RPAR": (")",),
    "LBRACE": ("{",),
    "RBRACE": ("}",),
    "COMMA": (",", "，"),
    "SEMI": ("；", ";"),
    "DUN": ("、",),
    "COLON": (":", "："),
    "STOP": ("。",),
    # known only to be refused with a better word; the grammar has no place for them
    "BARE_BOUND": ("以上", "以下", "以内"),
    "REFUSED_PICK": ("最低", "最高", "就低", "就高"),
}

TERMINAL_OF = {spelling: terminal for terminal, spellings in SPELLINGS.items() for spelling in spellings}
# Terminals whose words differ in meaning, so that the token keeps its own word.
OWN_WORD = frozenset({"PICK", "GROWTH", "TIERS", "MODE", "ROUND_UNIT"})

# What an "expected" list calls them: classes, not spellings.
CLASSES: dict[str, str] = {
    **dict.fromkeys(("GE", "GE_WORD", "GT", "LE", "LT", "NOT_FULL", "EQ", "NE"), "比较（≥ > ≤ < = ≠）"),
    **dict.fromkeys(("UP_IN", "UP_OUT", "DOWN_IN", "DOWN_OUT"), "以上(含) / 以下(不含) 等"),
    **dict.fromkeys(("IN", "OUT"), "(含) 或 (不含)"),
    **dict.fromkeys(("AND", "OR"), "且 / 或"),
    **dict.fromkeys(("NUM", "LIT", "PICK", "SUM", "MEAN", "GROWTH", "TIERS", "BY_CODE", "WHOLE"), "数值"),
    **dict.fromkeys(("PLUS", "MINUS", "TIMES", "OVER"), "运算（+ − × ÷）"),
    **dict.fromkeys(("WITHIN", "NOT_WITHIN", "IS", "IS_NOT"), "属于 / 不属于 / 为"),
    **dict.fromkeys(("ON_LIST", "OFF_LIST"), "在 / 不在 名单"),
    **dict.fromkeys(("KNOWN", "UNKNOWN"), "已知"),
    **dict.fromkeys(("ALL", "ANY", "KOFN"), "同时满足 / 满足任一 / 至少N项"),
    **dict.fromkeys(("EVERY", "SOME"), "每年 / 任一年"),
    **dict.fromkeys(("HAVE", "HAVE_NOT", "INSIDE"), "内 有 / 内 无"),
    **dict.fromkeys(("COMMA", "SEMI", "DUN"), "分隔号"),
    **dict.fromkeys(("CAP", "FLOOR", "ROUND_TO"), "上限 / 下限 / 取整到"),
    **dict.fromkeys(("YES", "NO"), "是 / 否"),
    "BOOL": "是否事实",
    "CODEF": "分类事实",
    "DATEF": "日期事实",
    "SERIES": "年度序列",
    "LISTF": "名单",
    "EVENT": "事件",
    "CODE": "代码或名称",
    "PERIOD": "期限（如 2年、6个月、30天）",
    "DAY": "日期（如 2020年3月17日）",
    "RECENT": "近N年",
    "LPAR": "(",
    "RPAR": ")",
    "LBRACE": "{",
    "RBRACE": "}",
    "NOT": "非",
    "FULL": "满",
    "$END": "结束",
}


def expected_classes(terminals: set[str]) -> tuple[str, ...]:
    """What could stand here, folded to classes, at most six, most telling first."""
    order = list(CLASSES.values())
    found = {CLASSES.get(one) or SPELLINGS.get(one, (one,))[0] for one in terminals if one not in ("LATEST", "STOP")}
    return tuple(sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name)))[:6]
