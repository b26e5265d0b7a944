"""Channels 办理渠道: where and how a benefit is had: a platform, a window, a line, a unit to apply to, or without applying."""

from __future__ import annotations

import re

from songda.engines.reading.document import Quote
from songda.engines.reading.language.numerals import shadow

_PLACE = r"(?:平台|网站|官网|网上[办税务]+[厅事]|门户网|APP|App|app|小程序|热线|专席|公众号|窗口|系统|专栏|专区|电子税务局|大厅|服务中心|邮箱|单一窗口)"
_QUOTED = r"“[^”]{2,20}”"
_NAME = rf"(?:{_QUOTED}(?:[、和或及]{_QUOTED})*[^，。；;、“”]{{0,16}}?{_PLACE}?|[^，。；;、“”]{{2,30}}?{_PLACE}(?:\([^()]*\))?)"
_DOES = r"(?:申请|提出|申报|办理|报送|提交|备案|申领|咨询|登记|投诉|反映)"
_OFFICE = r"(?:局|委|厅|部门|机关|机构|银行|中心|会|海关|窗口|平台|所|政府|公司|法院|社|街道|乡镇|[镇区]|办|处|站|方)(?:\([^()]{1,20}\))?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<name>免申即享|免申报|免除申报手续(?:直接)?(?:返还|享受)?|直接享受|自动享受)",
        r"(?P<name>https?://[\w./?=&%#-]+|www\.[\w./?=&%#-]+)",
        rf"(?:通过|登录|登陆|依托|关注|访问|拨打|打开|进入|使用|凭)(?P<name>{_NAME})",
        r"(?:发挥|拨打|开通|设立)?(?P<name>[^，。；;、“”]{0,20}(?:热线|专线|专席|专窗)(?:\([^()]{4,40}\))?)(?=功能|作用|服务|，|。|；|,|;)",
        r"(?P<name>由[^，。；;]{2,20}?(?:统一|负责)?(?:组织申报|受理申[报请]|代为申[报请]))",
        rf"(?<!倾)(?:向|到|至)(?P<name>[^，。；;、\d]{{1,22}}?{_OFFICE})(?:书面)?(?:直接)?{_DOES}",
        r"(?P<name>(?:联系|咨询|服务|受理|申报)(?:电话|热线|专线|方式|邮箱)\s*:\s*[^，。；;\n]{5,40})",
        r"(?P<name>(?:网上|线上|在线|现场|窗口)(?:申报|申请|办理|受理|申领))",
    )
)
_NOT_ONE = re.compile(
    r"^(?:其|上述|以上|该|有关|相关|国家各?部委?|企业|社会|市场|金融机构|银行|贷款人?)$|经营|发展|支持|政策|系统重要|方式$|融资渠道"
)


def channel(text: str, start: int, end: int) -> Quote | None:
    """The channel a stretch of text names: the most telling sort first, the first of its sort."""
    plain = shadow(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain, start, end):
            if not _NOT_ONE.search(match["name"].strip()):
                return Quote.of(text, *match.span("name"))
    return None
