"""Fields in a document's head 文件头栏目 (成文日期, 发文机构 …), and signatures 落款."""

from __future__ import annotations

import re
from collections.abc import Iterator

from songda.engines.reading.document import Document, Quote

_DAY = r"(?:(?:19|20)\d{2}|[二〇○零一三四五六七八九]{4})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
SIGNED = re.compile(rf"(?P<who>[^。,，;:\d]{{0,60}}?)\s*\(?\s*(?P<day>{_DAY})\s*(?:印发|发布)?\)?\s*$")
FIELD = re.compile(
    r"\[?(?P<name>成文日期|发文日期|印发日期|生成日期|发布日期|发[文布]机[构关]|发文字号|文号)\]?\s*:?\s*(?P<value>[^;。\s][^;。]*)?"
)
SITE = re.compile(r"\s*(?:发布时间|发布日期|来源|文章来源|浏览|点击|<!--|信息来源|作者)")
# 2011年6月10日 某省第一届人民代表大会常务委员会第二次会议通过
PASSED = re.compile(
    rf"\s*\(?(?P<day>{_DAY})\s*(?:中华人民共和国)?(?P<who>[^。,，;:\d]{{0,30}}?(?:人民代表大会(?:常务委员会)?|国务院|人民政府|部|委员会))"
    r"[^。]{0,40}(?:通过|公布|发布|批准|修订|修正|施行)\s*\)?"
)
_ISSUE = ("发", "成文", "印发", "生成", "制定", "颁布", "文")


def issue_fields(document: Document, *endings: str) -> Iterator[Quote]:
    """The values of a card's fields about its issue whose labels end so (机构, 日期, 字号)."""
    for one in document.fields:
        if one.label.startswith(_ISSUE) and one.label.endswith(endings):
            yield one.quote
