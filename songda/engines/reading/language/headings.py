"""Headings 标题 that announce organisation and procedure instead of measures: 组织保障, 政策兑现, 附则, 申报程序 …"""

from __future__ import annotations

import re

from songda.engines.reading.language.numerals import shadow

_ADMIN_HEADING = re.compile(
    r"组织(?:保障|领导|实施|管理|与实施|机构)|保障措施|政策兑现|监督|附\s*则|总\s*则|总体要求|指导思想|基本原则|工作目标|主要目标|其他(?:规定|事项)?$|工作要求|工作机制|资金管理|绩效(?:评价|考核|管理)|督查|考核|申[报请](?:程序|流程|材料|资料|条件|时间|与审|和审|及审)|办理(?:流程|程序)|联系方式|注意事项|法律责任|职责|罚则|认定(?:条件|程序)|宣传"
)
_ANNEX = re.compile(r"附\s*则[:：]?")


def is_administrative(heading: str) -> bool:
    """Does what stands under this heading organise, rather than promise?"""
    return _ADMIN_HEADING.search(shadow(heading)) is not None


def is_annex(heading: str) -> bool:
    """Is this the heading of the closing rules 附则, whose items are numbered anew?"""
    return _ANNEX.fullmatch(heading) is not None
