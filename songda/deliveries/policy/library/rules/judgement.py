"""Words of judgement 判断词: a phrase with one of them cannot be decided from facts alone; a person has to say how."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"较[大好强高]|重大|重要|优秀|良好|先进|领先|突出|明显|显著|一定(?!期)|困难|特殊|优质|合理|符合(?:相关|有关|条件|要求)"
    r"|(?:信誉|效益|前景|潜力|质量|示范).{0,4}[好强高佳]|影响力|带动作用|经.{0,8}(?:认定|审核|评审|批准|同意)|视情|酌情|适当|原则上"
)


def needs_judgement(phrase: str) -> bool:
    """Whether the phrase weighs rather than measures (影响较大的企业, 经认定的项目)."""
    return _WORDS.search(phrase) is not None
