"""Units 单位 in a list: 市发展改革委、财政局，各县（市、区）人民政府 … parted into names, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.document import Department, Quote
from songda.engines.reading.language.clauses import Span, parts_at
from songda.engines.reading.language.numerals import shadow

_ROLES = {"牵头": "lead", "主办": "lead", "配合": "support", "协办": "support", "协同": "support"} | dict.fromkeys(
    ("参与", "参加", "协助"), "support"
)
UNIT = re.compile(
    r".(?:局|委|厅|署|[财税政法检信商]?部|办|法院|检察院|银行|支行|分行|中支|营业管理部|总工会|协会|学会|商会|贸促会|[残妇侨文]联|工商联|中心|政府|公司|集团|海关|支队|部门|单位|机构|管委会|委员会|街道|乡镇|办事处|办公室|开发区|高新区|新区|[省市区县]委)(?:\([^)]*\))?$"
)
_AND = re.compile(r"(?<=[局委厅部办行府会])(?:和|及|以及|会同)(?=[省市区县州各国])")
_CONTACT = re.compile(r"\((?:联系|电话|咨询)[^()]*\)$|\([^()]*\d{4,}[^()]*\)$")
_COLLECTIVE = re.compile(r"(?:政府|部门|单位|机构|管委会|办事处|局|委|办|厅|乡镇|街道|园区|集团|银行|企业)(?:\([^)]*\))?$")
_LONGEST_PLACE = 12
_TRAIL = re.compile(
    r"(?:等?(?:有关|相关)?(?:部门|单位)?)?(?:按照?(?:各自)?职责分工(?:分别)?(?:负责|落实|推进)?|分工负责|分别负责|具体负责|牵头负责|牵头|负责|配合|按职责落实|具体落实|落实|参与|协办|承办|实施)+$"
)
_HEAD = re.compile(r"^(?:由|会同|联合|以及)(?=.{2})")
_ETC = re.compile(r"(?<=[局委厅部办行会政府关司团院署心联])等$")
_PART_ROLE = re.compile(r"(牵头|配合|参与|协助)")
_LONGEST_NAME = 40
# Two units run together (区住建局区财政局): an ending, then the sign of the same level again, then a whole name.
_RUN_ON = re.compile(
    r"(?<=[局委厅部办会院])(?=(?P<level>[省市区县])[\u4e00-\u9fa5]{2,12}?(?:局|委|厅|部|办|中心|政府|管委会|委员会)$)"
)


def role_of(label: str) -> str:
    """The part a label gives its units: `lead`, `support` or `responsible`."""
    return _ROLES.get(label[:2], "responsible")


def units(text: str, start: int, end: int, role: str) -> Iterator[Department]:
    """The units in the span: split at 、，；, cleared of 牵头 / 按职责分工负责, empty ones left out."""
    plain = shadow(text)
    pending: list[Department] = []
    for left, right in _whole(plain, _parts(text, start, end)):
        said = plain[left:right].rstrip(" 、，,;。\n")
        part = _PART_ROLE.search(said[-4:])
        pending.extend(_named(text, left, said, role))
        if part:
            sort = _ROLES[part.group(1)]
            yield from (replace(one, role=sort) for one in pending)
            pending = []
    yield from pending


def _named(text: str, left: int, said: str, role: str) -> Iterator[Department]:
    begin = len(said) - len(said.lstrip(" \n、，,;"))
    opening = _HEAD.match(said[begin:])
    begin += opening.end() if opening else 0
    name = _TRAIL.sub("", said).rstrip()
    name = _CONTACT.sub("", _ETC.sub("", name))
    for low, high in _apart(name, begin):
        quote = Quote.of(text, left + low, left + high)
        plain = re.sub(r"\s", "", quote.text)
        if plain and len(plain) <= _LONGEST_NAME:
            yield Department(plain, role, quote)


def _apart(name: str, begin: int) -> Iterator[Span]:
    """One span, or two where two units of one level are written without a mark between them."""
    mark = next((cut for cut in _RUN_ON.finditer(name, begin + 1) if cut["level"] == name[begin : begin + 1]), None)
    cut = mark.start() if mark else len(name)
    if begin < cut:
        yield begin, cut
    if cut < len(name):
        yield from _apart(name, cut)


def _parts(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The span split at marks, at blanks after a whole name, and at 和 between two units (not in 文化和旅游局)."""
    plain = shadow(text)
    found: list[Span] = []
    for left, right in _joined_lines(text, start, end):
        at = left
        for mark in re.finditer(r"[ \n]+", plain[left:right]):
            if UNIT.search(plain[at : left + mark.start()].strip()):
                found.append((at, left + mark.start()))
                at = left + mark.end()
        for mark in _AND.finditer(plain, at, right):
            found.append((at, mark.start()))
            at = mark.end()
        found.append((at, right))
    return tuple(found)


def _joined_lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Pieces between marks; a piece that a line break has cut is one again."""
    begin: int | None = None
    for left, right in parts_at(text, start, end, "、，,；;"):
        if text[right - 1] != "\n" or right == end:
            yield (left if begin is None else begin), right
            begin = None
        elif begin is None:
            begin = left
    if begin is not None:
        yield begin, end


def _whole(plain: str, parts: tuple[Span, ...]) -> Iterator[Span]:
    """各市、自治州人民政府 and 各县、区政府 are one name: what 各 opens runs on to the first part that ends as a unit."""
    begun: int | None = None
    for left, right in parts:
        said = plain[left:right].strip(" 、，,;。\n")
        open_ended = (begun is not None or said.startswith("各")) and not _COLLECTIVE.search(said)
        if open_ended and right < parts[-1][1] and len(said) < _LONGEST_PLACE:
            begun = left if begun is None else begun
        else:
            yield (left if begun is None else begun), right
            begun = None
