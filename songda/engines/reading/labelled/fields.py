"""Fields 栏目: where labels stand in a text, and the words that belong to each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songda.engines.reading.document import Field, Quote
from songda.engines.reading.language.field_words import LABEL, kind_of_label
from songda.engines.reading.language.lines import Line

# 服务对象： … / 【申报条件】… / 服务对象 … / a line of its own
_HEAD = re.compile(rf"(?P<open>[【\[「〔]\s*)?(?P<label>{LABEL})(?(open)\s*[】\]」〕]\s*:?\s*|(?:\s*:\s*|\s+|$))")
# 服务对象全市企业: the blank is lost; only labels that no sentence begins with, and not where a sentence goes on.
_GLUED = re.compile(
    r"(?P<label>[\u4e00-\u9fa5]{2}对象|条件要求|申[报请]条件|[服办申受][务理报请]流程|联[络系]方式|咨询[电方][话式]|依据文件|发文机构|发文字号|发布日期|时间/频度)"
    r"(?=[^\s的和及与、，。；;,应须需是为之由将可不)）”》包具按如:])"
)
_INSIDE = re.compile(rf"(?:^|(?<=[\s。;]))(?P<label>{LABEL})\s*:\s*")
_ONE_LINE = frozenset({"contact", "time", "identity"})
# A next line with a telephone goes on with a contact: 市财政局：12345678.
_GOES_ON = re.compile(
    r"(?!邮\s*编|传\s*真|邮\s*箱|地\s*址|附\s*件)[^:。]{0,40}:?\s*\(?[\d\-、，,;() 转*]*\d{5}|[\d\-、，,;() 转]{1,24}$"
)
_DEBRIS = re.compile(
    r"分享|扫一扫|扫码|上一[篇个]|下一[篇个]|版权|打印|关闭|【?返回|责任编辑|主办单位|相关(?:阅读|链接|文件)|网站地图|\|"
)
_BULLETS = re.compile(r"\n[\s#*■◆●★▲•□►➤※◇]+\Z")
_LONGEST_BESIDE = 40


@dataclass(frozen=True, slots=True)
class Head:
    """A label in the text: its words, its kind, its span and where its value begins."""

    label: str
    kind: str
    start: int
    value: int


def head_at(plain: str, start: int, end: int) -> Head | None:
    """The label at `start` of the shadow, parted from its value by a colon, a blank, brackets or the end of the line."""
    match = _HEAD.match(plain, start, end)
    return Head(match["label"], kind_of_label(match["label"]), start, match.end()) if match else None


def glued_at(plain: str, start: int, end: int) -> Head | None:
    """The label at `start` that its value follows without a mark."""
    match = _GLUED.match(plain, start, end)
    return Head(match["label"], kind_of_label(match["label"]), start, match.end()) if match else None


def heads_in(plain: str, line: Line) -> Iterator[Head]:
    """The labels of a line that has no number: at its head, and beside a short value (工具分类 资金支持 服务对象 全市范围)."""
    head = head_at(plain, line.start, line.end)
    while head:
        yield head
        beside = re.compile(r"\s+").search(plain, head.value, min(line.end, head.value + _LONGEST_BESIDE))
        after = beside.end() if beside else line.end
        head = head_at(plain, after, line.end) or glued_at(plain, after, line.end) if after < line.end else None


def heads_inside(plain: str) -> Iterator[Head]:
    """Labels with a colon after a blank or a stop, anywhere: for pages that lost their line breaks."""
    for match in _INSIDE.finditer(plain):
        yield Head(match["label"], kind_of_label(match["label"]), match.start("label"), match.end())


def field(text: str, plain: str, head: Head, end: int) -> Field:
    """The field whose value runs to `end`; a telephone, a time or a number of a document keeps to its line unless it goes on."""
    first = plain.find("\n", head.value, end)
    if first >= 0 and head.kind in _ONE_LINE and text[head.value : first].strip():
        end = _last_line(plain, first, end, contact=head.kind == "contact")
    debris = next((at for at in _line_starts(plain, head.value, end) if _DEBRIS.match(plain, at)), end)
    bullets = _BULLETS.search(text, head.value, debris)
    return Field(head.label, Quote.of(text, head.value, bullets.start() if bullets else debris))


def _last_line(plain: str, end: int, high: int, *, contact: bool) -> int:
    while end < high:
        after = plain.find("\n", end + 1, high)
        after = high if after < 0 else after
        said = plain[end:after].strip()
        open_ended = plain[end - 1 : end] in ":、，,("
        if said and not (contact and (open_ended or _GOES_ON.match(said))):
            break
        end = after
    return end


def _line_starts(plain: str, start: int, end: int) -> Iterator[int]:
    at = plain.find("\n", start, end)
    while at >= 0:
        yield at + 1
        at = plain.find("\n", at + 1, end)
