"""Full-width punctuation 全角标点 in Chinese prose: what was typed half-width between Han characters is set right, numbers are left alone."""

from __future__ import annotations

import re

_HAN = "一-龥，。；：！？、”’）》％%"
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_AFTER = re.compile(rf"(?<=[{_HAN}}}])[ ]*([,;:!?)])[ ]*")
_BEFORE = re.compile(r"[ ]*([(,;:])[ ]*(?=[一-龥{“‘（])")
_OPEN = re.compile(r"(?<=[一-龥])[ ]*\([ ]*")
_STOP = re.compile(rf"(?<=[{_HAN}}}])\.(?=\s|$|[一-龥{{])")
_QUOTED = re.compile(r'"([^"\n]*)"')
_BLANKS = re.compile(r"(?<=[一-龥，。；：！？、）”])[ \t]+(?=[一-龥（“])")
_BRACED = re.compile(r"(\{[^{}]*\})")


def tidied(text: str) -> str:
    """The text with full-width marks; what stands in braces is left as it is."""
    lines = (_line(line.strip(" \t\u3000")) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[1])
        return f"{{{len(held) - 1}}}"

    text = _BRACED.sub(hold, line)
    text = _QUOTED.sub(r"“\1”", text)
    for rule in (_AFTER, _BEFORE, _OPEN):
        text = rule.sub(lambda found: _MARKS[found[0].strip()], text)
    text = _BLANKS.sub("", _STOP.sub("。", text))
    return re.sub(r"\{(\d+)\}", lambda found: held[int(found[1])], text)
