"""HTML: one page that stands alone, readable on a phone and printable; every text is escaped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import singledispatch
from html import escape

from songda.engines.printing.layout import OFFICIAL, Face, Layout
from songda.engines.printing.paper import (
    Attached,
    Block,
    Contents,
    Form,
    Heading,
    Imprint,
    Listing,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Run,
    Signed,
    Table,
    Text,
    clean,
    plain,
    runs,
)

_STACKS = {
    Face.SONG: '"宋体","SimSun","Noto Serif CJK SC",serif',
    Face.FANG: '"仿宋_GB2312","仿宋","FangSong","FandolFang R","Noto Serif CJK SC",serif',
    Face.HEI: '"黑体","SimHei","Noto Sans CJK SC",sans-serif',
    Face.KAI: '"楷体_GB2312","楷体","KaiTi","LXGW WenKai","Noto Serif CJK SC",serif',
    Face.TITLE: '"方正小标宋简体","FZXiaoBiaoSong-B05S","Noto Serif CJK SC",serif',
}


def to_html(paper: Paper, *, layout: Layout = OFFICIAL) -> str:
    """The paper as one HTML page. Pictures are inside it; nothing is fetched from elsewhere."""
    body = "\n".join([*_opening(paper), *_body(paper.blocks)])
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(paper.title)}</title><style>{_style(layout)}</style></head>\n<body><main>\n{body}\n</main></body></html>\n"
    )


def _safe(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def _words(text: Text) -> str:
    return "".join(_run(run) for run in runs(text))


def _run(run: Run) -> str:
    text = f"<strong>{_safe(run.text)}</strong>" if run.strong else _safe(run.text)
    return f"<sup>{text}</sup>" if run.raised else text


def _style(layout: Layout) -> str:
    levels = "".join(
        f"h{level + 1}{{font:{style.size}pt/1.8 {_STACKS[style.face]};"
        f"{'text-align:center' if style.centred else f'text-indent:{style.indent}em'};margin:.6em 0 .2em}}"
        for level, style in enumerate(layout.headings, 1)
    )
    return (
        f"@page{{size:{layout.width}mm {layout.height}mm;"
        f"margin:{layout.top}mm {layout.right}mm {layout.bottom}mm {layout.left}mm}}"
        f"body{{font:{layout.size}pt/1.8 {_STACKS[Face.FANG]};margin:0;color:#000;background:#fff}}"
        "main{max-width:156mm;margin:0 auto;padding:1rem;overflow-wrap:anywhere}p{margin:0;text-align:justify}p.in{text-indent:2em}"
        f"h1{{font:{layout.title_size}pt/1.5 {_STACKS[Face.TITLE]};text-align:center}}{levels}"
        f"table{{border-collapse:collapse;width:100%;font-size:{layout.table_size}pt;line-height:1.5;margin:.6em 0}}"
        "th,td{border:1px solid #000;padding:.25em .4em;vertical-align:middle}th{font-weight:normal}thead{display:table-header-group}"
        ".red{color:red;font-size:30pt;text-align:center}.line{border:0;border-top:2px solid red}.left{text-align:left}"
        ".center{text-align:center}.right{text-align:right}.new{break-before:page}.stamp{color:#b00;border:1px solid;padding:.2em .6em;"
        "text-align:center}nav ol{list-style:none;padding:0}nav .l2{padding-left:1.5em}nav .l3,nav .l4{padding-left:3em}img{max-width:100%}"
        "@media print{main{max-width:none;padding:0}}"
    )


def _opening(paper: Paper) -> Iterator[str]:
    if paper.stamp:
        yield f'<p class="stamp">{_safe(paper.stamp)}</p>'
    if paper.form is not Form.PLAIN:
        yield f'<p class="red">{_safe(paper.masthead)}</p><p class="center">{_safe(paper.number)}</p>'
        if paper.form is Form.BULLETIN:
            yield f'<p class="right">{_safe(paper.issuer)}　{_safe(paper.date)}</p>'
        yield '<hr class="line">'
    if paper.title:
        yield f"<h1>{_safe(paper.title)}</h1>"
    if paper.form is Form.PLAIN:
        yield from (f'<p class="center">{_safe(line)}</p>' for line in (paper.number, paper.issuer, paper.date) if line)


def _body(blocks: tuple[Block, ...]) -> Iterator[str]:
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            yield f'<h{block.level + 1} id="b{place}">{_words(block.text)}</h{block.level + 1}>'
        elif isinstance(block, Contents):
            yield _contents(block, blocks)
        else:
            yield _block(block)


def _contents(block: Contents, blocks: tuple[Block, ...]) -> str:
    lines = "".join(
        f'<li class="l{one.level}"><a href="#b{place}">{_safe(plain(one.text))}</a></li>'
        for place, one in enumerate(blocks)
        if isinstance(one, Heading) and one.listed and one.level <= block.depth
    )
    return f'<nav><p class="center">{_safe(block.title)}</p><ol>{lines}</ol></nav>'


@singledispatch
def _block(_block: Block) -> str:
    return ""


@_block.register
def _paragraph(block: Paragraph) -> str:
    return f'<p class="{block.align.value}{" in" if block.indent else ""}">{_words(block.text)}</p>'


@_block.register
def _listing(block: Listing) -> str:
    kind = "ol" if block.numbered else "ul"
    return f"<{kind}>{''.join(f'<li>{_words(item)}</li>' for item in block.items)}</{kind}>"


@_block.register
def _page_break(_break: PageBreak) -> str:
    return '<div class="new"></div>'


@_block.register
def _signed(block: Signed) -> str:
    return f'<p class="right">{_safe(block.issuer)}<br>{_safe(block.date)}</p>'


@_block.register
def _attached(block: Attached) -> str:
    return f'<p class="in">附件：{"；".join(_safe(name) for name in block.names)}</p>'


@_block.register
def _imprint(block: Imprint) -> str:
    copies = f"抄送：{_safe(block.copies_to)}<br>" if block.copies_to else ""
    printed = f'<p class="right">{_safe(block.copies)}</p>' if block.copies else ""
    return f'<hr><p class="left">{copies}{_safe(block.printed_by)}　{_safe(block.printed_on)}印发</p><hr>{printed}'


@_block.register
def _table(table: Table) -> str:
    aligns = [align.value for align in table.aligns] or ["left"] * table.columns
    head = f"<thead><tr>{''.join(f'<th>{_words(cell)}</th>' for cell in table.head)}</tr></thead>" if table.head else ""
    rows = "".join(
        "<tr>" + "".join(f'<td class="{side}">{_words(cell)}</td>' for cell, side in zip(row, aligns, strict=True)) + "</tr>"
        for row in table.rows
    )
    caption = f"<caption>{_safe(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}{head}<tbody>{rows}</tbody></table>"


@_block.register
def _picture(picture: Picture) -> str:
    kind = "png" if picture.data.startswith(b"\x89PNG") else "jpeg"
    source = f"data:image/{kind};base64,{b64encode(picture.data).decode()}"
    return (
        f'<figure class="center"><img src="{source}" alt="{_safe(picture.shows)}" style="width:{picture.width_mm}mm">'
        f"<figcaption>{_safe(picture.caption)}</figcaption></figure>"
    )
