"""The frame 文件头尾: title, issuer, document number, day of issue, validity, applicability and supersession, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from songda.engines.reading.clauses import sentences
from songda.engines.reading.dates import dates
from songda.engines.reading.document import Document, Named, Quote
from songda.engines.reading.lines import Line, lines_of
from songda.engines.reading.numerals import shadow

_NUMBER = re.compile(
    r"[\u4e00-\u9fa5]{1,12}\s*[〔\[(［【]\s*(?:19|20)\d{2}\s*[〕\])］】]\s*(?:第\s*)?\d{1,5}\s*号|(?:公告|令)\s*(?:19|20)\d{2}\s*年第\s*\d{1,4}\s*号"
)
_DAY = r"(?:(?:19|20)\d{2}|[二〇○零一三四五六七八九]{4})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
_SIGNED = re.compile(rf"(?P<who>[^。,，;:\d]{{0,60}}?)\s*\(?\s*(?P<day>{_DAY})\s*(?:印发|发布)?\)?\s*$")
_TAG = re.compile(r"\s*\[[^\]]{1,8}\]\s*$")
_KIND = re.compile(r"通知|意见|措施|办法|方案|政策|规定")
_SHORTEST_NUMBER, _LONGEST_TITLE = 8, 160
_FIELD = re.compile(r"\[?(?P<name>成文日期|发文日期|印发日期|发布日期|发文机[构关]|发文字号|文号)\]?\s*:?\s*")
_ENDING = re.compile(
    r"(?:通知|意见|措施|办法|政策|细则|规定|公告|条例|方案|指南|清单|条|决定|通告|函|计划|规划|若干措施|政策措施|指引|批复)(?:\(.{1,12}\))?》?(?:的通知)?$"
)
_ISSUER_HEAD = re.compile(
    r"^((?:中共)?[\u4e00-\u9fa5 \u3000、]{2,60}?(?:人民政府办公[厅室]|人民政府|委员会|委|局|厅|部|办公[厅室]|银行|支行|分行|管委会|署|法院|中心))\s*(?:关于|印发|转发)"
)
_SITE = re.compile(
    r"\s*(?:发布时间|发布日期|来源|文章来源|浏览|点击|字号|索引号|主题分类|首页|当前位置|您(?:现在)?的位置|<!--|信息来源|作者)"
)
_RECIPIENT = re.compile(r".{2,400}:$")
_STANDING = re.compile(
    r"本(?:政策|措施|若干|通知|意见|实施|办法|规定|细则|方案|文件|公告|条例)|以上|上述|有效期|执行期|施行期|执行期限|政策期限"
)
_OF_DOCUMENT = re.compile(
    r"本(?:政策|措施|若干|通知|意见|实施意见|实施细则|办法|规定|细则|方案|文件|公告|条例)|(?:以上|上述)(?:各项)?(?:政策|措施|条款|意见)|^有效期"
)
_FROM_ISSUE = re.compile(r"自?(?:本[\u4e00-\u9fa5]{2,6})?(?:印发|发布|公布|下发|颁布|发文|出台)之?日(?:起|后)")
_VALIDITY = re.compile(
    r"有效期(?!内)|执行期|施行期|(?:起|后)(?:正式)?(?:施行|实施|执行|生效)|之日起|期限|截止时间|试行期|执行至|(?:印发|发布|公布)之日|期间有效|停止执行|废止"
)
_ENDS = {"from": "from", "until": "until", "by": "until"}
_TERM = re.compile(r"有效期|执行|施行|实施|期限")
_APPLIES = re.compile(r"适用于|适用对象|适用范围|执行对象|就高不重复|谁受益")
_SUPERSEDES = re.compile(r"同时废止|同时失效|停止执行|相应废止|予以废止|不一致的|以本[\u4e00-\u9fa5]{2,6}为准")


def frame(document: Document) -> Document:
    """The document with everything around its articles."""
    text = document.text
    lines = lines_of(text)
    head = [line for line in lines if document.opening is None or line.start < document.opening.end]
    title = _title(text, head)
    issued = _issued(text, lines, head)
    return replace(
        document,
        title=title,
        number=_document_number(text, head),
        issued_on=issued,
        issuers=_issuers(text, lines, title),
        applicability=tuple(_standing(document, _APPLIES)),
        supersedes=tuple(_standing(document, _SUPERSEDES)),
    )


def validity(document: Document) -> Document:
    """The document with when it holds: from, until, and the words that say so."""
    said = list(_standing(document, _VALIDITY))
    year = document.issue_date.year if document.issue_date else None
    bounds = [bound for quote in said for bound in _bounds(document.text, quote, year)]
    start = next((named for end, named in bounds if end == "from"), None) or _from_issue(document, said)
    until = next((named for end, named in bounds if end == "until"), None)
    return replace(document, valid_from=start, valid_until=until, validity=said[0] if said else None)


def _bounds(text: str, quote: Quote, year: int | None) -> Iterator[tuple[str, Named]]:
    """The days a sentence gives for its document's beginning (`from`) and end (`until`)."""
    for moment in dates(text, quote.start, quote.end, year):
        if moment.last and _is_term(shadow(quote.text)):
            yield "from", Named(moment.first, moment.mark)
            yield "until", Named(moment.last, moment.mark)
        elif moment.role in _ENDS:
            yield _ENDS[moment.role], Named(moment.last or moment.first, moment.mark)


def _from_issue(document: Document, said: list[Quote]) -> Named | None:
    if not document.issued_on:
        return None
    since = next((quote for quote in said if _FROM_ISSUE.search(shadow(quote.text))), None)
    return Named(document.issued_on.value, since) if since else None


def _is_term(said: str) -> bool:
    return _TERM.search(said) is not None


def _standing(document: Document, wanted: re.Pattern[str]) -> Iterator[Quote]:
    """Sentences of the closing, then of articles about the document itself, that speak of what is wanted."""
    places = [(document.closing, _STANDING)] if document.closing else []
    places += [(article.body, _OF_DOCUMENT) for article in document.articles[-8:]]
    if not document.articles:
        places = [(Quote(0, len(document.text), document.text), _OF_DOCUMENT)]
    for place, subject in places:
        for start, end in sentences(document.text, place.start, place.end):
            said = shadow(document.text[start:end])
            if subject.search(said) and wanted.search(said):
                yield Quote.of(document.text, start, end)


def _title(text: str, head: list[Line]) -> Named | None:
    """The last title before the measures begin: that of the attached text where there is a notice around it."""
    found = list(_titles(text, head))
    if not found:
        found = [(at, at) for at, line in enumerate(head[:3]) if _may_begin_title(shadow(line.of(text)), line)][:1]
    if not found:
        return None
    first, last = found[-1] if len(found) > 1 and found[-1][0] > found[0][1] + 2 else found[0]
    start = head[first].start
    number = _number_in(shadow(text[start : head[last].end]))
    quote = Quote.of(text, start, start + number[0] if number and number[0] else head[last].end)
    return Named(re.sub(r"\s*\n\s*", "", quote.text), quote) if quote.text else None


def _titles(text: str, head: list[Line]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(head):
        said = shadow(head[at].of(text))
        last = at
        if _may_begin_title(said, head[at]):
            while (
                last < min(at + 4, len(head) - 1)
                and not _ENDING.search(_bare(text, head[last]))
                and _may_begin_title(shadow(head[last + 1].of(text)), head[last + 1])
            ):
                last += 1
            if _ENDING.search(_bare(text, head[last])):
                yield at, last
        at = last + 1


def _bare(text: str, line: Line) -> str:
    said = shadow(line.of(text))
    number = _number_in(said)
    return _TAG.sub("", said[: number[0]] if number and number[0] else said).rstrip(" ()")


def _may_begin_title(said: str, line: Line) -> bool:
    if line.label or said.endswith((":", "。", ";", ",", "，")) or "。" in said or _SITE.match(said) or _SIGNED.fullmatch(said):
        return False
    return len(said) <= 120 and not _NUMBER.fullmatch(said.strip()) and not said.startswith(("(", "["))


def _document_number(text: str, head: list[Line]) -> Named | None:
    for line in head:
        said = shadow(line.of(text))
        span = _number_in(said)
        if (
            span
            and not said.endswith(("。", ":"))
            and "《" not in said[: span[0]].rpartition("》")[2]
            and len(said) < _LONGEST_TITLE
        ):
            quote = Quote.of(text, line.start + span[0], line.start + span[1])
            return Named(quote.text, quote)
    return None


def _number_in(said: str) -> tuple[int, int] | None:
    """Where the document number stands in a line; a title may run straight into it: …的通知人社部发〔2020〕11号."""
    match = _NUMBER.search(said)
    if not match:
        return None
    start, end = match.span()
    titles = [found.end() for found in _KIND.finditer(said, start, end) if end - found.end() > _SHORTEST_NUMBER]
    return max([start, *titles]), end


def _issued(text: str, lines: tuple[Line, ...], head: list[Line]) -> Named | None:
    """The day a field of the page states, else that of the signature in the notice around the text, else the last signature."""
    stated = _stated(text, head)
    if stated:
        return stated
    signed = [named for line in lines if (named := _signed(text, line))]
    # 2020年2月7日印发 at the foot is the printer's day; the signature's goes before it.
    signed = [one for one in signed if not text.startswith("印发", one.quote.end)] or signed
    before = [one for one in signed if head and one.quote.start < head[-1].end]
    return next(iter([*before[:1], *signed[-1:]]), None)


def _stated(text: str, head: list[Line]) -> Named | None:
    """The day a field states. 发布日期 is a web page's own day unless the page also states who issued the document, or its number."""
    fields = [(at, field["name"]) for at, line in enumerate(head) if (field := _FIELD.match(shadow(line.of(text))))]
    official = any(name.startswith(("发文", "文号")) for _, name in fields)
    for at, name in fields:
        if name.endswith("日期") and (official or name != "发布日期"):
            days = [day for place in head[at : at + 2] for day in _days(text, place)]
            if days:
                return days[0]
    return None


def _signed(text: str, line: Line) -> Named | None:
    said = shadow(line.of(text))
    if _SITE.match(said) or line.label:
        return None
    match = _SIGNED.fullmatch(said)
    days = list(_days(text, line)) if match else []
    return days[-1] if days else None


def _days(text: str, line: Line) -> Iterator[Named]:
    iso = re.search(r"(?:19|20)\d{2}-\d{2}-\d{2}", line.of(text))
    if iso:
        yield Named(iso.group(), Quote.of(text, line.start + iso.start(), line.start + iso.end()))
    for moment in dates(text, line.start, line.end, None):
        if len(moment.first) == len("2020-02-04"):
            yield Named(moment.first, moment.mark)


def _issuers(text: str, lines: tuple[Line, ...], title: Named | None) -> tuple[Named, ...]:
    if title:
        head = _ISSUER_HEAD.match(shadow(title.value))
        if head:
            return _split_names(title.quote, head.end(1), title.value)
    for line in reversed(lines):
        match = _SIGNED.fullmatch(shadow(line.of(text)))
        if match and match["who"].strip():
            return (Named(match["who"].strip(), Quote.of(text, line.start, line.start + match.end("who"))),)
    return ()


def _split_names(quote: Quote, length: int, value: str) -> tuple[Named, ...]:
    names: list[Named] = []
    for match in re.finditer(r"[^ \u3000、]+", value[:length]):
        at = quote.text.find(match.group())
        if at >= 0:
            names.append(Named(match.group(), Quote(quote.start + at, quote.start + at + len(match.group()), match.group())))
    return tuple(names)
