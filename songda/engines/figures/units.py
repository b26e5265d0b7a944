"""Units 计量单位: a table of measure words, each with what may not follow it, and the classes that may be added and compared."""

from __future__ import annotations

from decimal import Decimal

# Longer words first where one begins another. After a bar: characters that make another word of it (名 in 名单, 支 in 支持).
_TABLE = """
个百分点 百分点 个工作日 工作日 个自然日 个小时 小时 分钟 个多月 个类别 个大类 个门类 个月 个季度 个学时 个课时 学时 课时 平方公里 平方千米 平方米 平米 ㎡ m² m2
立方米 m³ m3 万千瓦时 千瓦时 kWh 千瓦 兆瓦 MW kW 公里 千米 厘米 毫米 公顷 公斤 千克 毫升 标准箱 TEU 美元 美金 欧元 港元 港币 日元 英镑 元人民币
人次 车次 班次 架次 户次 家次 件次 场次 批次 辆次 台次 例次 人天 台套 台(套) 件套 % ‰ ℃
元|旦素件宵器 人|数员均才大社民力工物选 家|庭属具长教 户|籍外口型 名|单录优牌称额 位|于居列置数 个|别体人性 件|套 项|链 条|件例款 次|产序要生
辆 台|账阶湾风州词 套|餐用 吨 只|有能要是需 支|持付撑出援部行柱点线 把|关握企好脉 份|额子 张|贴 本|地市区级年月报周次身着质期人科土息 册 封|闭控城锁存堵面
瓶 盒 箱 包|括含保干装联容 袋 桶 副|主市省区县局书校会总厅处秘院产业食 双|方向重胜赢创线休节倍减拥 顶|住级层尖 床|位 片|区面 件 亩|均 斤 克|难服隆 升|级高至到幅温值旗学任
方|案面式便法向针略圆 米|面粉其字 场|所地馆景 座|谈 处|理置罚于级分长室境 间|接隔断歇 栋 幢 层|面级次 艘 架|构设空 列|入为出车举席表 趟 班|子组次级长车主 笔|试记者 单|位项个独一日月人元体纯
宗|旨 起|到步来草点源诉用重降 例|会如行外 期|间限末货望刊盼 批|准复发评示改量次 门|类店槛户 款|项式待 部|门分署队级委长落位属 篇|章 幅|度 页 株 头|部雁等版条 羽 棵 根|据本治源 块|状
所|有在谓属需作以需得长 剂次 剂|量型 人份 针|对织剌 面|积向临貌对试粉谈子上前食板 组|织长建成合装 节|约能日点省水假目育电 堂|课屋主 则|可 股|份东权市 杯 餐|饮馆厅 具|备有体 集|中团 尾 眼|下前
枚 艇 道|路德口 桌|面 席|位 票|据房务 岗|位 级|别差联 类|似别型比 种|植养子业苗 倍|增 岁 天|然津气下河空 周|边年期末围密到例转岁报全一二三四五六日 度|假过 年|度级代初末底轻会检报审龄货夜中内终 季|度节
"""
DURATIONS = frozenset(
    ("个工作日", "工作日", "个自然日", "个小时", "小时", "分钟", "个月", "个多月", "个季度", "天", "周", "年", "季")
)
KINDS_OF = {"个类别": "类", "个大类": "类", "个门类": "类", "个多月": "个月"}  # written so, but counted as
RATES = frozenset(("%", "‰", "百分点", "个百分点"))
MONEY = frozenset(("元", "元人民币", "美元", "美金", "欧元", "港元", "港币", "日元", "英镑"))
SCALES = {
    word: Decimal(value)
    for word, value in {
        "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5,
        "万": 10**4, "千": 1000, "百": 100,
    }.items()
}  # fmt: skip
# Measure words of one class count the same things in different styles; figures of one class may be added and compared.
_CLASSES = (
    ("人", "名", "位"),
    ("家", "户"),
    ("个", "项", "条", "件", "单", "宗", "起", "例", "处", "座"),
    ("元", "元人民币"),
    ("平方米", "平米", "㎡", "m²", "m2"),
    ("立方米", "方", "m³", "m3"),
    ("公里", "千米"),
    ("公斤", "千克"),
    ("千瓦时", "度", "kWh"),
    ("百分点", "个百分点"),
    ("个工作日", "工作日", "天"),
    ("小时", "个小时"),
    ("辆", "台"),
)
_CLASS_OF = {unit: group[0] for group in _CLASSES for unit in group}


def class_of(unit: str) -> str:
    """The class in which figures of `unit` may be added: 名 and 人 are one, 家 and 人 are not."""
    return _CLASS_OF.get(unit, unit)


def pattern() -> str:
    """One alternation of all units, longest first, each with a look ahead at what makes it another word."""
    words: dict[str, str] = {}
    for entry in _TABLE.split():
        word, _, never = entry.partition("|")
        words.setdefault(word, never)
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(_escaped(word) + (f"(?![{words[word]}])" if words[word] else "") for word in ordered)


def _escaped(word: str) -> str:
    return word.replace("(", r"\(").replace(")", r"\)")
